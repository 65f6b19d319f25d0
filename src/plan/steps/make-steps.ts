/** Makes steps: for the engine, for a person, for rules, or with blanks to fill. */

import {compact} from '../../text/compact.ts';
import {matchesOf} from '../../text/matches.ts';
import type {TextLine} from '../document/blocks.ts';
import {readCommentDirectives} from '../document/directives.ts';
import {plainText} from '../document/inline.ts';
import {hasBlank, readBlanks} from '../phrases/blanks.ts';
import {type HostNames, isOnlyPlace, type NamedPlace} from '../phrases/host-mentions.ts';
import {parseInterval} from '../phrases/interval.ts';
import {readMarks} from '../phrases/marks.ts';
import type {Expectation, Marks} from '../plan.ts';
import {lineOfOffset} from '../problem.ts';
import type {ShellLine} from '../shell/shell-lines.ts';
import {type Reading, readCommands} from './code/commands.ts';
import {forAction, withStatuses} from './code/statuses.ts';
import {atPlace, backFromPlace} from './code/where.ts';
import {
  type Directives,
  type Found,
  type FoundAction,
  type FoundBlank,
  type FoundRule,
  type FoundStep,
  problemsFound,
  readInOrder,
  readInside,
  type Setting,
  thenRead,
  withStep,
  withWhere,
} from './found.ts';

/** What a step is about: a task, an ordered item, or the label or heading above it. */
export type Subject = {
  title: string;
  line: number;
  endLine: number;
  boxes: readonly number[];
  /** How a person does it, from the item's bullets. */
  instructions: readonly string[];
  /** The expectations in the item's own prose. */
  expectations: readonly Expectation[];
  /** Who, where, when, whether. */
  marks: Marks;
};

/** A subject with the marks of its title, without times and gates: those in a heading are about the whole section. */
export function subjectAt(title: string, line: number, endLine: number): Subject {
  const {at: _at, estimate: _estimate, gate: _gate, ...marks} = readMarks(title);
  return {title, line, endLine, boxes: [], instructions: [], expectations: [], marks};
}

/** The setting without what labels and directives say about the next step. */
export function withoutHints(setting: Setting): Setting {
  return {...setting, directives: {}, everyMs: undefined, hours: undefined, role: undefined, assumed: undefined};
}

type Body = Pick<FoundStep, 'action'> & Partial<Omit<FoundStep, 'action'>>;

/** A step about the subject. `body` overrides the subject, and a directive overrides both. */
function stepFound(setting: Setting, subject: Subject, body: Body): Found {
  const {marks, ...about} = subject;
  const {everyMs, hours: opens, directives, node, arm, row} = setting;
  const step = compact({
    ...marks,
    ...about,
    ...body,
    ...compact({everyMs, opens}),
    ...fromDirectives(directives),
    section: node.section.id,
    arm,
    row,
  });
  return withStep(setting, step);
}

/** The directives that change a step. Others (`host`, `probe`) are used elsewhere. */
function fromDirectives(directives: Directives) {
  const {timeout, retries, every, name, approve} = directives as {
    [key in 'timeout' | 'retries' | 'every' | 'name' | 'approve']?: string;
  };
  return compact({
    title: name,
    timeoutMs: timeout === undefined ? undefined : parseInterval(timeout),
    everyMs: every === undefined ? undefined : parseInterval(every),
    retries: retries === undefined || !/^\d+$/.test(retries) ? undefined : Number(retries),
    approvals: approve === undefined ? undefined : (2 as const),
  });
}

export function manualStep(
  setting: Setting,
  subject: Subject,
  instructions: readonly string[] = [],
  expectations: readonly Expectation[] = [],
): Found {
  return stepWithoutCommands(setting, subject, {kind: 'manual'}, instructions, expectations);
}

/** A step that the standing of its rules ticks; without rules, a person ticks it. */
export function ruleStep(
  setting: Setting,
  subject: Subject,
  rules: readonly FoundRule[],
  instructions: readonly string[] = [],
): Found {
  return stepWithoutCommands(
    setting,
    subject,
    rules.length === 0 ? {kind: 'manual'} : {kind: 'rule', rules},
    instructions,
    [],
  );
}

export function inputStep(setting: Setting, subject: Subject, blanks: readonly FoundBlank[]): Found {
  return stepWithoutCommands(setting, subject, {kind: 'input', blanks}, [], []);
}

