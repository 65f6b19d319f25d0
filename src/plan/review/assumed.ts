/** Doubts that the reading itself tells: uses, what the recognisers assumed, some problems, values, and rules. */
import {compact} from '../../text/compact.ts';
import {unsetUses} from '../checks/variables.ts';
import type {Assumed, DoubtCode} from '../doubt.ts';
import {commandsOf, type Plan, type Rule, requestsOf, type Step} from '../plan.ts';
import type {Problem, ProblemCode} from '../problem.ts';
import type {Assumption} from '../uses/section-groups.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';

/** What the recognisers assumed, with the steps. */
export type Told = readonly (Assumed & {steps: readonly string[]})[];

export function assumedDoubts(plan: Plan, uses: readonly Assumption[], told: Told, lines: LineIndex): FoundDoubt[] {
  const captured = plan.placeholders.flatMap(({text, lines: at, capture, value}) =>
    capture === true && value === undefined ? [{text, lines: new Set(at)}] : [],
  );
  return [
    ...ofLanguage(uses).map(ofAssumption),
    ...askedOnce(
      told.filter(one => stillApplies(one, lines)),
      lines,
    ),
    ...plan.problems.flatMap(problem => ofProblem(problem, plan)),
    ...plan.steps.flatMap(step => ofValues(captured, step)),
    ...plan.rules.flatMap(ofRule),
  ];
}

/** Whether the step still has that command, which the bindings may replace. */
function stillApplies({line, because, steps}: Told[number], lines: LineIndex): boolean {
  const own = lines.stepsAt(line).filter(({id}) => steps.includes(id));
  const requests = own.flatMap(requestsOf).map(request => ({line: request.line, text: request.url}));
  const logs = own.flatMap(({action}) => (action.kind === 'tail' ? {line, text: action.command ?? because} : []));
  const parts = [...own.flatMap(commandsOf), ...requests, ...logs];
  return parts.some(part => part.line === line && part.text.includes(because));
}

/** The same place is asked about once in a section, for all of its steps. */
function askedOnce(told: Told, lines: LineIndex): Told {
  const alike = Map.groupBy(told, ({code, line, message}) =>
    code === 'place-assumed' ? `${lines.sectionAt(line)?.id} ${message}` : `${code} ${line}`,
  );
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{...first, steps: [...first.steps, ...others.flatMap(({steps}) => steps)]}],
  );
}

/** In a language without words here, nobody knows the use of any section: that is one question. */
function ofLanguage(uses: readonly Assumption[]): readonly Assumption[] {
  const [first, ...others] = uses.filter(({isForeign}) => isForeign);
  if (first === undefined || others.length === 0) return uses;
  const titles = [first, ...others].map(({section}) => `"${section.title}"`).join(', ');
  const message = `${others.length + 1} sections are taken for reference, and nothing of them runs: ${titles}`;
  const sections = [first, ...others].map(({section}) => section);
  return uses.flatMap(one => (one === first ? {...first, message, sections} : one.isForeign === true ? [] : one));
}

function ofAssumption({
  code,
  section,
  line = section.line,
  message,
  because,
  proposed,
  sections,
}: Assumption): FoundDoubt {
  const settle =
    code === 'procedure-assumed'
      ? 'name it with --procedure, or give the sections their use'
      : 'confirm it, or give the section another use';
  return compact({
    code,
    line,
    section: section.id,
    sections: sections?.map(({id}) => id),
    steps: [],
    message,
    because,
    settle,
    proposed,
  });
}

type FromProblem = {code: DoubtCode; settle: string; proposed?: string};

