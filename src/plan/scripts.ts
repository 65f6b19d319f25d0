import {type Arm, type Line, type Part, readArms} from './arms.ts';
import {readCaptures, withNames} from './captures.ts';
import {sshDestination} from './carried-commands.ts';
import {destroys, isEndless} from './commands.ts';
import {changeDirectory, currentContext, directoryOf, logIn, logOut, loseDirectory, type Shells} from './contexts.ts';
import {type Curl, readCurl} from './curl.ts';
import {readInputs, withGuards} from './inputs.ts';
import type {Command, Context, HttpRequest, ScriptArm, Stage} from './script.ts';
import type {ShellLine} from './shell-text.ts';
import {movesShell, shellCommands, simpleCommands} from './shell-words.ts';

/** Shell text of one context that runs as one step: stages, or one command that never ends. */
export type Segment = {line: number; context: Context; timeoutMs?: number} & (
  | {kind: 'stages'; stages: readonly Stage[]}
  | {kind: 'endless'; command: string; alternatives: readonly string[]}
);

export type Where = {titles: readonly string[]; host: string | undefined};

/** Parts a fence's commands by where they run and whether they end. Moves `shells` on as `ssh` and `cd` say. */
export function readScript(lines: readonly ShellLine[], shells: Shells, where: Where): Segment[] {
  const builder: Builder = {shells, where, segments: [], stages: [], context: undefined, started: 0, timeoutMs: 0};
  for (const part of readArms(lines).flatMap(peeled)) {
    if (part.kind === 'lines') for (const line of part.lines) addLine(builder, line);
    else addAlternatives(builder, part.arms);
  }
  finish(builder);
  return builder.segments;
}

type Builder = {
  shells: Shells;
  where: Where;
  segments: Segment[];
  stages: OpenStage[];
  context: Context | undefined;
  started: number;
  timeoutMs: number;
};

/** Commands are still being added to the last one. */
type OpenStage = Exclude<Stage, {kind: 'commands'}> | {kind: 'commands'; commands: Command[]};

/** `ssh` and `cd` at the head of a first arm hold for every arm. */
function peeled(part: Part): Part[] {
  const [first, ...others] = part.kind === 'arms' ? part.arms : [];
  if (first === undefined) return [part];
  const own = first.lines.findIndex(line => !/^(?:ssh|cd)\s/.test(line.text));
  if (own <= 0) return [part];
  const lines = first.lines.slice(own);
  const label = lines.map(line => line.text).join('; ');
  return [
    {kind: 'lines', lines: first.lines.slice(0, own)},
    {kind: 'arms', arms: [{label, line: lines[0]?.line ?? first.line, lines}, ...others]},
  ];
}

