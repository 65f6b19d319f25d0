/** Decides what of an earlier review still holds for a document as it is read now. */
import {compact} from '../../text/compact.ts';
import {countBelow} from '../../text/count-below.ts';
import {
  type Confirmed,
  type Doubt,
  NEVER_RUN,
  type ReviewState,
  type SectionReading,
  type Settled,
  type Use,
} from '../doubt.ts';
import type {Plan, Section} from '../plan.ts';
import type {Review, ReviewedSection} from './review-file.ts';

/** Who confirmed it, and when (ISO 8601). */
export type ByReview = {by: string; at: string; unseen?: true};

/** `settled` is keyed by doubt id, the others by section id. `before`: what had been read when it was confirmed. */
export type ReviewStanding = {
  confirmed: Record<string, ByReview>;
  uses: Record<string, {use: Use; reviewed: ByReview}>;
  settled: Record<string, {how: string; as?: 'ignored' | 'by-hand'; reviewed: ByReview}>;
  reopened: Record<string, {because: string; before: readonly string[]}>;
};

type Pair = {section: Section; reading: SectionReading; kept: ReviewedSection; at: number};

/** The review of the procedure that the plan is about. */
export function reviewFor({proposal}: Plan, reviews: readonly Review[]): Review {
  return reviews.find(({procedure}) => procedure === proposal?.procedure) ?? {sections: []};
}

/** All reviews of a file, with this one replacing that of the same procedure. */
export function withReview(reviews: readonly Review[], review: Review): readonly Review[] {
  return [...reviews.filter(({procedure}) => procedure !== review.procedure), review];
}

/** A section is open again when its text, its reading or its place in the order has changed since it was confirmed. */
export function standingOf(plan: Plan, review: Review): ReviewStanding {
  const standing: ReviewStanding = {confirmed: {}, uses: {}, settled: {}, reopened: {}};
  const pairs = pairsOf(plan, review);
  const doubts = doubtsByName(plan);
  const held: Pair[] = [];
  for (const pair of pairs) {
    const {section, reading, kept} = pair;
    if (kept.use !== section.use) standing.uses[section.id] = {use: kept.use, reviewed: whoOf(kept)};
    const because = whyOpen(kept, reading);
    if (because === undefined) held.push(pair);
    else standing.reopened[section.id] = {because, before: kept.reads};
  }
  for (const pair of outOfOrder(pairs)) {
    standing.reopened[pair.section.id] ??= {because: 'it has another place in the order now', before: pair.kept.reads};
  }
  for (const pair of held) {
    if (standing.reopened[pair.section.id] !== undefined) continue;
    standing.confirmed[pair.section.id] = whoOf(pair.kept);
    takeAnswers(doubts, pair, standing);
  }
  for (const pair of pairsOf(plan, {sections: review.begun ?? []})) {
    const {section, reading, kept} = pair;
    if (standing.confirmed[section.id] !== undefined || whyOpen(kept, reading) !== undefined) continue;
    if (kept.use !== section.use) standing.uses[section.id] = {use: kept.use, reviewed: whoOf(kept)};
    takeAnswers(doubts, pair, standing);
  }
  return standing;
}

type DoubtsByName = ReadonlyMap<string, readonly Doubt[]>;

/** An answer holds as long as its doubt is assumed from the same words, which may stand outside of the section. */
function takeAnswers(doubts: DoubtsByName, {section, kept}: Pair, standing: ReviewStanding): void {
  for (const {doubt, because, how, as} of kept.settled) {
    const named = doubts.get(`${section.id}/${doubt}`) ?? [];
    const found = because === undefined ? named[0] : named.find(one => one.because === because);
    if (found !== undefined) standing.settled[found.id] = compact({how, as, reviewed: whoOf(kept)});
  }
}

function whyOpen(kept: ReviewedSection, now: SectionReading): string | undefined {
  if (kept.reading !== now.reading) {
    return kept.text === now.text
      ? 'the same text is read otherwise now'
      : 'its text has changed, and what is read from it';
  }
  return kept.text === now.text ? undefined : 'its text has changed; what is read from it has not';
}

function whoOf({by, at, unseen}: ReviewedSection): ByReview {
  return compact({by, at, unseen});
}

/**
 * Pairs sections with their reviews by title. Among equal titles: the same text first, then the same reading, then the
 * next one left.
 */