/** Problems that are also assumptions. */
const FROM_PROBLEMS: Partial<Record<ProblemCode, FromProblem>> = {
  'alternatives-in-block': {
    code: 'alternatives-assumed',
    settle: 'confirm that only one of them is meant, or split the block',
    proposed: 'only one is run: the first that is proved, or the one that is chosen',
  },
  'place-assumed': {
    code: 'place-assumed',
    settle: 'confirm the place, or name it under contexts: in the bindings',
    proposed: 'it runs there',
  },
  'rollback-assumed': {
    code: 'rollback-assumed',
    settle: 'confirm that this is the way back, or give the section another use',
    proposed: 'this is the rollback',
  },
  'variable-never-set': {
    code: 'variable-never-set',
    settle: 'set it in the document, give it a value in the bindings, or do the step by hand',
  },
  'unread-content': {code: 'not-read', settle: 'do it by hand, or leave it out'},
  'unreadable-command': {code: 'not-read', settle: 'do it by hand, or leave it out'},
};

function ofProblem({code, line, message, severity}: Problem, plan: Plan): FoundDoubt[] {
  const {source, steps} = plan;
  const known = FROM_PROBLEMS[code];
  if (known === undefined) return [];
  // The document mentions the variable, so it is probably set in the environment.
  const isOutside = code === 'variable-never-set' && severity === 'info';
  const {proposed: usual, ...from} = isOutside ? {...known, code: 'value-assumed' as const} : known;
  const proposed = isOutside
    ? 'the environment there sets it'
    : code === 'alternatives-in-block' && steps.some(step => isForCases(step, line))
      ? undefined
      : usual;
  const because = (source[line - 1] ?? '').trim();
  const told = compact({...from, line, message, because, proposed});
  return code === 'variable-never-set' ? forUsers(told, plan) : [told];
}

/** The problem is told once for each variable; every step that uses it waits, and a step waits for what its section asks. */
function forUsers(told: FoundDoubt, plan: Plan): FoundDoubt[] {
  const use = unsetUses(plan).find(({name, line}) => line === told.line && told.message.startsWith(`${name} is `));
  if (use === undefined) return [told];
  return [...Map.groupBy(use.users, ({step}) => step.section).values()].flatMap(own => {
    const steps = own.map(({step}) => step.id);
    return {...told, line: own[0]?.line ?? told.line, because: use.text, steps};
  });
}

/** "# if the schema has moved", "# otherwise": of two ways with a condition, no proof tells which one is meant. */
function isForCases({action}: Step, line: number): boolean {
  return (
    action.kind === 'script' &&
    action.stages.some(
      stage =>
        stage.kind === 'alternatives' &&
        stage.line === line &&
        stage.arms.some(({commands}) => commands.some(({condition}) => condition !== undefined)),
    )
  );
}

type Captured = readonly {text: string; lines: ReadonlySet<number>}[];

/** `YYYYMMDD` is taken for a capture because both are written alike. */
function ofValues(captured: Captured, step: Step): FoundDoubt[] {
  return captured.flatMap(({text, lines}) =>
    commandsOf(step)
      .filter(command => lines.has(command.line) && command.text.includes(text))
      .map(({line}) => ({
        code: 'value-assumed' as const,
        line,
        steps: [step.id],
        message: `${text} is taken for the value that the run itself reads under that name`,
        because: text,
        settle: 'confirm it, or give it a value under values: in the bindings',
        proposed: 'it is the value of this run',
      })),
  );
}

function ofRule(rule: Rule): FoundDoubt[] {
  const {tie, line, id, signal, section} = rule;
  // The author of the bindings has looked at this tie.
  if (tie?.by === 'bindings') return [];
  const read = ofReading(rule);
  if (tie === undefined) return read;
  return [
    ...read,
    {
      code: 'tie-assumed',
      line,
      section,
      steps: [],
      rules: [id],
      message: `"${rule.text}" is judged by the signal ${signal ?? '?'}`,
      because: tie.because,
      settle: 'confirm it, or tie it under rules: in the bindings',
      proposed: `${signal ?? 'it'} is the right signal`,
    },
  ];
}

/** A bound that was read from unclear words. */
function ofReading({role, text, line, id, section, assumed}: Rule): FoundDoubt[] {
  if (assumed === undefined) return [];
  const code = role === 'trigger' ? 'trigger-assumed' : 'expectation-assumed';
  const settle = 'confirm it, or write the bound with a figure and its unit';
  return [{code, line, section, steps: [], rules: [id], message: assumed, because: text, settle, proposed: assumed}];
}
