/** Finds lines in a block of commands that may be no commands, or may never end. */
import type {Assumed} from '../../doubt.ts';
import {hazardsOf} from '../../hazards/hazards.ts';
import type {NamedPlace} from '../../phrases/host-mentions.ts';
import type {Command, Context} from '../../script.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {atPlace, type Where} from './where.ts';

/** What is assumed when a line is read as a command. */
export function assumedOf(command: Command): Assumed[] {
  return [
    ...ofOutput(command),
    ...ofConsole(command),
    ...ofEndless(command),
    ...ofParameters(command),
    ...ofGoingOn(command),
  ];
}

/** A last line that ends with `\\`: the rest stands in the next block, or is missing. */
function ofGoingOn({line, text}: Command): Assumed[] {
  if (!/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) return [];
  return [
    {
      code: 'not-read',
      line,
      message: `this command goes on behind the end of its block: ${text.split('\n')[0]}`,
      because: text.split('\n')[0] ?? '',
      settle: 'put it into one block, or do it by hand',
    },
  ];
}

/**
 * "On pg-a:" leads to its own commands; below the next sentence, which names no place, it is only assumed. A copied
 * prompt says nothing about commands without one.
 */
export function placeHeld({id, place}: Context, [first]: readonly Command[], {hold, namedPlace}: Where): Assumed[] {
  if (
    first === undefined ||
    (hold !== 'carried' && hold !== 'prompted') ||
    id !== namedPlace?.id ||
    place.kind !== 'host'
  )
    return [];
  const {line, text} = first;
  return [
    {
      code: 'place-assumed',
      line,
      message: `nothing says where this runs: taken for ${place.host}, as the ${hold === 'carried' ? 'commands' : 'prompt'} above`,
      because: text.split('\n')[0] ?? '',
      settle: 'confirm the place, set another with p in `tminus review`, or name it under contexts: in the bindings',
      ...(hold === 'carried' || /^\s*ssh\s/.test(text) ? {proposed: 'it runs there'} : {}),
    },
  ];
}

/** Where a block with prompts runs; the place that they show is only assumed for what follows without prompts. */
export function shownAt(where: Where, prompted: NamedPlace | undefined, hosts: ReadonlySet<string>) {
  const there = prompted === undefined ? where : atPlace(where, prompted);
  const isShown = prompted !== undefined || (where.hold === 'prompted' && hosts.size === 1 && !hosts.has(''));
  const at: Where = isShown ? {...there, hold: undefined} : there;
  return {at, isShown};
}

/** A line that looks printed. */
function ofOutput({line, text}: Command): Assumed[] {
  const first = text.split('\n')[0] ?? '';
  if (!PRINTED.test(first) || looksLikeCommand(text)) return [];
  return [
    {
      code: 'output-assumed',
      line,
      message: `this reads like something that was printed, not like a command: ${first.slice(0, 80)}`,
      because: first.slice(0, 80),
      settle: 'leave it out, or do it by hand',
    },
  ];
}

/** `FLUSHDB`, `:%s/old/new/g`: typed into a program, which a line above it or a person opened. */
function ofConsole({line, text}: Command): Assumed[] {
  const first = text.split('\n')[0] ?? '';
  if (!TYPED.test(first)) return [];
  return [
    {
      code: 'output-assumed',
      line,
      message: `this reads like something that is typed into another program, not like a command: ${first.slice(0, 80)}`,
      because: first.slice(0, 80),
      settle: 'leave it out, or do it by hand',
    },
  ];
}

const TYPED = /^(?:[A-Z]{3,}(?:\s+[^=\s]|\s*;?$)|:[%\w!]|\\[a-z])/;

/** "ISSU: rebooting second node", "Warning: …", a table's row, a prompt of a device. */
const PRINTED = /^(?:[A-Z][\w ]{0,30}:\s+\S|[A-Z][a-z]+ [a-z]+ [a-z\d]+|\d+[\s.:]|[|+=-]{3}|\S+[>#]\s+\S|<\s)/;

/**
 * `"$1"`: nobody calls a document with arguments, so the variable is empty, or holds an argument of T-Minus's own
 * shell.
 */
function ofParameters({line, text}: Command): Assumed[] {
  const found = PARAMETER.exec(text.replaceAll(/'[^']*'/g, ' '))?.[0];
  if (found === undefined || /\bfunction\b|\(\)\s*\{|\bset --/.test(text)) return [];
  return [
    {
      code: 'variable-never-set',
      line,
      message: `${found} is used, but a document is called with no arguments`,
      because: found,
      settle: 'write what is meant, or do the step by hand',
    },
  ];
}

const PARAMETER = /(?<!\\)\$(?:[1-9@*]|\{[1-9@*][^}]*\})/;

/** `shipit logs -f`, `shipit console`: an unknown program with an argument on which other programs never end. */
function ofEndless({line, text}: Command): Assumed[] {
  const asked = FOLLOWS.exec(text) ?? OPENS.exec(text);
  if (asked === null || hazardsOf(text, false).some(({code}) => KNOWN_ENDLESS.has(code))) return [];
  return [
    {
      code: 'endless-assumed',
      line,
      message: `this looks as if it never ended by itself, or waited for a person: ${text.split('\n')[0]}`,
      because: asked[0].trim(),
      settle: 'do it by hand, or confirm that it ends',
    },
  ];
}

const FOLLOWS = /\blogs?\b[^|;&]*\s-f(?=\s|$)|^(?!\s*git\s).*\s--(?:follow|watch)(?=\s|$)|\stail\s+-f\b/;
const OPENS =
  /^\s*[\w./:-]+\s(?:[^|;&<]*\s)?(?:console|shell|repl|dbconsole|attach|serve|server|runserver|dev|listen|watch|tunnel)\s*$/;
const KNOWN_ENDLESS = new Set(['endless-command', 'interactive-command']);
