/** Turns what was found into steps, rules and blanks with ids, when all of it is known. */
import {compact} from '../../text/compact.ts';
import {traitsOf} from '../action-traits.ts';
import type {Assumed} from '../doubt.ts';
import {commandsOfStage, type Plan, type Rule, type Section, type Step} from '../plan.ts';
import {type Problem, problemAt} from '../problem.ts';
import type {Action, ChoiceArm} from '../script.ts';
import {type FoundAction, type FoundRule, type FoundStep, stepsIn, type Thing} from './found.ts';

export type ReadDocument = Pick<Plan, 'steps' | 'rules' | 'meta' | 'contacts' | 'references'> & {
  incident: readonly {text: string; line: number}[];
  problems: readonly Problem[];
  /** The doubts of the recognisers. */
  doubts: readonly (Assumed & {steps: readonly string[]})[];
};

export function assembleSteps(
  found: readonly Thing[],
  sections: readonly Section[],
  lines: readonly string[],
): ReadDocument {
  const {things, problems} = withoutRepeatedRows(withoutAnswered(found), sections, lines);
  const byKind = Map.groupBy(things, ({kind}) => kind);
  const of = <Kind extends Thing['kind']>(kind: Kind) => (byKind.get(kind) ?? []) as Extract<Thing, {kind: Kind}>[];
  const nameOf = names();
  const rules = new Map(of('rule').map(({rule}) => [rule, nameOf('R', rule.line)]));
  const ids = new Map(stepsIn(things).map(step => [step, nameOf('L', step.line)]));
  const evidence = Map.groupBy(of('evidence'), ({of: step}) => step);
  const arms = Map.groupBy(
    [...ids.keys()].filter(({arm}) => arm !== undefined),
    ({arm}) => arm?.choice,
  );
  const steps = [...ids].map(([step, id]): Step => {
    const {action, arm, row: _, ...rest} = withEvidence(step, evidence.get(step) ?? []);
    const under = arm === undefined ? undefined : {choice: ids.get(arm.choice) ?? '', arm: arm.arm};
    const armed = Map.groupBy(arms.get(step) ?? [], one => one.arm?.arm);
    const stepsOf = (name: string) => (armed.get(name) ?? []).map(one => ids.get(one) ?? '');
    return {...rest, ...compact({arm: under}), id, action: actionOf(action, rules, stepsOf, nameOf)};
  });
  return {
    steps,
    rules: [...rules].map(([rule, id]): Rule => ({...rule, id})),
    meta: of('meta').map(({entry}) => entry),
    contacts: of('contact').map(({contact}) => contact),
    references: of('reference').map(({value}) => value),
    incident: of('incident').map(({text, line}) => ({text, line})),
    doubts: of('doubt').map(({doubt, of: step}) => ({...doubt, steps: [ids.get(step) ?? '']})),
    problems: [...of('problem').map(({problem}) => problem), ...problems],
  };
}

type NameOf = (prefix: string, line: number) => string;

/** `L106`; `L106.2` for a second thing on the same line. */
function names(): NameOf {
  const given = new Map<string, number>();
  return (prefix, line) => {
    const first = `${prefix}${line}`;
    const times = (given.get(first) ?? 0) + 1;
    given.set(first, times);
    return times === 1 ? first : `${first}.${times}`;
  };
}

function actionOf(
  action: FoundAction,
  rules: ReadonlyMap<FoundRule, string>,
  stepsOf: (arm: string) => readonly string[],
  nameOf: NameOf,
): Action {
  switch (action.kind) {
    case 'rule':
      return {kind: 'rule', rules: action.rules.map(rule => rules.get(rule) ?? '')};
    case 'input':
      return {kind: 'input', blanks: action.blanks.map(blank => ({...blank, id: nameOf('B', blank.line)}))};
    case 'choice':
      return {
        kind: 'choice',
        arms: action.arms.map((arm): ChoiceArm => {
          const id = arm.id ?? nameOf('A', arm.line);
          return {...arm, id, steps: stepsOf(id)};
        }),
      };
    default:
      return action;
  }
}

type Evidence = Extract<Thing, {kind: 'evidence'}>;

/** Adds to a step its later evidence: "Expected: …" below a code block, and boxes that state its result. */
function withEvidence(step: FoundStep, evidence: readonly Evidence[]): FoundStep {
  if (evidence.length === 0) return step;
  return {
    ...step,
    boxes: [...step.boxes, ...evidence.flatMap(({boxes}) => boxes)].sort((a, b) => a - b),
    expectations: [...step.expectations, ...evidence.flatMap(({expectations}) => expectations)],
    endLine: Math.max(step.endLine, ...evidence.map(({endLine}) => endLine)),
  };
}

/** Removes steps that only asked a question whose answers were found later; a step with a box stays. */
function withoutAnswered(things: readonly Thing[]): readonly Thing[] {
  const boxed = new Set(
    things.flatMap(thing => (thing.kind === 'evidence' && thing.boxes.length > 0 ? [thing.of] : [])),
  );
  const gone = new Set(things.flatMap(thing => (thing.kind === 'answered' && !boxed.has(thing.of) ? [thing.of] : [])));
  return withoutSteps(things, gone);
}

function withoutSteps(things: readonly Thing[], gone: ReadonlySet<FoundStep>): readonly Thing[] {
  const isGone = (thing: Thing) =>
    (thing.kind === 'step' && gone.has(thing.step)) || (thing.kind === 'doubt' && gone.has(thing.of));
  return gone.size === 0 ? things : things.filter(thing => !isGone(thing));
}

/**
 * A table may summarise steps that the document describes elsewhere. Running both would do everything twice, so its
 * rows become a note.
 */
function withoutRepeatedRows(
  things: readonly Thing[],
  sections: readonly Section[],
  lines: readonly string[],
): {things: readonly Thing[]; problems: readonly Problem[]} {
  if (!stepsIn(things).some(({row}) => row !== undefined)) return {things, problems: []};
  const works = new Set(sections.filter(({role}) => role !== 'rollback').map(({id}) => id));
  const steps = stepsIn(things).filter(({section}) => works.has(section));
  const details = new Map(
    steps.filter(({row}) => row === undefined).flatMap(step => keysOf(step).map(key => [key, step] as const)),
  );
  const tables = Map.groupBy(
    steps.filter(({row}) => row !== undefined),
    ({row}) => row ?? 0,
  );
  const gone = new Set<FoundStep>();
  const problems = [...tables].flatMap(([line, rows]) => {
    const working = rows.filter(({action}) => traitsOf(action).by === 'engine');
    const told = working.map(row => keysOf(row).flatMap(key => details.get(key) ?? [])[0]);
    if (working.length < ROWS_MIN || told.includes(undefined)) return [];
    for (const row of working) gone.add(row);
    const at = told.map(step => step?.line).join(', ');
    const message = `the commands of this table are told in detail on lines ${at}; only those are run`;
    const hint = 'take the table out if it is to say nothing more';
    return [problemAt(lines, 'info', 'reference-card', line, '', message, hint)];
  });
  return {things: withoutSteps(things, gone), problems};
}

/** A single row may really mean to do it twice. */
const ROWS_MIN = 2;

/** The commands of a step, whatever its title is. */
function keysOf({action}: FoundStep): string[] {
  const commands = action.kind === 'script' ? action.stages.flatMap(commandsOfStage) : [];
  const texts = commands.map(({text}) => text.replaceAll(/\s+/g, ' ').trim());
  return texts.length === 0 ? [] : [texts.join('\n')];
}
