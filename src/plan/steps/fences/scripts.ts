/** Shell text of a fence as segments of one context each. */
import {compact} from '../../../text/compact.ts';
import {isEndless, needsTerminal} from '../../hazards/command-hazards.ts';
import {OPENS} from '../../hazards/interactive.ts';
import type {Command, Context, HttpRequest, Stage} from '../../script.ts';
import {type Arm, type Line, type Part, readArms} from '../../shell/arms.ts';
import {sshDestination} from '../../shell/carried-commands.ts';
import {type Curl, readCurl} from '../../shell/curl.ts';
import {withGuards} from '../../shell/inputs.ts';
import {chainedMove, remoteLines} from '../../shell/remote-lines.ts';
import {withMovesInFront} from '../../shell/shared-moves.ts';
import type {ShellLine} from '../../shell/shell-lines.ts';
import {simpleCommands} from '../../shell/words.ts';
import {
  changeDirectory,
  containerNow,
  currentContext,
  directoryOf,
  logIn,
  logOut,
  type Shells,
  visit,
} from '../places/contexts.ts';
import {commandIn, scriptArm} from './script-commands.ts';

/** Shell text of one context that runs as one step: stages, or one command that never ends. */
export type Segment =
  | ({line: number; context: Context; timeoutMs?: number} & (
      | {kind: 'stages'; stages: readonly Stage[]}
      | {kind: 'endless'; command: string; alternatives: readonly string[]}
    ))
  | ManualSegment;

/** Lines that a person types: they wait for answers, open a shell of their own, or are no shell text. */
type ManualSegment = {kind: 'manual'; line: number; context: Context; timeoutMs?: number; lines: string[]};

export type Where = {titles: readonly string[]; host: string | undefined};

/** Parts a fence's commands by where they run and whether they end. Moves `shells` on as `ssh` and `cd` say. */
export function readScript(lines: readonly ShellLine[], shells: Shells, where: Where): Segment[] {
  const builder: Builder = {
    shells,
    where,
    segments: [],
    stages: [],
    context: undefined,
    started: 0,
    timeoutMs: 0,
    inside: undefined,
  };
  for (const part of readArms(lines)) addPart(builder, part);
  finish(builder);
  return builder.segments;
}

function addPart(builder: Builder, whole: Part): void {
  for (const part of withMovesInFront(whole)) {
    if (part.kind === 'lines') for (const line of part.lines) addLine(builder, line);
    else addAlternatives(builder, part.arms);
  }
}

type Builder = {
  shells: Shells;
  where: Where;
  segments: Segment[];
  stages: OpenStage[];
  context: Context | undefined;
  started: number;
  timeoutMs: number;
  /** The lines of a shell or console that a person has entered. */
  inside: {manual: ManualSegment; prompt: string | undefined} | undefined;
};

/** Commands are still being added to the last one. */
type OpenStage = Exclude<Stage, {kind: 'commands'}> | {kind: 'commands'; commands: Command[]};

function addLine(builder: Builder, line: Line): void {
  if (typedInto(builder, line)) return;
  if (line.broken !== undefined) {
    addManual(builder, line);
    return;
  }
  const container = containerNow(builder.shells, builder.where.titles, builder.where.host);
  if (container !== undefined && !REACHES_IN.test(simpleCommands(line.text)[0]?.[0] ?? '')) {
    addManual(builder, {...line, comment: `in the ${container}`});
    return;
  }
  const chained = chainedMove(line.text);
  if (chained !== undefined) {
    addLine(builder, {...line, text: chained.move});
    addLine(builder, {...line, text: chained.rest});
    return;
  }
  if (moved(builder, line) || ranElsewhere(builder, line)) return;
  if (isEndless(line.text)) {
    addEndless(builder, line, []);
    return;
  }
  const waits = needsTerminal(line.text);
  if (waits !== undefined) {
    const manual = addManual(builder, line);
    if (OPENS.test(waits)) builder.inside = {manual, prompt: line.prompt};
    return;
  }
  begin(builder, line.line);
  const curl = readCurl(line.text, line.line);
  if (curl === undefined) addCommand(builder, commandIn(builder.shells, contextNow(builder), line));
  else addRequest(builder, curl, line.condition);
}

/** From outside these look into a container, or lead elsewhere. */
const REACHES_IN = /^(?:kubectl|oc|k|docker|podman|nerdctl|crictl|docker-compose|helm|k9s|stern|ssh|scp|exit|logout)$/;

/**
 * Lines behind `docker exec -it web bash` or `psql` are typed into it, up to the one that leaves it, or to the same
 * prompt again.
 */
function typedInto(builder: Builder, line: Line): boolean {
  const {inside} = builder;
  if (inside === undefined) return false;
  if (line.prompt !== undefined && line.prompt === inside.prompt) {
    builder.inside = undefined;
    return false;
  }
  inside.manual.lines.push(line.text);
  if (LEAVES.test(line.text.trim())) builder.inside = undefined;
  return true;
}

const LEAVES = /^(?:exit|logout|quit|\\q|\.exit|\.quit|exit\(\)|quit\(\))\s*;?$/i;

function addManual(builder: Builder, line: Line): ManualSegment {
  finish(builder);
  const last = builder.segments.at(-1);
  if (last?.kind === 'manual') {
    last.lines.push(line.text);
    return last;
  }
  const lines = [...(line.comment === undefined ? [] : [line.comment]), line.text];
  const manual: ManualSegment = {kind: 'manual', line: line.line, context: contextNow(builder), lines};
  builder.segments.push(manual);
  return manual;
}

/** `ssh host 'make'` and `ssh host <<EOF` run there, in a session of their own. */
function ranElsewhere(builder: Builder, line: Line): boolean {
  const remote = remoteLines(line);
  if (remote === undefined) return false;
  finish(builder);
  const {login} = builder.shells;
  visit(builder.shells, remote.destination, line.line);
  for (const part of readArms(remote.lines)) addPart(builder, part);
  finish(builder);
  builder.shells.login = login;
  builder.inside = undefined;
  return true;
}

/** Whether the line only says where the next ones run. */
function moved(builder: Builder, line: Line): boolean {
  const [words, ...others] = simpleCommands(line.text);
  if (words === undefined || others.length > 0 || line.text.includes('<<')) return false;
  const ssh = sshDestination(words);
  if (ssh !== undefined && ssh.remote === '' && !words.some(word => /^-[a-zA-Z]*[NfW]/.test(word))) {
    finish(builder);
    logIn(builder.shells, ssh.destination);
    return true;
  }
  if (words[0] === 'cd' && !line.text.startsWith('(')) {
    return changeDirectory(builder.shells, contextNow(builder), words[1]);
  }
  // An `exit` too many would end the session that the next commands run in.
  if (/^(?:exit|logout)$/.test(words[0] ?? '') && words.length === 1) {
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
  const directory = directoryOf(builder.shells, contextNow(builder));
  if (request.curl !== undefined) request.curl = {...request.curl, ...compact({directory})};
  builder.timeoutMs = Math.max(builder.timeoutMs, curl.timeoutMs ?? 0);
  builder.stages.push(compact({kind: 'http', request, condition}));
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
  builder.stages.push({
    kind: 'alternatives',
    id: `L${line}`,
    line,
    arms: arms.map(arm => scriptArm(builder.shells, contextNow(builder), arm)),
  });
}
