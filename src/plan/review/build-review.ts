/** Builds the review that is written to the review file. */
import {compact} from '../../text/compact.ts';
import type {Confirmed, ReviewState, SectionReading} from '../doubt.ts';
import type {Plan, Section} from '../plan.ts';
import type {Review, ReviewedSection, SettledDoubt} from './review-file.ts';
import {nameOf, pairsOf} from './still-holds.ts';

/**
 * The review to write, in document order: every confirmed section, and from `before` every section that reads
 * differently now, so that old and new can be shown until somebody confirms it. Answers in other sections are kept
 * separately (`begun`): they count when their review continues, and confirm nothing.
 */
export function reviewOf(plan: Plan, state: ReviewState, before: Review = {sections: []}): Review {
  const old = new Map(
    pairsOf(plan, before).flatMap(({section, reading, kept}) =>
      kept.reading === reading.reading ? [] : [[section.id, kept] as const],
    ),
  );
  const readings = new Map((plan.proposal?.readings ?? []).map(reading => [reading.section, reading]));
  const sections = plan.sections.flatMap((section): ReviewedSection[] => {
    const confirmed = state.confirmed[section.id];
    const reading = readings.get(section.id);
    if (confirmed === undefined || reading === undefined) return [old.get(section.id) ?? []].flat();
    return [keptSection(plan, state, section, {reading, who: confirmed})];
  });
  const begun = plan.sections.flatMap((section): ReviewedSection[] => {
    const reading = readings.get(section.id);
    const who = lastAnswer(plan, section, state);
    if (state.confirmed[section.id] !== undefined || reading === undefined || who === undefined) return [];
    return [{...keptSection(plan, state, section, {reading, who}), reads: []}];
  });
  return compact({
    procedure: plan.proposal?.procedure,
    places: placesIn(plan, state, before),
    sections,
    begun: begun.length === 0 ? undefined : begun,
  });
}

function keptSection(
  plan: Plan,
  state: ReviewState,
  section: Section,
  {reading, who}: {reading: SectionReading; who: Confirmed},
): ReviewedSection {
  return compact({
    title: section.title,
    use: state.uses[section.id] ?? section.use,
    place: reading.place,
    text: reading.text,
    reading: reading.reading,
    by: who.by,
    at: new Date(who.at).toISOString().replace(/\.\d+Z$/, 'Z'),
    unseen: who.unseen,
    reads: reading.reads,
    settled: settledIn(plan, section, state),
  });
}

function lastAnswer({proposal}: Plan, section: Section, {settled}: ReviewState): Confirmed | undefined {
  const answers = (proposal?.doubts ?? []).flatMap(({id, section: own}) =>
    own === section.id && settled[id] !== undefined ? [settled[id]] : [],
  );
  const last = answers.toSorted((a, b) => b.at - a.at)[0];
  return last === undefined ? undefined : {by: last.by, at: last.at};
}

/** Places by title: sections with the same title run in the same place. */
function placesIn({sections}: Plan, {places = {}}: ReviewState, before: Review): Review['places'] {
  const named = sections.flatMap(({id, title}) => (places[id] === undefined ? [] : [[title, places[id]] as const]));
  return named.length === 0 ? before.places : {...before.places, ...Object.fromEntries(named)};
}

function settledIn({proposal}: Plan, section: Section, {settled}: ReviewState): SettledDoubt[] {
  return (proposal?.doubts ?? []).flatMap(doubt => {
    const answer = doubt.section === section.id ? settled[doubt.id] : undefined;
    if (answer === undefined) return [];
    return [compact({doubt: nameOf(doubt, section.line), how: answer.how, as: answer.as})];
  });
}
