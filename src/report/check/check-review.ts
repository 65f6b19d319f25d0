/** The review in `tminus check`: who has confirmed what, what T-Minus assumed, and what is still open. */
import {type Confirmed, type Doubt, type DoubtCode, NEVER_RUN, type Settled} from '../../plan/doubt.ts';
import {type Plan, type Section, type Step, traitsOf} from '../../plan/plan.ts';
import {doubtsOf, firstUnconfirmed, readingOf, reviewProgress, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import {plural} from '../../text/figures.ts';
import {utcDate, utcTime} from '../../text/times.ts';
import {rightCell, shorten, wrap} from '../../text/width.ts';
import {type Page, partHeading} from './page-elements.ts';

/** What people have confirmed, as a run keeps it. */
export type Reviewing = Pick<RunState, 'review'>;

/** `never-run`: its section never runs, so nobody has to answer it. */
type Assumed = {doubt: Doubt; state: 'open' | 'never-run'} | {doubt: Doubt; state: 'settled'; settled: Settled};

/** All doubts with their state, in the document's order. */
function assumedOf(plan: Plan, reviewing: Reviewing): readonly Assumed[] {
  const open = new Set(plan.sections.flatMap(({id}) => doubtsOf(plan, reviewing, id).map(doubt => doubt.id)));
  return (plan.proposal?.doubts ?? []).map(doubt => {
    const settled = reviewing.review?.settled[doubt.id];
    if (settled !== undefined) return {doubt, state: 'settled', settled};
    return {doubt, state: open.has(doubt.id) ? 'open' : 'never-run'};
  });
}

/**
 * `confirmed`, `open`: numbers of sections that a person must confirm. `doubts`: all that are open or settled, with the ids
 * of the steps that wait for them; without any, the whole section waits.
 */
export function reviewJson(plan: Plan, reviewing: Reviewing): object {
  const {confirmed, total} = reviewProgress(plan, reviewing);
  const assumed = assumedOf(plan, reviewing).filter(({state}) => state !== 'never-run');
  return compact({
    confirmed,
    open: total - confirmed,
    doubts: assumed.map(one => {
      const {code, line, section, sections, steps, message, because, settle, proposed} = one.doubt;
      const settled = one.state === 'settled' ? {...one.settled, at: utcTime(one.settled.at)} : undefined;
      return compact({code, line, section, sections, steps, message, because, settle, proposed, settled});
    }),
    procedure: plan.proposal?.procedure,
  });
}

/** `confirmed`: by whom and when. `reopened`: why, and how it was read before and now. Each is left out where it is not so. */
export function sectionReviewJson(plan: Plan, sectionId: string, {review}: Reviewing): object {
  const confirmed = review?.confirmed[sectionId];
  const again = review?.reopened[sectionId];
  return compact({
    confirmed: confirmed === undefined ? undefined : {...confirmed, at: utcTime(confirmed.at)},
    reopened: again === undefined ? undefined : {...again, now: readingOf(plan, sectionId)?.reads ?? []},
  });
}

/** `12 sections and 2 doubts`; undefined when nothing is left to do. */
export function leftToReview(plan: Plan, reviewing: Reviewing): string | undefined {
  const {confirmed, total, doubts, done} = reviewProgress(plan, reviewing);
  if (done) return nothingRuns(plan, reviewing) ? NOTHING_RUNS : undefined;
  const left = [
    ...(total > confirmed ? [plural(total - confirmed, 'section')] : []),
    ...(doubts > 0 ? [plural(doubts, 'doubt')] : []),
  ];
  return left.join(' and ');
}

const NOTHING_RUNS = 'the uses of sections: no section with commands is for a run';

/** Whether no section with commands is for a run, so that a run would have nothing to do. */
function nothingRuns(plan: Plan, reviewing: Reviewing): boolean {
  const runnable = plan.steps.filter(({action}) => traitsOf(action).by === 'engine');
  return runnable.length > 0 && runnable.every(({section}) => NEVER_RUN.has(sectionUse(plan, reviewing, section)));
}

/** For the first screen: how far the review is, who confirmed, and how many sections are open again. */
export function reviewFacts({plan, reviewing}: Pick<Page, 'plan' | 'reviewing'>): readonly string[] {
  const {confirmed, total, doubts} = reviewProgress(plan, reviewing);
  if (plan.proposal === undefined || (total === 0 && doubts === 0)) return [];
  const {procedure} = plan.proposal;
  const again = plan.sections.filter(({id}) => reviewing.review?.reopened[id] !== undefined);
  return [
    [
      ...(total === 0 ? [] : [`${confirmed} of ${plural(total, 'section')} confirmed`]),
      ...(doubts === 0 ? [] : [plural(doubts, 'doubt')]),
      ...(procedure === undefined ? [] : [`procedure: ${procedure}`]),
    ].join(' · '),
    ...byWhom(confirmedIn(plan, reviewing)),
    ...(again.length === 0 ? [] : [`${plural(again.length, 'section')} open again`]),
  ];
}

/** The use of a section, and `✓` once it is confirmed. A use that its role or the section around it shows is left out. */
export function purposeFacts({plan, reviewing}: Page, {id, role, parent}: Section): readonly string[] {
  if (plan.proposal === undefined) return [];
  const use = sectionUse(plan, reviewing, id);
  const around = parent === undefined ? undefined : sectionUse(plan, reviewing, parent);
  const isSaid = use === String(role) || (use === around && !NEVER_RUN.has(use));
  const said = isSaid ? [] : [use];
  return reviewing.review?.confirmed[id] === undefined ? said : [...said, '✓'];
}

/** For the heading of the rollback: whether all of its steps are confirmed. */
export function confirmedFacts({plan, reviewing}: Page, steps: readonly Step[]): readonly string[] {
  if (plan.proposal === undefined) return [];
  const open = firstUnconfirmed(plan, {...reviewing, run: {gated: true}}, steps);
  if (open === undefined) return ['confirmed'];
  const isConfirmed = reviewing.review?.confirmed[open.section] !== undefined;
  return [isConfirmed ? `confirmed, but ${plural(open.doubts.length, 'doubt')} open` : 'not confirmed yet'];
}

/** The open doubts, each with its line and how to settle it. */
export function openDoubtLines(plan: Plan, reviewing: Reviewing): readonly string[] {
  const open = assumedOf(plan, reviewing).filter(({state}) => state === 'open');
  return open.flatMap(({doubt: {line, message, settle}}) => [`  line ${line}: ${message}`, `    → ${settle}`]);
}

/** The confirmations of sections that are a part of this run. */
function confirmedIn(plan: Plan, reviewing: Reviewing): readonly Confirmed[] {
  const asking = (plan.proposal?.readings ?? []).filter(({asks}) => asks).map(({section}) => section);
  const counted = asking.filter(id => !NEVER_RUN.has(sectionUse(plan, reviewing, id)));
  return counted.flatMap(id => reviewing.review?.confirmed[id] ?? []);
}

/** `8 by ana, 2026-11-28 · 4 accepted unseen by ci, 2026-11-27` */
function byWhom(confirmed: readonly Confirmed[]): readonly string[] {
  const words = confirmed.map(
    ({by, at, unseen}) => `${unseen === true ? 'accepted unseen ' : ''}by ${by}, ${utcDate(at)}`,
  );
  const counts = [...Map.groupBy(words, one => one)].map(([text, {length}]) => `${length} ${text}`);
  return counts.length === 0 ? [] : [counts.join(' · ')];
}

/** Sections that are open again: why, and how they were read before (`-`) and are read now (`+`). */
export function reopenedLines(page: Page): readonly string[] {
  const {plan, reviewing, paint, width} = page;
  const again = plan.sections.filter(({id}) => reviewing.review?.reopened[id] !== undefined);
  if (again.length === 0) return [];
  const room = Math.max(1, width - TEXT_INDENT);
  const under = ' '.repeat(TEXT_INDENT);
  const lines = again.flatMap(({id, title, line}) => {
    const {because = '', before = []} = reviewing.review?.reopened[id] ?? {};
    const now = readingOf(plan, id)?.reads ?? [];
    const number = paint.faint(rightCell(String(line), LINE_WIDTH));
    return [
      `${' '.repeat(INDENT)}${number}  ${paint.strong(shorten(title, room))}`,
      ...wrap(because, room).map(text => under + paint.warn(text)),
      ...before.filter(one => !now.includes(one)).map(one => under + paint.bad(shorten(`- ${one}`, room))),
      ...now.filter(one => !before.includes(one)).map(one => under + paint.good(shorten(`+ ${one}`, room))),
    ];
  });
  return [partHeading(page, 'OPEN AGAIN', plural(again.length, 'section')), ...lines];
}

/** Order of the codes: the one where a wrong guess does most harm is first. */
const CODES: Readonly<Record<DoubtCode, number>> = {
  'procedure-assumed': 1,
  'alternatives-assumed': 2,
  'rollback-assumed': 3,
  'condition-assumed': 4,
  'place-assumed': 5,
  'user-assumed': 5,
  'not-read': 6,
  'note-assumed': 6,
  'variable-never-set': 7,
  'value-assumed': 8,
  'output-assumed': 9,
  'endless-assumed': 10,
  'trigger-assumed': 11,
  'tie-assumed': 12,
  'expectation-assumed': 13,
  'role-assumed': 14,
};

/** All doubts by code: what was assumed, from which words, and how to settle it. */
export function assumedLines(page: Page): readonly string[] {
  const assumed = assumedOf(page.plan, page.reviewing);
  if (assumed.length === 0) return [];
  const count = (state: Assumed['state']) => assumed.filter(one => one.state === state).length;
  const said = [
    `${count('open')} open`,
    ...(count('settled') === 0 ? [] : [`${count('settled')} settled`]),
    ...(count('never-run') === 0 ? [] : [`${count('never-run')} where nothing runs`]),
  ].join(' · ');
  const groups = [...Map.groupBy(assumed, ({doubt}) => doubt.code)].sort(([a], [b]) => CODES[a] - CODES[b]);
  return [
    partHeading(page, 'WHAT T-MINUS ASSUMED', said),
    ...groups.flatMap(([code, group]) => ['', ...groupLines(page, code, group)]).slice(1),
  ];
}

const LINE_WIDTH = 5;
const INDENT = 4;
const TEXT_INDENT = INDENT + LINE_WIDTH + 2;

function groupLines(page: Page, code: DoubtCode, group: readonly Assumed[]): readonly string[] {
  const {paint, width} = page;
  const isOpen = group.some(({state}) => state === 'open');
  const count = group.length === 1 ? '' : paint.faint(`  ${group.length} times`);
  const hints = [...new Set(group.filter(({state}) => state === 'open').map(({doubt}) => doubt.settle))];
  return [
    `${isOpen ? paint.warn('?') : paint.faint('·')} ${paint.strong(code)}${count}`,
    ...group.flatMap(one => doubtLines(page, one)),
    ...hints.flatMap(hint =>
      wrap(hint, width - INDENT).map((text, at) => `  ${paint.good(at === 0 ? '→' : ' ')} ${text}`),
    ),
  ];
}

function doubtLines({paint, width}: Page, one: Assumed): readonly string[] {
  const {line, message, because} = one.doubt;
  const tone = one.state === 'open' ? (text: string) => text : paint.faint;
  const room = Math.max(1, width - TEXT_INDENT);
  const under = ' '.repeat(TEXT_INDENT);
  const [first = '', ...more] = wrap(message, room);
  const said = [`from: ${because}`, ...(one.state === 'settled' ? [settledText(one.settled)] : [])];
  return [
    `${' '.repeat(INDENT)}${paint.faint(rightCell(String(line), LINE_WIDTH))}  ${tone(first)}`,
    ...more.map(text => under + tone(text)),
    ...said.map(text => under + paint.faint(shorten(text, room))),
  ];
}

function settledText({how, as, by, at}: Settled): string {
  const taken = as === undefined ? '' : ` (${as === 'ignored' ? 'ignored' : 'done by hand'})`;
  return `settled: ${how}${taken}, by ${by}, ${utcDate(at)}`;
}
