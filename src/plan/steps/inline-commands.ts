/** Finds the commands of a sentence: text that is only a command, orders to run some, and `or` between them. */
import {memoize} from '../../text/memoize.ts';
import {codeSpans} from '../document/inline.ts';
import {commandsAmong, looksLikeCommand} from '../shell/command-likeness.ts';
import type {ShellLine} from '../shell/shell-lines.ts';
import {phrase, phrasesOf} from '../words/vocabulary.ts';

/** The commands in order; `or` stands between those of which only one is run. */
export function linesOfCodes(
  raw: string,
  commands: readonly string[],
  lineOf: (code: string) => number,
): readonly ShellLine[] {
  let from = 0;
  return commands.flatMap((text, index): ShellLine[] => {
    const at = raw.indexOf(text, from);
    const between = at === -1 ? '' : raw.slice(from, at);
    if (at !== -1) from = at + text.length;
    const line = lineOf(text);
    const command: ShellLine = {kind: 'command', line, text};
    if (index === 0) return [command];
    // A blank line limits what an `or` replaces: in "`a`, then `b` or `c`" only `b`.
    // "Run it until it says 0, two or three minutes. Then `b`": in another sentence, it stands between other words.
    return [
      OR.test(between.split(SENTENCE_ENDS).at(-1) ?? '') ? {kind: 'comment', line, text: 'or'} : {kind: 'blank', line},
      command,
    ];
  });
}

const SENTENCE_ENDS = /[.!?]\s+(?=\p{Lu})/u;
const OR = phrase`(?:^|[^\p{L}\p{N}])${'or'}[^\p{L}\p{N}]|^[\s\x60]*[/|][\s\x60]*$`;

/** The command, if the text is nothing else; undefined for text that only mentions one. */
export const wholeCommand = memoize(commandOfWhole);

function commandOfWhole(raw: string): string | undefined {
  const text = raw.trim();
  const labelled = LABELLED.exec(text)?.[1] ?? text;
  const quoted = /^`+([^`]+)`+[.;]?$/.exec(labelled)?.[1]?.trim();
  if (quoted !== undefined) return looksLikeCommand(unprompted(quoted)) ? unprompted(quoted) : undefined;
  const prompted = /^\$\s+(\S.*)$/.exec(text)?.[1];
  if (prompted !== undefined) return looksLikeCommand(prompted) ? prompted : undefined;
  return codeSpans(text).length === 0 && isBareCommand(text) ? text : undefined;
}

/** The commands that a sentence orders: "Run `make migrate` on each node", "Run `make a` or `make b`". */
export function orderedCommands(raw: string): readonly string[] {
  if (!TOLD.test(raw)) return [];
  const codes = commandsAmong(codeSpans(raw).map(unprompted), raw);
  return codes.length < 2 || JOINED.test(raw) ? codes : [];
}

/** Only small words stand between the commands. In "which calls `make b`" the second is not ordered. */
const JOINED = phrase`^[^\x60]*(?:\x60[^\x60]+\x60(?:\s*,)?\s*(?:(?:${'and-then'}|${'or'}|[/|])\s+)*)+[^\x60]*$`;

const LABELLED = phrase`^(?:\*\*|__)?${'command'}\s*:?(?:\*\*|__)?\s*:\s*(.+)$`;
const TOLD = phrase`^(?:[\d.)\s]*|(?:\S+\s+){0,12}(?:${'and-then'}|,)\s+)(?:\*\*)?${'command'}\b(?:\*\*)?[^\x60]{0,60}\x60`;

function unprompted(code: string): string {
  return code.replace(/^(?:[\w.-]+@[\w.-]+:\S*)?\$\s+/, '').trim();
}

/**
 * Without back-ticks, only text that no sentence looks like: with flags, paths or assignments, and without small words.
 */
function isBareCommand(text: string): boolean {
  if (!/^[a-z./~][\w./~-]*\s/.test(text) || /[!?:;,]$|\w\.$/.test(text) || !looksLikeCommand(text)) return false;
  const words = text.split(/\s+/).slice(1);
  if (words.some(word => SMALL_WORDS.has(word.toLowerCase()))) return false;
  return (
    words.some(word => /^-{1,2}[a-zA-Z]|^[A-Z_]+=|^[\w.~-]*\/\S|[|&>]|\.\w{2,4}$/.test(word)) ||
    SURE.has(text.split(/\s/)[0] ?? '')
  );
}

const SMALL_WORDS = new Set(phrasesOf('small-word'));

/** Programs whose names are no words of any language. */
const SURE = new Set(
  'kubectl helm docker systemctl npm yarn pnpm git terraform ansible-playbook curl psql mysql aws gcloud pip apt-get docker-compose supervisorctl oc'.split(
    ' ',
  ),
);
