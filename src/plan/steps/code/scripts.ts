/** Reads the commands of a code block line by line: what each line does, and where the next one runs. */
import {compact} from '../../../text/compact.ts';
import {destroys, isEndless, needsTerminal} from '../../hazards/command-hazards.ts';
import {OPENS} from '../../hazards/interactive.ts';
import type {Command, Context, ScriptArm} from '../../script.ts';
import {type Arm, type Line, type Part, readArms} from '../../shell/arms.ts';
import {readCaptures, withNames} from '../../shell/captures.ts';
import {loginDestination} from '../../shell/carried-commands.ts';
import {readCurl} from '../../shell/curl.ts';
import {readInputs} from '../../shell/inputs.ts';
import {valuesByShellAfter, withValues} from '../../shell/known-values.ts';
import {remoteLines, splitLeadingCd, withMovesInFront} from '../../shell/remote-lines.ts';
import type {ShellLine} from '../../shell/shell-lines.ts';
import {movesShell, simpleCommands} from '../../shell/words.ts';
import {hostOfPrompt, placeOfComment} from '../places/section-places.ts';
import {type Act, type Segment, segmentsOf} from './segments.ts';
import {
  afterSeparateSession,
  atPlace,
  backFromPlace,
  behindSentence,
  containerAt,
  contextAt,
  inDirectoryShown,
  inSeparateSession,
  loggedIn,
  loggedOut,
  type Where,
  withDirectory,
  withUnknownDirectory,
} from './where.ts';

/** `titles`: innermost first. `host`: from a directive. `isMixed`: each prompt holds for its own command only. */
export type Around = {titles: readonly string[]; host: string | undefined; isMixed: boolean};

/** Splits commands by where they run and whether they end. `where`: where the next code block continues. */
export function readScript(
  lines: readonly ShellLine[],
  where: Where,
  around: Around,
): {segments: readonly Segment[]; where: Where} {
  const read = partsIn(readArms(lines), {where, inside: undefined, around});
  return {segments: segmentsOf(read.acts), where: read.at.where};
}

/** Where the next line is typed. */
type At = {
  where: Where;
  /** The prompt before which a person opened a shell or console; undefined outside one. */
  inside: {prompt: string | undefined} | undefined;
  around: Around;
};

type Read = {acts: readonly Act[]; at: At};

/** Reads one thing after the other; each begins where the previous one ended. */
function readInOrder<Thing>(things: readonly Thing[], at: At, read: (thing: Thing, at: At) => Read): Read {
  let here = at;
  const acts = things.flatMap(thing => {
    const found = read(thing, here);
    here = found.at;
    return found.acts;
  });
  return {acts, at: here};
}

function partsIn(parts: readonly Part[], at: At): Read {
  return readInOrder(parts.flatMap(withMovesInFront), at, (part, here) =>
    part.kind === 'lines' ? readInOrder(part.lines, here, readLine) : readAlternatives(part.arms, here),
  );
}

/** "systemctl stop web   # app-1": the comment names the host. Among other hosts, "db2$ uptime" does so as well. */
function readLine(line: Line, at: At): Read {
  const name = /^#?\s*([A-Za-z][\w.-]*\w)(?=[\s,:;]|$)/.exec(line.trailing ?? '')?.[1] ?? '';
  const asking = at.around.isMixed ? hostOfPrompt(line.prompt) : '';
  const phrase = at.where.names.has(name.toLowerCase()) ? name : asking;
  const above = phrase === '' ? placeOfComment(line, at.where.names) : undefined;
  const where = above === undefined ? at.where : behindSentence({...at.where, login: undefined}, above);
  if (phrase === '') return readThere(line, {...at, where});
  const {acts, at: last} = readThere(line, {...at, where: atPlace(at.where, {here: false, phrase})});
  return {acts, at: {...last, where: backFromPlace(last.where, at.where)}};
}