function addLine(builder: Builder, line: Line): void {
  const chained = /^(cd\s+(?:"[^"]*"|'[^']*'|[^\s;&|]+))\s*&&\s*(\S[\s\S]*)$/.exec(line.text);
  if (chained?.[1] !== undefined && chained[2] !== undefined) {
    addLine(builder, {...line, text: chained[1]});
    addLine(builder, {...line, text: chained[2]});
    return;
  }
  if (moved(builder, line)) return;
  if (isEndless(line.text)) {
    addEndless(builder, line, []);
    return;
  }
  begin(builder, line.line);
  const curl = readCurl(line.text, line.line);
  if (curl === undefined) addCommand(builder, commandOf(builder, line));
  else addRequest(builder, curl, line.condition);
}

/** Whether the line only says where the next ones run. */
function moved(builder: Builder, line: Line): boolean {
  const [words, ...others] = simpleCommands(line.text);
  if (words === undefined || others.length > 0 || line.text.includes('<<')) return false;
  const ssh = sshDestination(words);
  if (ssh !== undefined && ssh.remote === '') {
    finish(builder);
    logIn(builder.shells, ssh.destination);
    return true;
  }
  if (words[0] === 'cd' && !line.text.startsWith('(')) {
    return changeDirectory(builder.shells, contextNow(builder), words[1]);
  }
  if (/^(?:exit|logout)$/.test(words[0] ?? '') && words.length === 1 && builder.shells.login !== undefined) {
    finish(builder);
    logOut(builder.shells);
    return true;
  }
  return false;
}

function contextNow(builder: Builder): Context {
  return currentContext(builder.shells, builder.where.titles, builder.where.host);
}

function begin(builder: Builder, line: number): void {
  builder.context ??= contextNow(builder);
  if (builder.stages.length === 0) builder.started = line;
}

function finish(builder: Builder): void {
  if (builder.context !== undefined && builder.stages.length > 0) {
    const stages = builder.stages.map(guarded);
    const timeout = builder.timeoutMs > 0 ? {timeoutMs: builder.timeoutMs} : {};
    builder.segments.push({kind: 'stages', line: builder.started, context: builder.context, stages, ...timeout});
  }
  builder.stages = [];
  builder.context = undefined;
  builder.timeoutMs = 0;
}

function guarded(stage: OpenStage): Stage {
  if (stage.kind === 'commands') return {...stage, commands: withGuards(stage.commands)};
  if (stage.kind === 'http') return stage;
  return {...stage, arms: stage.arms.map(arm => ({...arm, commands: withGuards(arm.commands)}))};
}

function addCommand(builder: Builder, command: Command): void {
  const last = builder.stages.at(-1);
  if (last?.kind === 'commands') last.commands.push(command);
  else builder.stages.push({kind: 'commands', commands: [command]});
}

function addRequest(builder: Builder, curl: Curl, condition: string | undefined): void {
  const request: HttpRequest = {...curl.request, expectations: []};
  builder.timeoutMs = Math.max(builder.timeoutMs, curl.timeoutMs ?? 0);
  builder.stages.push({kind: 'http', request, ...(condition === undefined ? {} : {condition})});
}

function addEndless(builder: Builder, line: Line, alternatives: readonly string[]): void {
  finish(builder);
  const context = contextNow(builder);
  builder.segments.push({kind: 'endless', line: line.line, context, command: line.text, alternatives});
}

function addAlternatives(builder: Builder, arms: readonly Arm[]): void {
  const [first, ...others] = arms;
  const [only] = first?.lines ?? [];
  if (first?.lines.length === 1 && only !== undefined && isEndless(only.text)) {
    addEndless(
      builder,
      only,
      others.map(arm => (arm.lines.length === 0 ? arm.label : arm.lines.map(line => line.text).join('; '))),
    );
    return;
  }
  const line = first?.line ?? 0;
  begin(builder, line);
  builder.stages.push({kind: 'alternatives', id: `L${line}`, line, arms: arms.map(arm => scriptArm(builder, arm))});
}

/** A `cd` inside an arm holds to the end of the arm. */
function scriptArm(builder: Builder, arm: Arm): ScriptArm {
  const {directories, adrift} = builder.shells;
  const before = {directories: new Map(directories), adrift: new Set(adrift)};
  const context = contextNow(builder);
  const commands: Command[] = [];
  for (const line of arm.lines) {
    const [words, ...others] = simpleCommands(line.text);
    const isMove = words?.[0] === 'cd' && others.length === 0;
    if (!isMove || !changeDirectory(builder.shells, context, words[1])) commands.push(commandOf(builder, line));
  }
  builder.shells.directories = before.directories;
  builder.shells.adrift = before.adrift;
  return {id: `L${arm.line}`, label: arm.label, line: arm.line, commands, manual: commands.length === 0};
}

function commandOf(builder: Builder, line: Line): Command {
  const directory = directoryOf(builder.shells, contextNow(builder));
  const destructive = destroys(line.text);
  const captures = readCaptures(line.text);
  if (movesShell(line.text)) loseDirectory(builder.shells, contextNow(builder));
  return {
    line: line.line,
    text: line.text,
    ...(directory === undefined ? {} : {directory}),
    ...(line.comment === undefined ? {} : {comment: line.comment}),
    ...(line.condition === undefined ? {} : {condition: line.condition}),
    ...(destructive === undefined ? {} : {destructive}),
    captures,
    inputs: readInputs(withNames(line.text, captures), directory),
  };
}

/** File and name of what a never-ending command follows: `tail -f /var/log/x/error.log` is file and source `error`. */
export function followed(command: string): {source: string; file?: string} {
  const [words = [], ...others] = simpleCommands(command);
  const [program = 'log'] = words;
  const plain = others.length === 0 && shellCommands(command).every(one => one.redirections.length === 0);
  if (program === 'tail') {
    const files = words.slice(1).filter((word, index) => !word.startsWith('-') && !/^-[nc]$/.test(words[index] ?? ''));
    const [file] = files;
    if (file === undefined) return {source: 'log'};
    return plain && files.length === 1 && !/[$`*?]/.test(file)
      ? {source: nameOfFile(file), file}
      : {source: nameOfFile(file)};
  }
  const unit = words.findIndex(word => /^(?:-u|--unit)$/.test(word));
  if (unit !== -1) return {source: nameOfFile(words[unit + 1] ?? program)};
  const name = words.slice(1).findLast(word => !word.startsWith('-') && !/^(?:logs?|compose|get|run)$/.test(word));
  return {source: nameOfFile(name ?? program)};
}

function nameOfFile(path: string): string {
  const base = path.replace(/\/+$/, '').replace(/^.*[/\\]/, '');
  return base.replace(/(?<=.)\.(?:log|txt|out|err|service)$/, '').replaceAll(/[^\w.-]+/g, '-') || 'log';
}
