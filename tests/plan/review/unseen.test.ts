/** Documents written by somebody who had never seen the reader: what it makes of each line that a person labelled. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {acceptUnseen, parsePlan} from '../../../src/plan/parse-plan.ts';
import {
  commandsOf,
  commandsOfStage,
  contextOf,
  emptyBindings,
  type Plan,
  requestsOf,
  type Step,
} from '../../../src/plan/plan.ts';
import {NO_REVIEW, unconfirmed} from '../../../src/run/review.ts';
import {lineMargin} from '../../../src/run/wording/line-margin.ts';
import {sectionsAsked} from '../../helpers/doubts.ts';

/** Lines by where they may run: `hp1`, `lb1+lb2`, `local`, `any`; ` | ` stands between places that are both right. */
type Places = Readonly<Record<string, readonly number[]>>;

/** `noted`: lines for people that are still read as notes; no new one may come. */
type Labels = {
  right: number;
  run?: Places;
  rollback?: Places;
  either?: Places;
  sometimes?: Places;
  never: readonly number[];
  people: readonly number[];
  noted: readonly number[];
};

const folder = new URL('../../fixtures/unseen/', import.meta.url);
const all = parse(readFileSync(new URL('labels.yaml', folder), 'utf8')) as Record<string, Labels>;

type Known = {step: Step; isArm: boolean; condition: string | undefined};

function readingOf(name: string) {
  const plan = parsePlan(readFileSync(new URL(`${name}.md`, folder)), emptyBindings);
  const state = {review: acceptUnseen(plan, NO_REVIEW, {by: 'ana', at: 0}), run: {gated: true as const}};
  const margin = lineMargin(plan);
  const known = knownIn(plan);
  const doubts = plan.proposal?.doubts ?? [];
  const asked = sectionsAsked(plan);
  const purposeOf = (step: Step) => plan.sections.find(({id}) => id === step.section)?.use;
  const isAsked = ({step, condition, isArm}: Known) =>
    isArm || [step.condition, step.scope, step.gate, step.arm, condition].some(mark => mark !== undefined);
  const startsAlone = (one: Known) =>
    /^(?:run|watch)$/.test(purposeOf(one.step) ?? '') &&
    !isAsked(one) &&
    unconfirmed(plan, state, one.step) === undefined;
  const isDoubted = (step: Step) =>
    doubts.some(({code, section, steps}) => {
      const isIts = steps.includes(step.id) || (section === step.section && steps.length === 0);
      return code === 'place-assumed' && isIts;
    });
  const isLost = (line: number) => {
    if (!/^(?:note|sample|reference)$/.test(margin[line - 1]?.as ?? '')) return false;
    if (plan.steps.some(step => step.line === line)) return false;
    const section = plan.sections.findLast(one => one.line <= line);
    if (asked.some(one => one === section)) return false;
    return !doubts.some(one => one.line === line || (one.section === section?.id && one.steps.length === 0));
  };
  return {known, purposeOf, isAsked, startsAlone, isDoubted, isLost, margin};
}

function knownIn(plan: Plan): ReadonlyMap<number, Known> {
  const known = new Map<number, Known>();
  for (const step of plan.steps) {
    const {action} = step;
    const arms = action.kind === 'script' ? action.stages.filter(stage => stage.kind === 'alternatives') : [];
    const inArms = new Set(arms.flatMap(commandsOfStage).map(({line}) => line));
    for (const {line, condition} of [
      ...commandsOf(step),
      ...requestsOf(step).map(one => ({...one, condition: undefined})),
    ])
      known.set(line, {step, isArm: inArms.has(line), condition});
    if (action.kind === 'sql')
      for (const {line} of action.statements) known.set(line, {step, isArm: false, condition: undefined});
    if (action.kind === 'tail') known.set(step.line, {step, isArm: false, condition: undefined});
  }
  return known;
}

/** A blank in the document's own words, `<the router>`, is filled by a person who knows the place. */
function isAt(step: Step, places: string): boolean {
  if (places === 'any') return true;
  const place = contextOf(step)?.place;
  const host = place?.kind === 'host' ? place.destination.toLowerCase() : 'local';
  const isDescribed = /^<.*\s.*>$/.test(host) && !places.includes('local');
  return isDescribed || places.split(' | ').some(names => names.split('+').every(name => host.includes(name)));
}

const linesOf = (places: Places = {}) =>
  Object.entries(places).flatMap(([at, lines]) => lines.map(line => ({at, line})));

test.each(Object.entries(all))(
  '%s: nothing harmful starts, nothing is lost, and as much is right as before',
  (name, labels) => {
    const {known, purposeOf, isAsked, startsAlone, isDoubted, isLost, margin} = readingOf(name);
    const [run, back, either, sometimes] = [labels.run, labels.rollback, labels.either, labels.sometimes].map(linesOf);
    const kept = [
      ...labels.never.map(line => ({at: 'any', line})),
      ...(back ?? []),
      ...(either ?? []),
      ...(sometimes ?? []),
    ];
    const harmful = kept.filter(({line}) => {
      const one = known.get(line);
      return one !== undefined && startsAlone(one);
    });
    const misplaced = (run ?? []).filter(({at, line}) => {
      const one = known.get(line);
      return one !== undefined && startsAlone(one) && !isAt(one.step, at) && !isDoubted(one.step);
    });
    expect([...harmful, ...misplaced]).toEqual([]);
    const work = [...(run ?? []), ...(back ?? []), ...(either ?? []), ...(sometimes ?? [])].map(({line}) => line);
    expect(work.filter(isLost)).toEqual([]);
    expect(labels.people.filter(isLost)).toEqual(labels.noted);
    const right = [
      ...(run ?? []).filter(({at, line}) => {
        const one = known.get(line);
        return one === undefined ? margin[line - 1]?.as === 'command' : startsAlone(one) && isAt(one.step, at);
      }),
      ...(back ?? []).filter(({at, line}) => {
        const one = known.get(line);
        return one !== undefined && purposeOf(one.step) === 'rollback' && isAt(one.step, at);
      }),
      ...[...(either ?? []), ...(sometimes ?? [])].filter(({at, line}) => {
        const one = known.get(line);
        return one !== undefined && isAsked(one) && isAt(one.step, at);
      }),
      ...labels.never.filter(line => {
        const one = known.get(line);
        return one === undefined || /^(?:reference|other|record)$/.test(purposeOf(one.step) ?? '');
      }),
    ];
    expect(right.length).toBeGreaterThanOrEqual(labels.right);
  },
);