export function pairsOf({sections, proposal}: Plan, {sections: kept}: Review): Pair[] {
  const readings = new Map((proposal?.readings ?? []).map(reading => [reading.section, reading]));
  const found = new Map<string, {kept: ReviewedSection; at: number}>();
  let left = kept.map((one, at) => ({kept: one, at}));
  for (const look of LOOKS) {
    const alike = Map.groupBy(left, ({kept: one}) => look(one.title, one));
    const next = new Map(Array.from(alike, ([key, all]) => [key, all.values()]));
    const used = new Set<number>();
    for (const {id, title} of sections) {
      const reading = readings.get(id);
      if (reading === undefined || found.has(id)) continue;
      const hit = next.get(look(title, reading))?.next().value;
      if (hit === undefined) continue;
      found.set(id, hit);
      used.add(hit.at);
    }
    left = left.filter(({at}) => !used.has(at));
  }
  return sections.flatMap(section => {
    const hit = found.get(section.id);
    const reading = readings.get(section.id);
    return hit === undefined || reading === undefined ? [] : [{section, reading, ...hit}];
  });
}

/** By what a section is found again, from the surest. Equal keys are paired in their order. */
const LOOKS: readonly ((title: string, one: {text: string; reading: string}) => string)[] = [
  (title, {text, reading}) => JSON.stringify([title, text, reading]),
  (title, {text}) => JSON.stringify([title, text]),
  (title, {reading}) => JSON.stringify([title, reading]),
  title => title,
];

/**
 * Sections that run and whose order changed: those that are not in every longest sequence that kept its order. Of two
 * that were swapped, these are both; of one that was moved far away, only that one.
 */
function outOfOrder(pairs: readonly Pair[]): readonly Pair[] {
  return ['run', 'rollback'].flatMap(use => {
    const own = pairs.filter(({kept, reading}) => kept.use === use && reading.reads.length > 0);
    const order = own.map(({at}) => at);
    const before = longestRisingUpTo(order);
    const behind = longestRisingUpTo(order.toReversed().map(at => -at)).toReversed();
    const most = before.reduce((longest, length) => Math.max(longest, length), 0);
    const isInOne = own.map((_, index) => (before[index] ?? 0) + (behind[index] ?? 0) - 1 === most);
    const rivals = Map.groupBy(
      before.filter((_, index) => isInOne[index] === true),
      length => length,
    );
    return own.filter((_, index) => isInOne[index] !== true || (rivals.get(before[index] ?? 0)?.length ?? 0) > 1);
  });
}

/** For each position, the length of the longest rising sequence that ends there. */
function longestRisingUpTo(order: readonly number[]): number[] {
  // The smallest end of a rising sequence of each length, which itself rises with the length.
  const ends: number[] = [];
  return order.map(at => {
    const shorter = countBelow(ends, at);
    ends[shorter] = at;
    return shorter + 1;
  });
}

/** The doubts of a plan by section and name. */
function doubtsByName({sections, proposal}: Plan): DoubtsByName {
  const lines = new Map(sections.map(({id, line}) => [id, line]));
  return Map.groupBy(
    proposal?.doubts ?? [],
    doubt => `${doubt.section}/${nameOf(doubt, lines.get(doubt.section) ?? 0)}`,
  );
}

/** `place-assumed +4`: it stays the same when the section moves. */
export function nameOf({code, line}: Doubt, heading: number): string {
  return `${code} +${line - heading}`;
}

/** The state of a review with this standing. */
export function stateOf({confirmed, uses, settled, reopened}: ReviewStanding): ReviewState {
  const mapped = <T, U>(all: Record<string, T>, map: (one: T) => U) =>
    Object.fromEntries(Object.entries(all).map(([key, one]) => [key, map(one)]));
  const when = ({by, at, unseen}: ByReview): Confirmed => compact({by, at: Date.parse(at), unseen});
  return {
    confirmed: mapped(confirmed, when),
    uses: mapped(uses, ({use}) => use),
    settled: mapped(settled, ({how, as, reviewed: {by, at}}): Settled => compact({how, as, by, at: Date.parse(at)})),
    reopened,
  };
}

/** Accepts the proposal unseen for `by`. Doubts without a proposal stay open. `at`: epoch ms. */
export function acceptUnseen(plan: Plan, before: ReviewState, {by, at}: {by: string; at: number}): ReviewState {
  const confirmed: Record<string, Confirmed> = {...before.confirmed};
  const settled: Record<string, Settled> = {...before.settled};
  const uses = new Map(plan.sections.map(({id, use}) => [id, before.uses[id] ?? use]));
  for (const {section, asks} of plan.proposal?.readings ?? []) {
    if (asks && !NEVER_RUN.has(uses.get(section) ?? 'reference')) confirmed[section] ??= {by, at, unseen: true};
  }
  for (const {id, proposed} of plan.proposal?.doubts ?? []) {
    if (proposed !== undefined) settled[id] ??= {how: proposed, by, at};
  }
  return {...before, confirmed, settled, reopened: {}};
}
