/** Reads the commands that an `ssh` line runs on the other machine. */

import {lineOfOffset} from '../problem.ts';
import type {Option} from './arguments.ts';
import type {Part} from './arms.ts';
import {loginDestination, sshDestination} from './carried-commands.ts';
import {parseShell} from './grammar.ts';
import {readShell, type ShellLine} from './shell-lines.ts';
import {type ShellCommand, shellCommands, simpleCommands} from './words.ts';

/** The lines that `ssh host 'make'` or `ssh host <<EOF` runs there; undefined when the line does more. */
export function remoteLines(line: {
  text: string;
  line: number;
  trailing?: string;
}): {destination: string; lines: readonly ShellLine[]} | undefined {
  if (!/^\s*ssh\s/.test(line.text) || parseShell(line.text).error !== undefined) return undefined;
  const [command, ...others] = shellCommands(line.text, true);
  if (command === undefined || others.length > 0 || command.within.length > 0 || command.assignments.length > 0)
    return undefined;
  const ssh = sshDestination(command.words.map(word => word.text));
  if (ssh === undefined || command.words.some(word => word.expands) || !ssh.options.every(isPlain)) return undefined;
  const {destination, remote} = ssh;
  const [document, ...more] = command.redirections;
  if (document === undefined) return remote === '' ? undefined : {destination, lines: quotedLines(line, remote)};
  if (more.length > 0 || !/^(?:(?:ba)?sh(?: -[es]+)*)?$/.test(remote)) return undefined;
  const lines = documentLines(line, document);
  return lines === undefined ? undefined : {destination, lines};
}

/** `cd x && make`: the `cd`, and the rest. */
export function splitLeadingCd(text: string): {move: string; rest: string} | undefined {
  if (!/^\s*cd\s/.test(text)) return undefined;
  const {script, error} = parseShell(text);
  const [statement, ...others] = script.commands;
  const node = statement?.command;
  if (error !== undefined || others.length > 0 || node?.type !== 'AndOr' || node.operators[0] !== '&&')
    return undefined;
  const [move, next] = node.commands;
  if (move === undefined || next === undefined) return undefined;
  return {move: text.slice(move.pos, move.end), rest: text.slice(next.pos).trim()};
}

/** Only options that do not change the connection; others need ssh itself. */
function isPlain({name, value = ''}: Option): boolean {
  if (name === 'o')
    return /^(?:StrictHostKeyChecking|ConnectTimeout|BatchMode|LogLevel|UserKnownHostsFile)=/.test(value);
  return /^[tTqvAnxi]$/.test(name);
}

function quotedLines(line: {line: number; trailing?: string}, remote: string): ShellLine[] {
  return readShell(remote.split('\n').map((text, index) => ({line: line.line + index, text})));
}

/** The lines of the here-document; undefined when the local shell would expand something in it first. */
function documentLines(line: {text: string; line: number}, {document, operator}: ShellCommand['redirections'][number]) {
  if (document === undefined) return undefined;
  const body = line.text.slice(document.start, document.end);
  if (!document.literal && /[$`\\]/.test(body)) return undefined;
  const first = lineOfOffset(line.line, line.text, document.start);
  const texts = body.replace(/\n$/, '').split('\n');
  return readShell(
    texts.map((text, index) => ({line: first + index, text: operator === '<<-' ? text.replace(/^\t+/, '') : text})),
  );
}

/** The part, split into these first lines and the arms; unchanged when there are none. */
export function withMovesInFront(part: Part): Part[] {
  const [first, ...others] = part.kind === 'arms' ? part.arms : [];
  if (first === undefined) return [part];
  const own = first.lines.findIndex(line => !isMove(line.text));
  if (own <= 0) return [part];
  const lines = first.lines.slice(own);
  const label = lines.map(line => line.text).join('; ');
  return [
    {kind: 'lines', lines: first.lines.slice(0, own)},
    {kind: 'arms', arms: [{label, line: lines[0]?.line ?? first.line, lines}, ...others]},
  ];
}

function isMove(text: string): boolean {
  const [words, ...others] = simpleCommands(text);
  if (words === undefined || others.length > 0) return false;
  return words[0] === 'cd' || (loginDestination(words) !== undefined && !text.includes('<<'));
}
