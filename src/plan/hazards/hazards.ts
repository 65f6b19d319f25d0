/** Lists all hazards of a command for its author. */
import type {ProblemCode, Severity} from '../problem.ts';
import {type CarriedCommand, carriedCommands} from '../shell/carried-commands.ts';
import {isGuarded} from '../shell/curl.ts';
import {destroyedBy, destroysByClient, endlessIn, terminalIn} from './command-hazards.ts';
import {rowFor} from './hazard-row.ts';
import {IRREVERSIBLE, OUTWARD} from './outward.ts';
import {showsSecret} from './secrets.ts';

/** Something in a command that its author should know. `start` and `end` are offsets into the text. */
export type Hazard = {code: ProblemCode; severity: Severity; says: string; hint: string; start: number; end: number};

/** `watching`: the command stands in a check or while signals are watched, where nothing should change. */
export function hazardsOf(text: string, watching: boolean): Hazard[] {
  const endless = endlessIn(text);
  const terminal = endless === undefined ? terminalIn(text) : undefined;
  const found: Hazard[] = [];
  if (endless !== undefined) {
    found.push({...HAZARD.endless, says: 'never ends by itself', start: endless.start, end: endless.end});
  }
  if (terminal !== undefined) {
    const {says, start, end} = terminal;
    found.push({...HAZARD.interactive, says, start, end});
  }
  for (const one of carriedCommands(text)) found.push(...ofCommand(one, text, watching));
  const data = found.some(({code}) => code === 'destructive-command') ? undefined : destroysByClient(text);
  if (data !== undefined) found.push({...HAZARD.destructive, says: data, start: 0, end: text.length});
  return found;
}

type Kind = Pick<Hazard, 'code' | 'severity' | 'hint'>;

const HAZARD = {
  endless: {
    code: 'endless-command',
    severity: 'info',
    hint: 'it is opened as a log source and does not hold up the run; bind it under `logs:` to choose the host',
  },
  interactive: {
    code: 'interactive-command',
    severity: 'warning',
    hint: 'nobody is at a terminal when T-Minus runs it; give it its answers as options, or do it by hand',
  },
  destructive: {
    code: 'destructive-command',
    severity: 'warning',
    hint: 'it runs only after what replaces it is proved to exist; check the path once more',
  },
  irreversible: {
    code: 'irreversible-command',
    severity: 'warning',
    hint: 'no rollback brings this back: put a go/no-go before it',
  },
  outward: {
    code: 'outward-command',
    severity: 'info',
    hint: 'others see this at once, whatever becomes of the deploy',
  },
  secret: {
    code: 'secret-on-command-line',
    severity: 'warning',
    hint: 'take it from a file or a variable of the host; what stands in a command is seen by `ps`, histories and logs',
  },
  unguarded: {
    code: 'unguarded-curl',
    severity: 'info',
    hint: 'add -f for readers who paste it; T-Minus judges the status itself',
  },
} satisfies Record<string, Kind>;

function ofCommand(one: CarriedCommand, text: string, watching: boolean): Hazard[] {
  const {words, start, end} = one;
  const found: Hazard[] = [];
  const add = (kind: Kind, says: string, severity: Severity = kind.severity) => {
    found.push({...kind, severity, says, start, end});
  };
  const destroyed = destroyedBy(one);
  if (destroyed !== undefined) add(HAZARD.destructive, destroyed);
  const forever = rowFor(IRREVERSIBLE, words);
  const outward = rowFor(OUTWARD, words);
  if (forever !== undefined) add(HAZARD.irreversible, forever.says);
  else if (outward !== undefined && destroyed === undefined) {
    add(HAZARD.outward, outward.says, outward.severity ?? (watching ? 'warning' : 'info'));
  }
  const secret = showsSecret(one, text);
  if (secret !== undefined) add(HAZARD.secret, secret);
  if (words[0] === 'curl') {
    const sent = changesServer(words);
    if (sent !== undefined) add(HAZARD.outward, sent);
    if (!isGuarded(words)) found.push({...HAZARD.unguarded, says: 'curl exits 0 on an error status', start, end});
  }
  if (runsDownload(one, text)) add(HAZARD.outward, 'runs whatever a server sends', 'warning');
  return found;
}

/** What a request changes on the server that it is sent to. */
function changesServer(words: readonly string[]): string | undefined {
  const text = words.slice(1).join(' ');
  if (/\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|staging)\b/i.test(text)) return undefined;
  const method = /(?:^|\s)(?:-X ?|--request[= ])(POST|PUT|PATCH|DELETE)\b/i.exec(text)?.[1]?.toUpperCase();
  if (/hooks\.slack\.com|discord\.com\/api\/webhooks|events\.pagerduty\.com/.test(text)) return 'tells others';
  return method === 'PUT' || method === 'PATCH' || method === 'DELETE'
    ? `sends ${method}: it changes what answers it`
    : undefined;
}

/** `curl … | sh`, `bash <(curl …)`. */
function runsDownload({words, command}: CarriedCommand, text: string): boolean {
  if (!/^(?:ba|z|da)?sh$/.test(words[0] ?? '')) return false;
  if (command.joined === '|') return /\b(?:curl|wget)\b/.test(text.slice(0, command.start));
  return command.words.some(word => /^(?:<\(|\$\()\s*(?:curl|wget)\b/.test(word.text));
}
