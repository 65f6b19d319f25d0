/** Tells whether a remark at commands restricts them: in what case, when, where, as whom or by whom they are run, or that they are not. */
import {isNameIn} from '../../../text/name-in.ts';
import {saysNoRollback} from '../../phrases/decisions.ts';
import {type HostNames, placeIn} from '../../phrases/host-mentions.ts';
import {commandsOf, contextOf, type Step} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {personBefore, userIn} from '../../words/named-users.ts';
import {isOrder, orderInProse} from '../../words/orders.ts';
import {everyPhrase, phrase, piece} from '../../words/vocabulary.ts';
import {warningIn, warningInTitle} from '../../words/warning-words.ts';
import {asksForMore, holdsBack} from '../general/sentences.ts';
import {namesOfPlace} from '../places/told-hosts.ts';

/**
 * `at`: where it stands. `intro`: between the title of a section around its own and the first section in that. `lead`: it
 * is the title of the step, or leads to its commands.
 */
export type Remark = {line: number; text: string; at: 'title' | 'intro' | 'lead' | 'above' | 'below' | 'comment'};

/** Whether it says in what case, when or by whom, or that it is not done. */
export function restricts({text: whole, at}: Pick<Remark, 'text' | 'at'>): boolean {
  const text = whole.replace(LABEL, '');
  if (CLOCK.test(text) || LAST.test(text) || BY_OTHERS.test(text)) return true;
  // What leads to commands is looked at by other checks.
  if (at === 'lead' || EXPECTS.test(text) || isOtherwiseAsked(text)) return false;
  const rest = text.replace(CASE, ' ').replace(SHOULD, ' ');
  const isAbout = !CASE.test(text);
  if (looksLikeCommand(text) || (at === 'title' && DAY.test(text))) return false;
  if (isOrderItself(text, rest, at)) return false;
  const kind = isAbout ? (at === 'title' ? warningInTitle : warningIn)(text)?.kind : undefined;
  if (kind !== undefined && kind !== 'endless') return true;
  if (STRONG.test(rest) || (holdsBack(rest) && BEGINS.test(rest))) return true;
  const isBare = at !== 'comment' && at !== 'below' && isShort(text, BARE_MAX) && asksForMore(rest.replace(FIRST, ' '));
  return isBare || (isShort(text) && personBefore(`${text} `) !== undefined);
}

/** A question is followed by what is done then, and "or" by another way; a part that is named stands elsewhere. */
function isOtherwiseAsked(text: string): boolean {
  return QUESTION.test(text) || OTHER_WAY.test(text) || OF_PART.test(text) || saysNoRollback(text);
}

/** "Wait until Maria has agreed", "Stop it": something else is done there, which only "do this ..." says of the commands. */
function isOrderItself(text: string, rest: string, at: Remark['at']): boolean {
  if (at === 'comment' || at === 'title') return isOrder(text) && warningIn(text) === undefined;
  if (at !== 'below' && at !== 'above') return false;
  return !IT.test(rest) && (at === 'below' ? orderInProse(rest) !== undefined : isOrder(text));
}

function isShort(text: string, max = SHORT_MAX): boolean {
  return text.split(/\s+/).length <= max;
}

const SHORT_MAX = 8;
/** "Repeat until 0": in a longer text such a word may be said of something else. */
const BARE_MAX = 4;
/** "Backup first", above the backup. */
const FIRST = phrase`\<${'do-first'}\>`;
/** "Note: …", "Remark: …" */
const LABEL = /^\W*\p{L}+:\s+(?=\S)/u;
/** Such words hold something back, whatever they are said of. */
const STRONG = phrase`\<(?:${'only'}|${'never'}|${'optional'}|${'later-only'}|${'later-lead'}|${'once-done'})\>`;
/** "If somebody calls, tell them": what follows is for that case only. */
const CASE = phrase`^\W*${'condition'}\s(?:[^,:;]|:(?=\d))*[,:]`;
const QUESTION = /[?？]\W*$/;
/** "Row 2 is Dave's call" */
const OF_PART = phrase`\<(?:${'own-part'}|${'own-parts'})\s\d`;
const OTHER_WAY = phrase`^\W*(?:${'or'}|${'or-comment'}|${'alternatively'})\>`;
const SHOULD = everyPhrase`\<${'should'}\>`;
const EXPECTS = phrase`^\W*(?:${'comment-expects'}|${'expected'}|${'answers'})\>|\<${'should'}\s+(?:\p{L}+\s)?(?:${'answers'}|${'show'})\>`;
/** Whether it speaks of the commands: "Do this as needed". */
export function namesThem(text: string): boolean {
  return IT.test(text);
}

const BEGINS = phrase`^\W*(?:\p{L}+\s+){0,2}${'it-itself'}\>`;
const IT = phrase`^\W*(?:\p{L}+\s+){0,2}${'it-itself'}\>|\<${'it-itself'}\W*$`;
/** "At 22:00", "not before 10 pm". */
const CLOCK = phrase`\<(?:${'only-there'}|${'at'}|${'moment'}|${'not-earlier'})\s+(?:[01]?\d|2[0-4])\s?(?:[:.h]\s?[0-5]\d(?![\d.:])|h\>|[ap]m\>|${'o-clock'}\>)`;
/** "Friday, day shift" in a title: one day of a schedule. */
const DAY = phrase`^\W*(?:${'later-day'}\>|${'day'}\s\+?\d)`;
const LAST = phrase`\<${'last-of-all'}\>`;

const OTHERS = piece`(?:${'crew'}|${'person'})(?!\p{L})`;
/** "Done by the DBA", "two people needed". */
const BY_OTHERS = phrase`\<${'carried-out'}\s+${'from-people'}\s+(?:${'the'}\s+)?${OTHERS}|\<${'two-people'}\>`;

/** Whether it says where or as whom the commands run, and they do not. */
export function saysElsewhere(text: string, step: Step, names: HostNames): boolean {
  if (!isShort(text) && !CARRIED.test(text)) return false;
  const user = userIn(text);
  if (user !== undefined)
    return !commandsOf(step).every(
      command => isNameIn(user, command.text) || (user === 'root' && AS_ROOT.test(command.text)),
    );
  const [, path] = IN_DIRECTORY.exec(text) ?? [];
  const directory = contextOf(step)?.directory ?? '';
  if (path !== undefined)
    return !`${directory}/`.startsWith(`${path}/`) && !commandsOf(step).some(command => command.text.includes(path));
  const tail = TAIL.exec(text)?.[0].replace(/[\s.:]+$/, '') ?? '';
  const place = placeIn(`${tail}:`, names, true);
  if (place === undefined) return false;
  const isLocal = contextOf(step)?.place.kind === 'local';
  if (place.here) return !isLocal;
  const there = place.phrase.toLowerCase();
  const isReached = commandsOf(step).some(command => isNameIn(there, command.text.toLowerCase()));
  return !isReached && (isLocal || !namesOfPlace(step).some(name => isNameIn(name, there)));
}

const CARRIED = phrase`\<(?:${'carried-out'}|${'command'})\>`;
const TAIL = phrase`\<(?:${'at'}|${'behind-names'}|${'at-the'})\s+.+$`;
const AS_ROOT = /(?:^|[\s;&|(])(?:sudo|doas|run0|pkexec)\s/;
/** "In /srv/index", "from the directory /srv/index". */
const IN_DIRECTORY = phrase`\<(?:${'only-there'}|${'at'})\s+(?:${'the'}\s+)?(?:\p{L}+\s+)?["'\x60]?(/[\w.-]+(?:/[\w.-]+)+)`;
