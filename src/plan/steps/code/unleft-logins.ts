/** Follows a login behind lines that a person types, where the text does not say for sure that they left it. */
import {contextFor} from '../../bindings-file/named-places.ts';
import type {Assumed} from '../../doubt.ts';
import {needsTerminal} from '../../hazards/command-hazards.ts';
import {type Context, writtenPlace} from '../../script.ts';
import type {ShellLine} from '../../shell/shell-lines.ts';
import type {Around} from './scripts.ts';
import type {Segment} from './segments.ts';
import {loggedOut, type Where} from './where.ts';

type Line = {line: number; text: string};

/** Behind a block that only a person can do. */
export function afterLinesByHand(where: Where, lines: readonly Line[]): Where {
  const move = lines.findLast(({text}) => LOGS_IN.test(text) || LEAVES.test(text));
  if (move === undefined) return where;
  const destination = LOGS_IN.exec(move.text)?.[1];
  if (destination !== undefined) return {...loggedOut(where), unleft: {line: move.line, destination}};
  const isOwn = lines.some(({text}) => LOGS_IN.test(text));
  return isOwn ? loggedOut(where) : leftByHand(where, move.line);
}

/** Behind a block of commands, some of which a person types. */
export function afterTyped(where: Where, segments: readonly Segment[], lines: readonly ShellLine[]): Where {
  const {login} = where;
  const commands = commandsIn(lines);
  const last = commands.at(-1);
  if (login === undefined || last === undefined || !segments.some(segment => isTyped(segment, login))) return where;
  // What is typed into a console may be no shell, and is then read as one command with the lines behind it.
  if (LEAVES.test(last.text.split('\n').at(-1) ?? '')) return leftByHand(where, last.line);
  const isEntered = commands.some(({text}) => LOGS_IN.test(text));
  return isEntered ? {...where, unleft: {line: last.line, destination: destinationOf(login)}} : where;
}

/** The last `exit` ends the login, though it may have left only the console before it. */
function leftByHand(where: Where, line: number): Where {
  const {login} = where;
  return login === undefined ? where : {...loggedOut(where), unleft: {line, destination: destinationOf(login)}};
}

/** More than a shell of another user, which is for the blocks that follow. */
function isTyped(segment: Segment, login: Context): boolean {
  if (segment.kind !== 'manual' || segment.context.id !== login.id) return false;
  return segment.lines.length > 1 || !SHELLS.test(needsTerminal(segment.lines[0] ?? '') ?? '');
}

/** What is assumed about the place of the first command, request or log of a segment. */
export function placeUnleft(segment: Segment, where: Where, around: Around, lines: readonly ShellLine[]): Assumed[] {
  const {context, line} = segment;
  const {unleft, login} = where;
  if (around.host !== undefined || (login === undefined && contextFor(around.titles, where.bindings) !== undefined))
    return [];
  if (unleft === undefined || segment.kind === 'manual' || context.id !== (login?.id ?? 'local')) return [];
  const move = commandsIn(lines).find(({text}) => LOGS_IN.test(text) || LEAVES.test(text));
  if (move !== undefined && move.line <= line) return [];
  if (login === undefined && reachesByItself(segment)) return [];
  const {destination} = unleft;
  return [
    {
      code: 'place-assumed',
      line,
      message: `behind line ${unleft.line} a person may still be logged in to ${destination}, or may have left: taken for ${login === undefined ? 'here' : destination}`,
      because: textOf(segment).split('\n')[0] ?? '',
      settle: 'confirm the place, or write exit where the login ends',
      ...(unleft.isNext === true && login !== undefined ? {proposed: 'it runs there'} : {}),
    },
  ];
}

/** Only asks a host that it names, so that it does not matter much from where. */
function reachesByItself(segment: Segment): boolean {
  if (segment.kind !== 'stages') return false;
  return segment.stages.every(stage => {
    if (stage.kind === 'http') return /^(?:GET|HEAD)$/.test(stage.request.method) && NAMED.test(stage.request.url);
    return stage.kind === 'commands' && stage.commands.every(({text}) => ASKS.test(text) && NAMED.test(text));
  });
}

const ASKS = /^\s*curl\s(?!.*\s(?:-[a-zA-Z]*[XdFT]|--(?:request|data|form|json|upload)))/;
const NAMED = /https?:\/\/(?!localhost|127\.|\[|0\.0\.0\.0)/i;

function textOf(segment: Exclude<Segment, {kind: 'manual'}>): string {
  if (segment.kind === 'endless') return segment.command;
  const [stage] = segment.stages;
  if (stage === undefined) return '';
  if (stage.kind === 'http') return stage.request.url;
  const commands = stage.kind === 'commands' ? stage.commands : stage.arms.flatMap(arm => arm.commands);
  return commands[0]?.text ?? '';
}

function commandsIn(lines: readonly ShellLine[]): Line[] {
  return lines.flatMap(one => (one.kind === 'command' ? [{line: one.line, text: one.text}] : []));
}

function destinationOf({place}: Context): string {
  return place.kind === 'host' ? writtenPlace(place) : 'it';
}

const LOGS_IN = /^\s*(?:\S*[$#%>]\s+)?ssh\s+(?:-\S+\s+)*(\S+)\s*$/;
const LEAVES = /^\s*(?:\S*[$#%>]\s+)?(?:exit|logout)\s*$/;
const SHELLS = /^opens (?:a (?:login )?shell|tmux|screen|byobu)$/;
