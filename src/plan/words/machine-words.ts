/** Finds words beside commands that say where they run: "on the standby", "Router A:", "(both web servers)". */
import {isOrder} from './orders.ts';
import {phrase, piece} from './vocabulary.ts';

const MACHINE = piece`(?:${'place'}|${'machine'})`;
const WORD = piece`[\p{L}\p{N}.&/'’_-]+\s+`;
/** "node 2", "router A", "primary db1". */
const COUNT = piece`(?:\s+(?:#?\d{1,3}|[a-z]|[a-z][\w-]*\d)(?![\p{L}\p{N}]))?`;
/** These need no article behind them. */
const AT_NAMES = piece`(?:${'behind-names'}|${'at-host'}|${'at-machine'}|${'at-the'})`;
/** "the server log", "from the database dump": something of a machine. */
const OF_IT = piece`(?!\s+(?:dumps?|backups?|logs?|errors?|names?|config\p{L}*|migrations?|schemas?|status|state|versions?|images?|health|metrics?|connections?|users?|passwords?|lists?|files?|sizes?|lag|count|room|keys?|certs?|certificates?)\>)`;
const PLACED = phrase`(?<!\blook(?:s|ing)? )\<((?:${'at'}\s+(?:${WORD}){1,4}?|${AT_NAMES}\s+(?:${WORD}){0,3}?)${MACHINE}${COUNT})\>${OF_IT}`;
const LABEL = phrase`^[^\p{L}\p{N}]*(?:\d+(?:\.\d+)*[.)]?\s+|[a-z][.)]\s+)?((?:(?!${'the'}\s)${WORD}){0,3}?${MACHINE}${COUNT})\s*(?:\([^()]*\)\s*)?(?:[:：–—]|-+\s|[^\p{L}\p{N}]*$)`;
const BRACKET = phrase`[([]\s*((?:${WORD}){0,3}?${MACHINE}${COUNT})\s*[)\]][^\p{L}\p{N}]*$`;
const COMPONENT = phrase`(?:^|[^\p{L}])${'component'}$`;

/** "on the standby", "im Container". */
export function placedIn(text: string): string | undefined {
  return PLACED.exec(text.slice(0, TEXT_LENGTH_MAX))?.[1];
}

/** `isOpen`: hosts are told apart in the document, so that any label may name one. */
export function machineWordsIn(text: string, isOpen: boolean): string | undefined {
  const shown = text.slice(0, TEXT_LENGTH_MAX);
  const placed = placedIn(shown);
  if (placed !== undefined) return placed;
  const label = BRACKET.exec(shown)?.[1] ?? (isOrder(shown) ? undefined : LABEL.exec(shown)?.[1]);
  return label === undefined || (!isOpen && COMPONENT.test(label)) ? undefined : label;
}

/** Whether the words may say that it is done on the machine of whoever runs the deployment. */
export function mayBeHere(text: string): boolean {
  return HERE.test(text.slice(0, TEXT_LENGTH_MAX));
}

/** The words that send back to that machine: "Then, back on your laptop:". */
export function sentHereIn(text: string): string | undefined {
  return SENT_HERE.exec(text.slice(0, TEXT_LENGTH_MAX))?.[0].trim();
}

const HERE = phrase`\<(?:${'here'}|here)\>`;
const SENT_HERE = phrase`\<(?:${'at'}|${AT_NAMES})\s+(?:${WORD}){0,3}?${'here'}\>|^[^\p{L}\p{N}]*${'here'}\s*(?:[:：–—]|[^\p{L}\p{N}]*$)|\<${'here'}\s*[:：][^\p{L}\p{N}]*$`;
const TEXT_LENGTH_MAX = 300;
