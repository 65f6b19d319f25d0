/** The commands of a section with their values and places, and the lines of a question. Pure. */
import type {Use} from '../../plan/doubt.ts';
import type {Plan, Step} from '../../plan/plan.ts';
import {altersInPlace} from '../../plan/script.ts';
import {type CommandOperation, type Operation, operationsOf, placeOf} from '../../run/operations.ts';
import {shownLookup} from '../../run/requests/lookups.ts';
import {answeredAs, readingOf, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {placeName} from '../checklist/step-words.ts';
import type {ThemeToken} from '../terminal/theme.ts';

/** `lead` stands before the first row of a wrapped text; the other rows are indented by its width. */
export type RunLine = {lead: string; text: string; token: ThemeToken; isCommand?: true};

export function runLines(plan: Plan, state: RunState, sectionId: string): readonly RunLine[] {
  const steps = plan.steps.filter(({section}) => section === sectionId);
  const lines = linesOfSteps(plan, state, steps);
  const idle = NEVER_RUN[sectionUse(plan, state, sectionId)];
  if (idle === undefined || !lines.some(({isCommand}) => isCommand === true)) return lines;
  return [
    {lead: '', text: `none of it runs: ${idle}`, token: 'accent'},
    ...lines.map(({lead, text}): RunLine => ({lead, text, token: 'muted'})),
  ];
}

const NEVER_RUN: Readonly<Partial<Record<Use, string>>> = {
  reference: 'it is for reference',
  record: 'it is filled in for the record',
  other: 'it is another procedure',
};

export function stepRunLines(plan: Plan, state: RunState, step: Step): readonly RunLine[] {
  return linesOfSteps(plan, state, [step]);
}

function linesOfSteps(plan: Plan, state: RunState, steps: readonly Step[]): readonly RunLine[] {
  const lines: RunLine[] = [];
  let at = '';
  for (const step of steps) {
    for (const {where, line} of stepLines(plan, state, step)) {
      if (where !== undefined && where !== at) {
        if (lines.length > 0) lines.push({lead: '', text: '', token: 'text'});
        lines.push({lead: '', text: where, token: 'title'});
        at = where;
      }
      lines.push(line);
    }
  }
  return lines;
}

type Known = {plan: Plan; state: RunState};

/** `where`: the place, where it is known; absent for what people do and for notes. */
type Placed = {where?: string; line: RunLine};

function stepLines(plan: Plan, state: RunState, step: Step): readonly Placed[] {
  const {action} = step;
  const answered = answeredAs(plan, state, step);
  if (answered !== undefined) {
    const word = answered === 'ignored' ? 'left out' : 'by hand';
    return [{line: {...NOTE, text: `${word}: ${shownTitle(step.title)}`}}];
  }
  const operations = operationsOf(action, {lookup: shownLookup(plan, state), choices: state.choices});
  if (operations.length === 0) return [{line: personLine(step)}];
  const condition = step.condition === undefined ? [] : [{line: {...NOTE, text: `only ${step.condition}`}}];
  return [...operations.flatMap(operation => operationLines({plan, state}, operation, step)), ...condition];
}

const NOTE: RunLine = {lead: '  ', text: '', token: 'muted'};

function personLine({action, title}: Step): RunLine {
  const shown = shownTitle(title);
  switch (action.kind) {
    case 'input':
      return {
        lead: '_ ',
        text: `to fill: ${action.blanks.map(({label}) => label).join(', ') || shown}`,
        token: 'muted',
      };
    case 'choice':
      return {lead: '  ', text: `one of: ${action.arms.map(arm => shownTitle(arm.title)).join(' | ')}`, token: 'text'};
    case 'rule':
      return {lead: '  ', text: `judged: ${shown}`, token: 'muted'};
    default:
      return {lead: '  ', text: `by hand: ${shown}`, token: 'muted'};
  }
}

function operationLines(known: Known, operation: Operation, step: Step): readonly Placed[] {
  switch (operation.kind) {
    case 'command':
      return commandLines(known, operation, step, '$ ');
    case 'alternatives': {
      const {arms, taken} = operation;
      const first = arms.flatMap(({commands}) => commands)[0];
      const where = whereOf(known, step, first);
      const shown = taken === undefined ? arms : [taken];
      const head = taken === undefined ? 'one of these, the first that is proved:' : 'only this one of several:';
      return [
        placed(where, {lead: '', text: head, token: 'muted'}),
        ...shown.flatMap(({label, commands}): readonly Placed[] =>
          commands.length === 0
            ? [{line: {lead: '  - ', text: `by hand: ${label}`, token: 'muted'}}]
            : commands.flatMap((command, index) =>
                armLines(known, command, step, index === 0 ? '  - ' : '    ', where),
              ),
        ),
      ];
    }
    default: {
      const {text} = operation;
      const line: RunLine = {lead: '$ ', text: text.replace(/\s+/g, ' ').trim(), token: 'command', isCommand: true};
      return [placed(whereOf(known, step), line)];
    }
  }
}

function commandLines(known: Known, operation: CommandOperation, step: Step, lead: string): readonly Placed[] {
  const {text, unbound, command} = operation;
  const where = whereOf(known, step, operation);
  const altered = command.destructive === undefined ? altersInPlace(command.text) : undefined;
  const notes: RunLine[] = [
    ...(command.destructive === undefined ? [] : [{...NOTE, text: command.destructive, token: 'bad' as const}]),
    ...(altered === undefined ? [] : [{...NOTE, text: altered, token: 'warn' as const}]),
    ...(command.condition === undefined ? [] : [{...NOTE, text: `only ${command.condition}`}]),
    ...(unbound.length === 0 ? [] : [{...NOTE, text: `no value yet: ${unbound.join(', ')}`, token: 'warn' as const}]),
  ];
  return [
    placed(where, {lead, text: text.trim(), token: 'command', isCommand: true}),
    ...notes.map(line => ({line: {...line, lead: ' '.repeat(lead.length)}})),
  ];
}

/** The first command of an arm may run in another directory. Then the directory stands behind it. */
function armLines(
  known: Known,
  operation: CommandOperation,
  step: Step,
  lead: string,
  where: string,
): readonly Placed[] {
  const own = whereOf(known, step, operation);
  return commandLines(known, operation, step, lead).map(({line}, index) =>
    index === 0 && own !== where ? {line: {...line, text: `${line.text}   (${own})`}} : {line},
  );
}

/** A query that names no database goes to the only one that is bound. Its section's reading has that name. */
function databaseOf(plan: Plan, section: string): string {
  const own = plan.steps.filter(step => step.section === section);
  const named = new Set(['here', ...own.flatMap(({action}) => placeOf(action) ?? [])]);
  const places = readingOf(plan, section)?.place?.split(' + ') ?? [];
  return places.find(place => !named.has(place)) ?? 'database';
}

function placed(where: string, line: RunLine): Placed {
  return {where, line};
}

/** `vps · /srv/app`, `this machine · /home/ana/shop`, `main` for a query. */
function whereOf({plan, state: {run}}: Known, {action, section}: Step, operation?: CommandOperation): string {
  const name = placeName(action) ?? (action.kind === 'sql' ? databaseOf(plan, section) : 'this machine');
  const context = 'context' in action ? action.context : undefined;
  const start = context?.place.kind === 'local' ? run.directory : undefined;
  const directory = operation?.command.directory ?? context?.directory ?? start;
  return directory === undefined ? name : `${name} · ${directory}`;
}

/** Index after the last line with a command; 0 where there is none. */
export function commandsEnd(lines: readonly RunLine[]): number {
  return lines.findLastIndex(({isCommand}) => isCommand === true) + 1;
}

/** For a section that is open again: how it was read when it was confirmed (`-`), and how it is read now (`+`). */
export function changeLines(because: string, before: readonly string[] | undefined, now: readonly string[]): RunLine[] {
  const head: RunLine = {lead: '', text: `open again: ${because}`, token: 'warn'};
  if (before === undefined) return [head];
  const [was, is] = [new Set(before), new Set(now)];
  const gone = before.filter(line => !is.has(line)).map((text): RunLine => ({lead: '- ', text, token: 'bad'}));
  const come = now.filter(line => !was.has(line)).map((text): RunLine => ({lead: '+ ', text, token: 'good'}));
  const same = gone.length + come.length === 0 ? [{...NOTE, text: 'the same lines, in another order'}] : [];
  return [head, ...gone, ...come, ...same];
}
