/** Carries labels and headings over to the next step: subject, condition, scope, role. */
import {compact} from '../../text/compact.ts';
import {memoizeObject} from '../../text/memoize.ts';
import type {SectionNode} from '../outline/sections.ts';
import {introducesBounds, introducesReasons} from '../phrases/decisions.ts';
import {readMarks} from '../phrases/marks.ts';
import {readCadence} from '../phrases/quantity.ts';
import type {Marks, SectionRole} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import type {Setting} from './found.ts';
import {type Subject, subjectAt} from './make-steps.ts';
import {isAlerting, roleInWords} from './rules.ts';

/** Roles in which prose alone is a step. */
export const WORK_ROLES: readonly SectionRole[] = ['prepare', 'deploy', 'verify', 'rollback'];

/** Whether prose in the section may ask for something. At the head of a document it may only beside other work. */
export function isWork({section, preamble, blocks}: SectionNode): boolean {
  if (section.role !== 'other') return WORK_ROLES.includes(section.role);
  return !preamble || holdsWork(blocks);
}

/** Every paragraph of a section asks it of the same blocks. */
const holdsWork = memoizeObject((blocks: SectionNode['blocks']) =>
  blocks.some(({kind}) => kind === 'code-block' || kind === 'list'),
);

/** Roles in which nothing is run, and only boxes are steps. */
export const PASSIVE_ROLES: readonly SectionRole[] = ['contacts', 'reference', 'notes'];

export function conditionNow({condition, node}: Setting): string | undefined {
  return condition ?? node.section.condition;
}

/** "and on app1:": it goes on with what stands above, and in its case. */
export function goesOn(text: string): boolean {
  return GOES_ON.test(text);
}

/** "En app1:" is "on app1" in Spanish and French. */
const GOES_ON = phrase`^\W*(?:(?!en\s)${'and'}\s|(?:${'and-then'})\W*$)`;

/** The setting for a list or a table: its label holds for all of it. */
export function settingForParts(setting: Setting): Setting {
  const {label, node} = setting;
  const text = label?.text;
  const isReason = text !== undefined && node.section.role === 'rollback' && introducesReasons(text);
  return {
    ...setting,
    condition: conditionNow(setting),
    everyMs: readCadence(text ?? '') ?? setting.everyMs,
    role: text === undefined ? undefined : isReason ? 'trigger' : roleInWords(text),
    judged:
      (text !== undefined && introducesBounds(text)) || (node.section.role === 'other' && isAlerting(node.section)),
  };
}

/** The subject that the label or the heading gives. */
export function subjectNow(setting: Setting, line: number, endLine: number): {subject: Subject; setting: Setting} {
  const {label, node, scope} = setting;
  const {owner, scope: around, title} = node.section;
  const subject = subjectAt(label?.text ?? title, label?.line ?? line, endLine);
  const condition = subject.marks.condition ?? conditionNow(setting);
  const marks: Marks = {...compact({owner, scope: scope ?? around}), ...subject.marks, ...compact({condition})};
  const everyMs = readCadence(label?.text ?? '') ?? setting.everyMs;
  return {subject: {...subject, marks}, setting: {...setting, everyMs}};
}

/** The marks of a sentence; its condition may come from the label or the section. */
export function marksIn(raw: string, setting: Setting) {
  const marks = readMarks(raw);
  const condition = marks.condition ?? conditionNow(setting);
  return condition === undefined ? marks : {...marks, condition};
}
