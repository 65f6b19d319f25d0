/** Recognises a command that does the opposite of an earlier one: `gatectl hold west`, then `gatectl release west`. */
import {operands} from '../shell/words.ts';

/** Opposite words of commands, which are English whatever the language of the document is. */
const OPPOSITES: ReadonlyMap<string, readonly string[]> = opposites(
  'start stop; up down; on off; enable disable; hold release; halt resume; pause resume; suspend resume; stop resume; attach detach; mount umount; add remove; add delete; add del; create delete; create drop; create destroy; install uninstall; install remove; load unload; lock unlock; open close; open shut; freeze thaw; drain undrain; drain resume; drain ready; cordon uncordon; allow deny; allow block; connect disconnect; join leave; promote demote; push pull; set unset; set clear; new old; in out; block unblock; import purge; insert delete; activate deactivate; activate passivate; online offline; active standby; raise lower; arm disarm; link unlink; register deregister; bind unbind; upgrade downgrade; apply revert; do undo; yes no; true false',
);

function opposites(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const pair of text.split(';')) {
    const [one = '', other = ''] = pair.trim().split(' ');
    found.set(one, [...(found.get(one) ?? []), other]);
    found.set(other, [...(found.get(other) ?? []), one]);
  }
  return found;
}

/** What was done so far. */
export class Done {
  readonly #byProgram = new Map<string, string[][]>();
  readonly #put = new Map<string, string>();

  add(commands: readonly string[]): void {
    for (const command of commands) {
      const words = wordsOf(command);
      const copy = copyIn(words);
      if (copy !== undefined) this.#put.set(copy.target, copy.source);
      const key = keyOf(words);
      const alike = this.#byProgram.get(key) ?? [];
      if (alike.length < ALIKE_MAX) this.#byProgram.set(key, [...alike, words]);
    }
  }

  /** Whether it puts an old copy in the place of what an earlier command put there. */
  isReplacedBy(command: string): boolean {
    const copy = COPIES.test(command) ? copyIn(wordsOf(command)) : undefined;
    const before = copy === undefined ? undefined : this.#put.get(copy.target);
    return copy !== undefined && before !== undefined && before !== copy.source && OLD.test(copy.source);
  }

  /** The word of a command that does the opposite of an earlier one, which had another word in its place. */
  reversedBy(command: string): string | undefined {
    const words = wordsOf(command);
    if (words.length < WORDS_MIN) return undefined;
    for (const before of this.#byProgram.get(keyOf(words)) ?? []) {
      const word = oppositeIn(words, before);
      if (word !== undefined) return word;
    }
    return undefined;
  }
}

/** `cp /srv/in/shop.war /opt/shop/`: what is put where. */
function copyIn(words: readonly string[]): {source: string; target: string} | undefined {
  const [source, target, ...others] = COPY.test(words[0] ?? '') ? operands(words) : [];
  if (source === undefined || target === undefined || others.length > 0) return undefined;
  return {source, target: target.endsWith('/') ? target + (source.split('/').findLast(Boolean) ?? '') : target};
}

const COPY = /^(?:cp|mv|ln|install|rsync)$/;
/** Whether it may copy at all (a cheap test). */
const COPIES = /cp|mv|ln|install|rsync/;
/** A path of what ran before: `/srv/old/shop.war`, `/var/backups/shop/index.php`. */
const OLD =
  /(?:^|[/._-])(?:old|prev(?:ious)?|bak|backups?|saved?|orig(?:inal)?|last|before|before[-_]\w+)(?=[/._-]|$)/i;

const ALIKE_MAX = 30;

function keyOf(words: readonly string[]): string {
  return `${words[0] ?? ''} ${words.length}`;
}

function oppositeIn(own: readonly string[], before: readonly string[]): string | undefined {
  const differing = own.flatMap((word, index) => (word === before[index] ? [] : [index]));
  const [at, ...others] = differing;
  if (at === undefined || others.length > 0) return undefined;
  return areOpposite(own[at] ?? '', before[at] ?? '') ? own[at] : undefined;
}

/** A program alone says nothing. */
const WORDS_MIN = 2;

function areOpposite(one: string, other: string): boolean {
  const [a, b] = [bare(one), bare(other)];
  if (OPPOSITES.get(a)?.includes(b) === true) return true;
  return PREFIXES.some(prefix => a === prefix + b || b === prefix + a);
}

function bare(word: string): string {
  return word.toLowerCase().replace(/^-+/, '');
}

const PREFIXES: readonly string[] = ['un', 'dis', 'no-'];

function wordsOf(command: string): string[] {
  return command.slice(0, COMMAND_MAX).replace(SUDO, '').trim().split(/\s+/);
}

const COMMAND_MAX = 400;
const SUDO = /^\s*(?:sudo|doas)\s+(?:-\w+\s+)*/;