function readThere({directory, ...line}: Line, at: At): Read {
  const typed = readTyped(line, at);
  if (typed !== undefined) return typed;
  const here = {...at, inside: undefined, where: inDirectoryShown(at.where, contextHere(at), directory)};
  if (line.broken !== undefined) return {acts: [manualAct(line, here)], at: here};
  const container = containerAt(here.where, here.around.titles, here.around.host);
  if (container !== undefined && !REACHES_IN.test(simpleCommands(line.text)[0]?.[0] ?? '')) {
    return {acts: [manualAct({...line, comment: `in the ${container}`}, here)], at: here};
  }
  const chained = splitLeadingCd(line.text);
  if (chained !== undefined) {
    return readInOrder(
      [
        {...line, text: chained.move},
        {...line, text: chained.rest},
      ],
      here,
      readLine,
    );
  }
  return readMove(line, here) ?? readRemoteCommands(line, here) ?? readCommand(line, here);
}

/** Programs that reach into a container from outside, or lead to another host. */
const REACHES_IN = /^(?:kubectl|oc|k|docker|podman|nerdctl|crictl|docker-compose|helm|k9s|stern|ssh|scp|exit|logout)$/;

/**
 * Lines behind `docker exec -it web bash` or `psql` are typed into it, until a line leaves it or the same prompt
 * returns.
 */
function readTyped(line: Line, at: At): Read | undefined {
  const {inside} = at;
  if (inside === undefined || (line.prompt !== undefined && line.prompt === inside.prompt)) return undefined;
  const act = {...manualAct(line, at), typed: true as const};
  return {acts: [act], at: LEAVES.test(line.text.trim()) ? {...at, inside: undefined} : at};
}

const LEAVES = /^(?:exit|logout|quit|\\q|\.exit|\.quit|exit\(\)|quit\(\))\s*;?$/i;

function manualAct({line, text, comment}: Line, at: At): Extract<Act, {kind: 'manual'}> {
  return {kind: 'manual', line, context: contextHere(at), text, comment};
}

/** `ssh host 'make'` and `ssh host <<EOF` run there, in a separate session. */
function readRemoteCommands(line: Line, at: At): Read | undefined {
  const remote = remoteLines(line);
  if (remote === undefined) return undefined;
  const there = {...at, where: inSeparateSession(at.where, remote.destination, line.line)};
  const {acts, at: last} = partsIn(readArms(remote.lines), there);
  return {acts: [CUT, ...acts, CUT], at: {...at, where: afterSeparateSession(last.where, at.where)}};
}

const CUT: Act = {kind: 'cut'};

/** A line that only says where the next lines run (`ssh host`, `cd`, `exit`); undefined for any other. */
function readMove(line: Line, at: At): Read | undefined {
  const [words, ...others] = simpleCommands(line.text);
  if (words === undefined || others.length > 0 || line.text.includes('<<')) return undefined;
  const login = loginDestination(words);
  if (login !== undefined) return {acts: [CUT], at: {...at, where: loggedIn(at.where, login, line.line)}};
  if (words[0] === 'cd' && !line.text.startsWith('(')) {
    const {where, isKnown} = withDirectory(at.where, contextHere(at), targetOf(line, at.where, contextHere(at)));
    return isKnown ? {acts: [], at: {...at, where}} : readCommand(line, {...at, where});
  }
  // An `exit` is not run: it would end the session of the next commands.
  if (/^(?:exit|logout)$/.test(words[0] ?? '') && words.length === 1) {
    return {acts: [CUT], at: {...at, where: loggedOut(at.where)}};
  }
  return undefined;
}

/** The target of a `cd`, with known variables filled in. */
function targetOf({text}: Line, where: Where, {id}: Context): string | undefined {
  return simpleCommands(withValues(text, where.values.get(id)))[0]?.[1];
}

function contextHere({where, around}: At): Context {
  return contextAt(where, around.titles, around.host);
}

