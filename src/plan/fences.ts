import {looksLikeCommand} from './command-likeness.ts';
import {noteCommandProblems} from './command-problems.ts';
import {destroysData, needsTerminal} from './commands.ts';
import type {Draft, Place} from './draft.ts';
import {readExpectations} from './expectations.ts';
import {followed} from './followed.ts';
import type {Fence} from './markdown.ts';
import type {Action, Expectation, StepKind} from './plan.ts';
import type {Command, Stage} from './script.ts';
import {readScript, type Segment} from './scripts.ts';
import {readShell, type ShellLine} from './shell-text.ts';
import {isForeign, looksLikeSql, readSql} from './sql-text.ts';

/** One thing a fence asks to be done. */
export type Reading = {
  line: number;
  kind: StepKind;
  action: Action;
  expectations: readonly Expectation[];
  instructions: readonly string[];
  condition?: string;
  destructive?: string;
  timeoutMs?: number;
};

/** Without readings the fence holds nothing to run: then its text and comments tell a person what to do. */
export type FenceReading = {
  readings: readonly Reading[];
  /** Every comment with what it expects. */
  comments: readonly {line: number; text: string; expectations: readonly Expectation[]}[];
  /** The body of a fence that is no program. */
  text: readonly string[];
};

export function readFence(draft: Draft, place: Place, fence: Fence, language: string, host?: string): FenceReading {
  const tongue = language.toLowerCase();
  if (SQL.test(tongue) || (tongue === '' && looksLikeSql(fence.body))) return readQuery(fence);
  if (SHELL.test(tongue) || (tongue === '' && isCommands(fence))) {
    return readCommands(draft, place, readShell(fence.body), host);
  }
  const text = fence.body.map(line => line.text).filter(line => line.trim() !== '');
  return {readings: [], comments: [], text: text.slice(0, TEXT_LINES_MAX)};
}

const SQL = /^(?:sql|psql|pgsql|plpgsql|postgres|postgresql|mysql)$/;
const SHELL = /^(?:bash|sh|shell|zsh|console|terminal|shell-session|shellscript|ksh)$/;
const TEXT_LINES_MAX = 40;

/** Commands of a fence, or of inline code. */
export function readCommands(draft: Draft, place: Place, lines: readonly ShellLine[], host?: string): FenceReading {
  noteCommandProblems(draft, lines, place.node.section.role);
  const segments = readScript(lines, draft.shells, {titles: place.node.titles, host});
  const comments = lines.flatMap(line => {
    const text = line.kind === 'comment' ? line.text : line.kind === 'command' ? line.trailing : undefined;
    if (text === undefined) return [];
    return [{line: line.line, text, expectations: readExpectations(`# ${text}`, line.line)}];
  });
  const stated = comments.flatMap(({expectations}) => expectations);
  const owned = ownedBy(
    segments.map(segment => segment.line),
    stated,
  );
  return {readings: segments.map((segment, index) => readingOf(segment, owned[index] ?? [])), comments, text: []};
}

function readQuery(fence: Fence): FenceReading {
  const {statements, comments} = readSql(fence.body);
  const text = comments.map(comment => ({line: fence.line, text: comment, expectations: []}));
  if (statements.length === 0 || statements.some(isForeign)) {
    return {readings: [], comments: text, text: fence.body.map(line => line.text)};
  }
  const destructive = statements.map(statement => destroysData(statement.text)).find(found => found !== undefined);
  const reading: Reading = {
    line: fence.line,
    kind: 'sql',
    action: {kind: 'sql', statements},
    expectations: statements.flatMap(statement => statement.expectations),
    instructions: comments,
    ...(destructive === undefined ? {} : {destructive}),
  };
  return {readings: [reading], comments: text, text: []};
}

