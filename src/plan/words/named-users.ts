/** Finds as whom a text says that commands run: "As the postgres user on db1:", "(als root)", "su - app"; and who does it. */
import {memoize} from '../../text/memoize.ts';
import {plainText} from '../document/inline.ts';
import {isDoneByOthers, personAskedAhead} from './orders.ts';
import {isCommonWord, phrase, piece} from './vocabulary.ts';

const NAME = piece`[\x60"'«“]?([a-z_][a-z\d_-]{0,30}[a-z\d_])[\x60"'»”]?(?![\p{L}\d@]|\.\p{L})`;
const THE = piece`\s*:?(?:\s+|(?<=['’]))(?:${'the'}\s+|l['’])?`;
const AS = piece`(?:^|[^\p{L}\x60-])(?:${'as-user'})${THE}`;
const BY = piece`(?:^|[^\p{L}\x60-])(?:${'as-user'}|${'by-user'})${THE}`;

const PATTERNS = [
  // "as the app user", "with the \`deploy\` account"
  phrase`${BY}${NAME}(?:\s+|-)(?:${'user-word'})(?!\p{L})`,
  // "as user oracle", "mit dem Benutzer oracle"
  phrase`${BY}(?:(?:os|unix|linux|system|local)[ -])?(?:${'user-word'})\s*:?\s+${NAME}`,
  // "User: oracle"
  phrase`^[^\p{L}]*(?:${'user-word'})\s*[:：]\s*${NAME}[^\p{L}]*$`,
  // Accounts that everybody knows: "en root", "as postgres on db1".
  phrase`${BY}[\x60"'«“]?(root|sudo|superuser|postgres|oracle|grid|mysql|www-data|tomcat|jenkins|ubuntu|ec2-user|db2inst\d|\w{3}adm)(?![\p{L}\d@_-]|\.\p{L})`,
  // "olarak", "käyttäjänä" stand behind the name.
  phrase`(?:^|\s)${NAME}\s+(?:${'user-behind'})(?!\p{L})`,
  // "as lisadmin:", "(as lisadmin)": the last word of a clause.
  phrase`${AS}${NAME}\s*(?:[:：),;|]|\.\s|\.?$)`,
];

const NO_NAME = phrase`^(?:${'no-user'}|${'stage-name'}|${'live-stage'}|${'user-word'}|${'the'})$`;

/** A login as somebody else on the same machine. */
const BECOMES =
  /(?:^|[\s`])(?:sudo\s+)?su(?:\s+-l?(?![\w-])|\s+--login)?(?:\s+([a-z_][\w-]*))?\s*(?=`|$|#)|(?:^|[\s`])sudo\s+(?:-i?u\s*([a-z_][\w-]*)\s+)?(?:-[is]+|su\b[\s-]*([a-z_][\w-]*)?|(?:\/bin\/)?bash)\s*(?=`|$|#)|(?:^|[\s`])sudo\s+-iu\s*([a-z_][\w-]*)\s*(?=`|$|#)/;

/** Undefined where it names none. `raw`: the text with its code. */
export const userIn = memoize(findUser);

function findUser(raw: string): string | undefined {
  const whole = raw.slice(0, LENGTH_MAX);
  const became = /`/.test(whole) ? becomesIn(whole) : undefined;
  if (became !== undefined) return became;
  // A command is no sentence: in code, only a name may stand.
  const text = whole
    .replaceAll(/`([^`]*)`/g, (code, inside: string) => (/\s/.test(inside) ? ' ' : code))
    .replaceAll(/\*\*|__/g, '');
  for (const pattern of PATTERNS) {
    const name = pattern.exec(text)?.[1];
    // Other words of the place may begin with a capital, names of accounts do not.
    if (name === undefined || name !== name.toLowerCase() || NO_NAME.test(name) || isCommonWord(name)) continue;
    return /^(?:sudo|superuser)$/.test(name) ? 'root' : name;
  }
  return undefined;
}

/** The user of the shell that a command opens: `su - oracle`, `sudo -iu postgres`, `sudo su -`. */
export function becomesIn(command: string): string | undefined {
  const found = BECOMES.exec(command);
  return found === null ? undefined : (found.slice(1).find(name => name !== undefined) ?? 'root');
}

const LENGTH_MAX = 400;

/**
 * Who does it, where a person is named before the commands: "Marek runs `x`", "Ask Ana to run `x`", "The DBA runs `x`".
 * `raw`: the text up to the commands.
 */
export function personBefore(raw: string): string | undefined {
  const text = plainText(raw.slice(-LENGTH_MAX).replace(ITEM, '')).split(SENTENCE_ENDS).at(-1) ?? '';
  const bare = text.replaceAll(/\([^()]*\)/g, ' ').replaceAll(/\s+/g, ' ');
  const asked = personAskedAhead(bare) === undefined ? ASKED.exec(bare)?.[1] : undefined;
  if (asked !== undefined) return asked;
  const named = [LET, DOES].map(pattern => pattern.exec(bare)?.[1] ?? '');
  const name = named.find(one => /^\p{Lu}/u.test(one) && !NO_PERSON.test(one));
  if (name !== undefined) return name;
  const crew = CREW_THERE.exec(bare)?.[1];
  if (crew !== undefined) return crew;
  return isDoneByOthers(`${bare.replace(/\W+$/, '')} …`) ? bare.split(/[:：,]/)[0]?.trim() : undefined;
}

const ITEM = /^[\s>|]*(?:[-*+]|\d+(?:\.\d+)*[.)]?)?\s*(?:\[.\]\s+)?/;
const SENTENCE_ENDS = /(?<=[.!?;])\s+/;
/** "And then": few of them, as a long row of them could be taken apart in very many ways. */
const NOW = piece`^\W*(?:(?:${'and-then'}|${'and'})[\s,]+){0,3}`;
/** No end of a clause, and not "Tell support with `notify.sh`". */
const ASKED = phrase`${NOW}${'ask-people'}\s((?:${'the'}\s)?[\p{L}'’.-]+)\s(?:[^.,;:：!?]*\s)?(?!(?:${'with-what'}|${'way-there'}|${'at'}|${'and'}|using)\s*$)\p{L}+\s*$`;
const LET = phrase`${NOW}(?:${'lets-people'})\s(\p{L}[\p{L}'’-]+)\s[^.;:：!?]*[:：]?\W*$`;
const DOES = phrase`${NOW}(?:\p{L}+\.\s)?(\p{L}[\p{L}'’-]+(?:\s\p{L}[\p{L}'’.-]*)?)\s(?:${'does-it'})(?:\s+[^\s.;:：!?][^.;:：!?]*[:：]?)?\s*$`;
/** "The database team, on db1:" */
const CREW_THERE = phrase`${NOW}(?:${'the'}\s)?((?:[\p{L}-]+\s){0,2}?[\p{L}-]*(?:${'crew'})[\p{L}]*),?\s(?:${'at'}|${'behind-names'}|${'at-host'})\s[^.;:：!?]*[:：]\W*$`;
const NO_PERSON = phrase`^(?:no|${'not'}|${'never'}|${'subject'}|${'order'}|${'the'}|${'small-word'}|${'command'}|${'component'}|${'machine'}|${'and-then'})(?!\p{L})`;