function readCommand(line: Line, at: At): Read {
  const context = contextHere(at);
  if (isEndless(line.text)) {
    return {acts: [{kind: 'endless', line: line.line, context, command: line.text, alternatives: []}], at};
  }
  const waits = line.opens === true ? 'opens' : needsTerminal(line.text);
  if (waits !== undefined) {
    return {
      acts: [manualAct(line, at)],
      at: line.opens === true || OPENS.test(waits) ? {...at, inside: {prompt: line.prompt}} : at,
    };
  }
  const curl = readCurl(line.text, line.line);
  if (curl === undefined) {
    const {command, where} = commandAt(at.where, context, line);
    return {acts: [{kind: 'command', line: line.line, context, command}], at: {...at, where}};
  }
  const directory = at.where.directories.get(context.id);
  const given = curl.request.curl;
  const own = given === undefined ? {} : {curl: compact({...given, directory})};
  const request = {...curl.request, expectations: [], ...own};
  const {line: number, condition} = line;
  return {acts: [{kind: 'request', line: number, context, request, condition, timeoutMs: curl.timeoutMs}], at};
}

function readAlternatives(arms: readonly Arm[], at: At): Read {
  const [first, ...others] = arms;
  const [only] = first?.lines ?? [];
  const context = contextHere(at);
  if (first?.lines.length === 1 && only !== undefined && isEndless(only.text)) {
    const told = others.map(arm => (arm.lines.length === 0 ? arm.label : arm.lines.map(line => line.text).join('; ')));
    return {acts: [{kind: 'endless', line: only.line, context, command: only.text, alternatives: told}], at};
  }
  const read = arms.map(arm => scriptArm(at.where, context, arm));
  const texts = arms.flatMap(arm => arm.lines.map(line => line.text));
  const values = texts.reduce((all, text) => valuesByShellAfter(all, context.id, text, false), at.where.values);
  return {
    acts: [{kind: 'alternatives', line: first?.line ?? 0, context, arms: read}],
    at: {...at, where: {...at.where, values}},
  };
}

/** A `cd` inside an arm lasts until the arm ends. */
function scriptArm(where: Where, context: Context, arm: Arm): ScriptArm {
  const byHand = arm.lines.some(line => line.broken !== undefined || needsTerminal(line.text) !== undefined);
  const commands: Command[] = [];
  let here = where;
  for (const {directory, ...line} of byHand ? [] : arm.lines) {
    here = inDirectoryShown(here, context, directory);
    const [words, ...others] = simpleCommands(line.text);
    const isMove = words?.[0] === 'cd' && others.length === 0;
    const to = isMove ? withDirectory(here, context, targetOf(line, here, context)) : undefined;
    here = to?.where ?? here;
    if (to?.isKnown === true) continue;
    const read = commandAt(here, context, line);
    commands.push(read.command);
    here = read.where;
  }
  const texts = arm.lines.map(line => line.text).join('; ');
  const label = byHand && arm.label !== texts ? `${arm.label}: ${texts}` : arm.label;
  return {id: `L${arm.line}`, label, line: arm.line, commands, manual: commands.length === 0};
}

/** The command of a line with its directory, as far as the document says; and where the next line runs. */
function commandAt(where: Where, context: Context, {line, text, comment, condition}: Line) {
  const directory = where.directories.get(context.id);
  const captures = readCaptures(text);
  const plain = withNames(text, captures);
  const named = withValues(plain, where.values.get(context.id));
  const command: Command = compact({
    line,
    text,
    named: named === plain ? undefined : named,
    directory,
    comment,
    condition,
    destructive: destroys(text),
    captures,
    inputs: readInputs(named, directory),
  });
  const noted = {...where, values: valuesByShellAfter(where.values, context.id, plain, condition === undefined)};
  return {command, where: movesShell(text) ? withUnknownDirectory(noted, context.id) : noted};
}
