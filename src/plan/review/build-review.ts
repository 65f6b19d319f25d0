/** Builds the review that is written to the review file. */
import {compact} from '../../text/compact.ts';
import {titlePath} from '../bindings-file/named-places.ts';
import type {Confirmed, ReviewState, SectionReading} from '../doubt.ts';
import {withSectionsAround} from '../outline/sections-around.ts';
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

/** The name under which the place of a section is kept: its title, with those around it where others have the same. */
export function placeName({sections}: Plan, sectionId: string): string {
  const around = withSectionsAround(sectionId, new Map(sections.map(section => [section.id, section])));
  const titles = around.map(({title}) => title);
  const isOnly = sections.filter(({title}) => title === titles[0]).length === 1;
  return titlePath(isOnly ? titles.slice(0, 1) : titles);
}

function placesIn(plan: Plan, {places = {}}: ReviewState, before: Review): Review['places'] {
  const named = Object.entries(places).map(([id, place]) => [placeName(plan, id), place] as const);
  return named.length === 0 ? before.places : {...before.places, ...Object.fromEntries(named)};
}

function settledIn({proposal}: Plan, section: Section, {settled}: ReviewState): SettledDoubt[] {
  return (proposal?.doubts ?? []).flatMap(doubt => {
    const answer = doubt.section === section.id ? settled[doubt.id] : undefined;
    if (answer === undefined) return [];
    const {because} = doubt;
    return [compact({doubt: nameOf(doubt, section.line), because, how: answer.how, as: answer.as})];
  });
}
