/** What the words around say of the next thing, whatever it is. */
import type {SectionNode} from '../outline/sections.ts';
import {introducesBounds} from '../phrases/decisions.ts';
import {readMarks} from '../phrases/marks.ts';
import {readCadence} from '../phrases/quantity.ts';
import type {Marks, SectionRole} from '../plan.ts';
import type {Setting} from './found.ts';
import {type Subject, subjectAt} from './making.ts';
import {introducesReasons, isAlerting, roleInWords} from './rules.ts';

/** Under such headings prose alone is something to do. */
export const TOLD: readonly SectionRole[] = ['prepare', 'deploy', 'verify', 'rollback'];

/** Where prose may ask for something to be done; at the head of a document only beside other work. */
export function isWork({section, preamble, blocks}: SectionNode): boolean {
  if (section.role !== 'other') return TOLD.includes(section.role);
  return !preamble || blocks.some(({kind}) => kind === 'fence' || kind === 'list');
}

/** Nothing that stands there is run, or is a step unless somebody gave it a box. */
export const ASIDE: readonly SectionRole[] = ['contacts', 'reference', 'notes'];

export function conditionNow({condition, node}: Setting): string | undefined {
  return condition ?? node.section.condition;
}

/** For what a list or a table holds: what its label says holds for all of it. */
export function forParts(setting: Setting): Setting {
  const {label, node} = setting;
  const text = label?.text;
  const isReason = text !== undefined && node.section.role === 'rollback' && introducesReasons(text);
  return {
    ...setting,
    condition: conditionNow(setting),
    role: text === undefined ? undefined : isReason ? 'trigger' : roleInWords(text),
    judged:
      (text !== undefined && introducesBounds(text)) || (node.section.role === 'other' && isAlerting(node.section)),
  };
}

/** What the label or the heading above names. */
export function subjectNow(setting: Setting, line: number, endLine: number): {subject: Subject; setting: Setting} {
  const {label, node, scope} = setting;
  const {owner, scope: around, title} = node.section;
  const subject = subjectAt(label?.text ?? title, label?.line ?? line, endLine);
  const condition = subject.marks.condition ?? conditionNow(setting);
  const marks: Marks = {
    ...(owner === undefined ? {} : {owner}),
    ...(around === undefined ? {} : {scope: around}),
    ...(scope === undefined ? {} : {scope}),
    ...subject.marks,
    ...(condition === undefined ? {} : {condition}),
  };
  const everyMs = readCadence(label?.text ?? '') ?? setting.everyMs;
  return {subject: {...subject, marks}, setting: {...setting, everyMs}};
}

/** What a sentence says of who, when and whether; else what stands around it. */
export function marksIn(raw: string, setting: Setting) {
  const marks = readMarks(raw);
  const condition = marks.condition ?? conditionNow(setting);
  return condition === undefined ? marks : {...marks, condition};
}
