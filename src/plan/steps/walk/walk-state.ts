/** Where the reader stands under one heading. */
import type {TextLine} from '../../document/blocks.ts';
import {introducesBounds} from '../../phrases/measure-leads.ts';
import {readCadence} from '../../phrases/quantity.ts';
import type {Marks, RuleRole, SectionRole} from '../../plan.ts';
import type {Directives} from '../apply-directives.ts';
import type {Around} from '../around.ts';
import type {Draft, Place} from '../draft.ts';
import {introducesReasons, roleInWords} from '../rules.ts';
import {type Owner, ownerAt} from '../steps.ts';

export type Walk = {
  draft: Draft;
  place: Place;
  /** The bold line, or the sentence ending in a colon, just above. */
  label: Label | undefined;
  prose: TextLine[];
  /** From a comment, for the next step. */
  directives: Directives;
  afterFence: boolean;
  everyMs: number | undefined;
  /** "If the canary is the issue:": holds for what follows, up to the next label. */
  condition: string | undefined;
  /** The same of where: "Only on staging:". */
  scope: string | undefined;
};

export type Label = {text: string; line: number};

export function openWalk(draft: Draft, place: Place, everyMs: number | undefined): Walk {
  return {
    draft,
    place,
    label: undefined,
    prose: [],
    directives: {},
    afterFence: false,
    everyMs,
    condition: undefined,
    scope: undefined,
  };
}

/** Under such headings prose alone is something to do. */
export const TOLD: readonly SectionRole[] = ['prepare', 'deploy', 'verify', 'rollback'];

/** Nothing that stands there is run, or is a step unless somebody gave it a box. */
export const ASIDE: readonly SectionRole[] = ['contacts', 'reference', 'notes'];

export function conditionNow({condition, place}: Walk): string | undefined {
  return condition ?? place.node.section.condition;
}

/** What the reader knows about the next thing, whatever it is. */
export function aroundNow(walk: Walk): Around {
  const condition = conditionNow(walk);
  const role = walk.label === undefined ? undefined : roleOfLabel(walk.label.text, walk.place.node.section.role);
  return {
    directives: walk.directives,
    ...(role === undefined ? {} : {role}),
    ...(walk.everyMs === undefined ? {} : {everyMs: walk.everyMs}),
    ...(condition === undefined ? {} : {condition}),
    ...(walk.scope === undefined ? {} : {scope: walk.scope}),
    ...(walk.label !== undefined && introducesBounds(walk.label.text) ? {judged: true as const} : {}),
  };
}

/** The step that the label or the heading above names. */
export function ownerNow(walk: Walk, line: number, endLine: number): Owner {
  const {label, place} = walk;
  const {section} = place.node;
  const everyMs = readCadence(label?.text ?? '') ?? walk.everyMs;
  const owner = ownerAt(label?.text ?? section.title, label?.line ?? line, endLine);
  const condition = owner.marks?.condition ?? conditionNow(walk);
  const marks: Marks = {
    ...(section.owner === undefined ? {} : {owner: section.owner}),
    ...(section.scope === undefined ? {} : {scope: section.scope}),
    ...(walk.scope === undefined ? {} : {scope: walk.scope}),
    ...owner.marks,
    ...(condition === undefined ? {} : {condition}),
  };
  return {
    ...owner,
    marks,
    directives: walk.directives,
    ...(everyMs === undefined ? {} : {everyMs}),
  };
}

function roleOfLabel(text: string, around: SectionRole): RuleRole | undefined {
  return around === 'rollback' && introducesReasons(text) ? 'trigger' : roleInWords(text);
}