function stepWithoutCommands(
  setting: Setting,
  subject: Subject,
  action: FoundAction,
  instructions: readonly string[],
  expectations: readonly Expectation[],
): Found {
  return stepFound(setting, subject, {
    action,
    instructions: [...instructions, ...subject.instructions],
    expectations: [...expectations, ...subject.expectations],
  });
}

/** Several steps from one item: the first has the item's line, and the last ticks its box. */
export function readingsFound(setting: Setting, given: Subject, readings: readonly Reading[]): Found {
  const told = withStatuses(readings, given, setting.lines);
  return readInOrder(told, setting, (reading, here, index) => {
    const subject = withoutScopeThere(given, reading.action, setting.where.names);
    const {marks, title} = subject;
    const isLast = index === told.length - 1;
    const {things, setting: after} = stepFound(
      here,
      subject,
      compact({
        title: told.length === 1 ? title : `${title} (${index + 1}/${told.length})`,
        line: index === 0 ? subject.line : reading.line,
        action: reading.action,
        expectations: forAction([...reading.expectations, ...(isLast ? subject.expectations : [])], reading),
        instructions: [...reading.instructions, ...subject.instructions],
        boxes: isLast ? subject.boxes : [],
        condition: reading.condition ?? marks.condition,
        timeoutMs: reading.timeoutMs,
        destructive: reading.destructive,
      }),
    );
    const of = after.before as FoundStep;
    return {
      things: [...things, ...(reading.doubts ?? []).map(doubt => ({kind: 'doubt' as const, doubt, of}))],
      setting: after,
    };
  });
}

/** "Only on web1:" is no condition of commands that run on web1. */
function withoutScopeThere(subject: Subject, action: FoundAction, names: HostNames): Subject {
  const {scope, ...marks} = subject.marks;
  const place = 'context' in action ? action.context?.place : undefined;
  return place?.kind === 'host' && isOnlyPlace(scope, place.destination, names) ? {...subject, marks} : subject;
}

/** The steps of commands outside a code block. `place`: where they run, whatever login holds; it holds for them only. */
export function commandsFound(
  setting: Setting,
  subject: Subject,
  lines: readonly ShellLine[],
  place: NamedPlace | undefined,
): Found {
  const there = place === undefined ? setting : withWhere(setting, atPlace(setting.where, place));
  const {readings, problems, where} = readCommands(there, lines);
  const back = withWhere(setting, place === undefined ? where : backFromPlace(where, setting.where));
  const texts = lines.flatMap(line => (line.kind === 'command' ? [line.text] : []));
  return thenRead({things: problems, setting: back}, here =>
    readings.length === 0 ? manualStep(here, subject, texts) : readingsFound(here, subject, readings),
  );
}

/** All blanks of a text become one step, because they are filled together. */
export function blanksFound(setting: Setting, lines: readonly TextLine[]): Found {
  const blanks = lines.flatMap(({line, text}) => readBlanks(text, line, setting.node.preamble));
  const labels = blanks.map(blank => blank.label).join(', ');
  return inputStepFor(setting, [...sentencesAhead(lines), labels].join(' '), blanks);
}

/** "Start only when the line is closed. Write the time: ____": whoever fills it in must read what stands before. */
function sentencesAhead(lines: readonly TextLine[]): string[] {
  const text = lines.map(line => line.text).join(' ');
  const sentences = text.split(/(?<=\p{L}{2}["'”“»)]?[.!?]["'”“»)]?)\s+(?=[^\p{Ll}])/u);
  const first = sentences.findIndex(hasBlank);
  return sentences.slice(0, Math.max(first, 0)).map(plainText);
}

export function inputStepFor(setting: Setting, title: string, blanks: readonly FoundBlank[]): Found {
  const [first] = blanks;
  if (first === undefined) return {things: [], setting};
  const subject = subjectAt(title, first.line, blanks.at(-1)?.line ?? first.line);
  return readInside(setting, withoutHints(setting), here => inputStep(here, subject, blanks));
}

/** Takes over directives from comments (`<!-- tminus: … -->`), for the next step. */
export function withDirectives(lines: readonly TextLine[], setting: Setting): Found {
  const read = lines.flatMap(({line, text}) => directivesIn(text, line));
  const directives = Object.assign({...setting.directives}, ...read.map(one => one.directives));
  return {things: problemsFound(read.flatMap(({problems}) => problems)), setting: {...setting, directives}};
}

function directivesIn(text: string, line: number) {
  return matchesOf(text, /<!--[\s\S]*?-->/g).flatMap(match => {
    const at = lineOfOffset(line, text, match.index);
    return readCommentDirectives(match[0], at) ?? [];
  });
}
