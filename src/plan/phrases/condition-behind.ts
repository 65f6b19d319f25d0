/** Reads conditions that stand behind the work: "Remove the banner if you put one up:", "(skip if nothing changed)". */
import {orderInProse} from '../words/orders.ts';
import {phrase, piece} from '../words/vocabulary.ts';
import {pathsIn} from './condition.ts';

/** In the words of the text; "skip if …" becomes "unless …". */
export function readConditionBehind(text: string): string | undefined {
  const [, skippedIf, skipped] = SKIPPED.exec(text) ?? [];
  if (skippedIf !== undefined && skipped !== undefined)
    return `${UNLESS.test(skippedIf) ? 'if' : 'unless'} ${skipped.toLowerCase()}`;
  const [whole, before, own] = BEHIND.exec(text) ?? [];
  if (whole === undefined || before === undefined || own === undefined) return undefined;
  if (ASKS.test(before) || EVEN.test(before)) return undefined;
  // "Restart it if the config changed. Look at the log." asks for more than what the condition is about.
  if (!/[:：]\s*$/.test(whole) && orderInProse(text.slice(whole.length)) !== undefined) return undefined;
  return withPath(own.toLowerCase(), before);
}

/** "Remove the lock if it is still there" is a step with a condition; "If it is still there:" may begin a way. */
export function standsBehind(title: string, condition: string): boolean {
  const words = condition.replace(/^unless | \([^()]*\)$/g, '');
  return /\p{L}/u.test(title.slice(0, Math.max(0, title.toLowerCase().indexOf(words))));
}

const IF = piece`(?!in case)(?:${'if'}|${'if-behind'})`;
const CLAUSE = piece`(?:[^:：.;,()]|[.:](?=\S)){3,100}?`;
/** In the first sentence: what stands behind it has no condition. */
const BEHIND = phrase`^((?:[^:：.;!?]|[.:](?=\S))*?[^\s,–—-])(?:,|\s[–—-])?\s(${IF}\s${CLAUSE})(?:\s\([^()]*\))?(?:\s?[:：.](?=\s)|\s?[:：.]?$)`;
const SKIPPED = phrase`(?:^|[.;,()–—-]\s*)${'skip-it'}\s(${IF})\s(${CLAUSE})(?:[),;：]|[.:](?=\s|$)|$)`;
const UNLESS = phrase`^${'unless'}`;
/** "Check if it is up", "Go on if all are green": a question, or a gate. */
const ASKS = phrase`\<${'asks-if'}\>`;
const EVEN = phrase`\<${'even'}\W*$`;

/** "Delete /run/x.lock if it is still there": names what is there, so that the host can be asked. */
function withPath(condition: string, before: string): string {
  const [path, other] = pathsIn(before);
  return path !== undefined && other === undefined && IS_THERE.test(condition) ? `${condition} (${path})` : condition;
}

const IS_THERE = phrase`^${IF}\s(?:${'it-still'}\s)*(?:${'absent'}|${'present'})(?:\s${'it-still'})*$`;
