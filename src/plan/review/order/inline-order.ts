/** Doubts about sentences whose commands are not simply done in the order in which they stand: "`a`, preceded by `b`". */
import {plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import type {Plan, Step} from '../../plan.ts';
import {anyNumber, phrase, piece} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import {type Quoted, quotedIn} from './between-commands.ts';

// Two commands of one sentence are done one after the other where "and", "then" or a comma alone joins them. There are too
// many words for another order to know them all, so any other text between them is asked about.

/** One for each step: about the first such text. */
export function inlineOrderDoubts({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt | [] => {
    if (!isDone(byId.get(step.section)?.use)) return [];
    // What the run asks first says nothing of the text between the commands.
    const isAsked = isAskedBefore(step);
    const quoted = quotedIn(step, source);
    const turned = quoted.map((one, index) => (isAsked && index === 0 ? undefined : turnedBy(one, quoted[index - 1])));
    const found =
      turned.find(Boolean) ?? firstBehindLoss(step, quoted, steps) ?? (isAsked ? undefined : afterNext(step, source));
    if (found === undefined) return [];
    const {line, words} = found;
    return {
      code: 'condition-assumed',
      line,
      steps: [step.id],
      message: `line ${line} says "${words}" beside its commands, and they would run in the order in which they stand`,
      because: words,
      settle: 'confirm that they all run, in this order, do them by hand, or leave them out',
    };
  });
}

/** "List what is lost first: `list`" behind commands that destroy it. */
function firstBehindLoss(step: Step, quoted: readonly Quoted[], steps: readonly Step[]): Turned | undefined {
  const [one] = quoted;
  const clause =
    plainText(one?.ahead ?? '')
      .split(SENTENCE_ENDS)
      .at(-1) ?? '';
  if (one === undefined || quoted.length > 1 || !FIRST_AHEAD.test(clause)) return undefined;
  const isLost = steps.some(
    other => other.section === step.section && other.line < step.line && other.destructive !== undefined,
  );
  return isLost ? {line: one.line, words: clause.replace(/\W+$/, '')} : undefined;
}

type Turned = {line: number; words: string};

/** "…, so look at this after the next line": in the item itself. */
function afterNext({line, endLine}: Step, source: readonly string[]): {line: number; words: string} | undefined {
  for (let at = line; at <= Math.min(endLine, line + LINES_MAX); at += 1) {
    const words = AFTER_NEXT.exec(plainText((source[at - 1] ?? '').slice(0, TEXT_LENGTH_MAX)))?.[0];
    if (words !== undefined) return {line: at, words};
  }
  return undefined;
}

const LINES_MAX = 10;
const TEXT_LENGTH_MAX = 1000;
const AFTER_NEXT = phrase`\<(?:${'once-done'}|${'after'})\s+(?:${'the'}\s+|l['’])?(?:${'time-begins'}\s+${'own-part'}|${'own-part'}\s+${'time-begins'})\>`;

function turnedBy({line, ahead, behind}: Quoted, last: Quoted | undefined): {line: number; words: string} | undefined {
  const clause = plainText(ahead.split(SENTENCE_ENDS).at(-1) ?? '');
  const isJoined = last === undefined || clause !== plainText(ahead) || (JOINT.test(clause) && !TURNS.test(clause));
  const said =
    GOVERNS.exec(clause)?.[0] ??
    (last !== undefined && TIME_BETWEEN.test(clause) ? clause.replace(/^[\s,;]+/, '') : undefined) ??
    (isJoined || ONLY_JOINT.test(clause) ? undefined : clause) ??
    (last === undefined ? undefined : FIRST_BEHIND.exec(plainText(behind))?.[0]);
  const words = said?.replaceAll(/^[^\p{L}]+|[^\p{L}\p{N})]+$/gu, '').slice(0, SHOWN_MAX);
  return words === undefined || words === '' ? undefined : {line, words};
}

const SHOWN_MAX = 80;
const SENTENCE_ENDS = /(?<=[.!?:])\s+(?=[\p{Lu}`])/u;
const JOIN = piece`(?:${'and-then'}|${'or'}|${'command'})`;
/** A place, or a word that joins: a comma alone does not, as in "`a`, preceded by `b`". */
const JOINT = phrase`^[\s,;:&+>→/()–—-]*(?:${'behind-names'}|${'at-host'}|${'at'})\s|\<${JOIN}\>`;
const ONLY_JOINT = phrase`^[\s,;:&+>→/()–—-]*(?:(?:${JOIN}|${'the'})[\s,:]+)*$`;
const TURNS = phrase`\<(?:${'governs'}|${'turns-order'})\>`;
/** Directly before a command it tells when, or in what case, something else is done. */
const GOVERNS = phrase`\<(?:${'governs'})(?:\s+(?:${'the'}))?\W*$`;
/** ", and 5 minutes later": joined or not, somebody waits. */
const UNIT = piece`(?:${'second'}|${'minute'}|${'hour'}|${'day'}|${'week'})`;
const TIME_BETWEEN = phrase`\<(?:\d+(?:[.,–-]\d+)?|${anyNumber()})\s*(?:${UNIT}|${'long-time'})\>|\<(?:${'later'}|${'later-day'}|${'wait'})\>`;
const FIRST_AHEAD = phrase`\<(?:${'do-first'})\W*$`;
/** "Run `up`, but `stop` first." */
const FIRST_BEHIND = phrase`^\W*(?:${'do-first'})\W*(?:$|[.;)])`;