function readingOf(segment: Segment, expectations: readonly Expectation[]): Reading {
  const timeout = segment.timeoutMs === undefined ? {} : {timeoutMs: segment.timeoutMs};
  const common = {line: segment.line, expectations, instructions: [], ...timeout};
  if (segment.kind === 'endless') return {...common, kind: 'tail', action: tailOf(segment)};
  if (segment.kind === 'manual') {
    return {...common, kind: 'manual', action: {kind: 'manual'}, instructions: segment.lines};
  }
  const {stages} = segment;
  if (stages.every(stage => stage.kind === 'http')) {
    const requests = withExpectations(stages, expectations).flatMap(stage =>
      stage.kind === 'http' ? [stage.request] : [],
    );
    return {...common, kind: 'http', action: {kind: 'http', requests}, ...conditionOf(stages)};
  }
  const commands = stages.flatMap(commandsOfStage);
  if (stages.length === 1 && commands.every(command => needsTerminal(command.text) !== undefined)) {
    return {...common, kind: 'manual', action: {kind: 'manual'}, instructions: commands.map(command => command.text)};
  }
  const destructive = commands.find(command => command.destructive !== undefined)?.destructive;
  const expecting = withExpectations(stages, expectations);
  return {
    ...common,
    expectations: ofScript(expectations, expecting),
    kind: segment.context.place.kind === 'host' ? 'ssh' : 'shell',
    action: {kind: 'script', context: segment.context, stages: expecting},
    ...conditionOf(stages),
    ...(destructive === undefined ? {} : {destructive}),
  };
}

function tailOf(segment: Extract<Segment, {kind: 'endless'}>): Action {
  const {context, command, alternatives} = segment;
  const {source, file} = followed(command);
  return {kind: 'tail', source, context, ...(file === undefined ? {command} : {file}), alternatives};
}

/** What a comment expects belongs to what stands above it; only a request takes it for its own. */
function withExpectations(stages: readonly Stage[], expectations: readonly Expectation[]): Stage[] {
  const lines = stages.flatMap(stage =>
    stage.kind === 'http' ? [stage.request.line] : commandsOfStage(stage).map(command => command.line),
  );
  const owned = new Map(ownedBy(lines, expectations).map((own, index) => [lines[index], own]));
  return stages.map(stage => {
    if (stage.kind !== 'http') return stage;
    return {...stage, request: {...stage.request, expectations: owned.get(stage.request.line) ?? []}};
  });
}

/** A script has no status of its own: one that is expected of a command's output is for a person to see. */
function ofScript(expectations: readonly Expectation[], stages: readonly Stage[]): Expectation[] {
  const asked = new Set(stages.flatMap(stage => (stage.kind === 'http' ? stage.request.expectations : [])));
  return expectations.map(one => {
    if (one.check?.kind !== 'status' || asked.has(one)) return one;
    return {text: one.text, line: one.line, readable: false};
  });
}

/** For each of the lines, in order, what is expected below it; what stands above them all goes to the first. */
function ownedBy(lines: readonly number[], expectations: readonly Expectation[]): Expectation[][] {
  const owned: Expectation[][] = lines.map(() => []);
  let at = 0;
  for (const expectation of expectations) {
    while (at + 1 < lines.length && (lines[at + 1] ?? 0) <= expectation.line) at += 1;
    owned[at]?.push(expectation);
  }
  return owned;
}

/** A script is conditional when everything in it is. */
function conditionOf(stages: readonly Stage[]): {condition?: string} {
  const conditions = stages.flatMap(stage =>
    stage.kind === 'http' ? [stage.condition] : commandsOfStage(stage).map(command => command.condition),
  );
  const [first] = conditions;
  return first !== undefined && conditions.every(condition => condition !== undefined) ? {condition: first} : {};
}

export function commandsOfStage(stage: Stage): readonly Command[] {
  if (stage.kind === 'commands') return stage.commands;
  return stage.kind === 'alternatives' ? stage.arms.flatMap(arm => arm.commands) : [];
}

/** Whether there is something in a fence that could be run. */
export function holdsCommands(fence: Fence): boolean {
  const tongue = (/^\w*/.exec(fence.info)?.[0] ?? '').toLowerCase();
  if (SQL.test(tongue) || (tongue === '' && looksLikeSql(fence.body))) return true;
  if (tongue === '') return isCommands(fence);
  return SHELL.test(tongue) && readShell(fence.body).some(line => line.kind === 'command');
}

/** A fence without a language holds commands when every line of it is one. */
function isCommands(fence: Fence): boolean {
  const lines = readShell(fence.body);
  const commands = lines.filter(line => line.kind === 'command');
  return commands.length > 0 && commands.every(line => line.kind === 'command' && looksLikeCommand(line.text));
}
