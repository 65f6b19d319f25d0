/** Doubts about orders in the title of commands that the commands show no trace of: "Close the gate and restart the pump". */
import {isRun} from '../../action-traits.ts';
import {codeSpans} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {hasBlank} from '../../phrases/blanks.ts';
import {commandsOf, type Plan, requestsOf, type Step} from '../../plan.ts';
import {CLAUSES, isAsked, isForPeople, isTraced, NO_VERB, ordersOf} from '../../words/lead-orders.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';

/** Where a title has more orders than there are commands. What asks people, or to wait, no command does. */
export function titleOrderDoubts({steps, source}: Plan, {byId, stepsAt}: LineIndex): FoundDoubt[] {
  return steps.flatMap(step => {
    if (!isDone(byId.get(step.section)?.use) || !isRun(step)) return [];
    const lost = lostOrder(step) ?? lostBeside(step, source[step.line - 1] ?? '');
    const isShown = ({action, title}: Step) =>
      (action.kind === 'manual' && title.includes(lost?.words ?? '')) ||
      (action.kind === 'input' && hasBlank(lost?.words ?? ''));
    if (lost === undefined || stepsAt(step.line).some(isShown)) return [];
    const isOpen = lost.isForPeople && !isAskedBefore(step);
    return {
      code: 'not-read' as const,
      line: step.line,
      steps: [step.id],
      message: `the commands of line ${step.line} show no trace of what their title asks for as well: "${lost.words}"`,
      because: lost.words,
      settle: 'do it by hand, or leave it out',
      ...(isOpen ? {} : {proposed: proposedFor(lost)}),
    };
  });
}

function proposedFor({words, isForPeople: isTold}: {words: string; isForPeople: boolean}): string {
  if (KEEPS.test(words)) return 'a person knows it, and sees to it';
  return isTold ? 'a person does it' : 'its commands do it';
}

function lostOrder(step: Step): {words: string; isForPeople: boolean} | undefined {
  const code = [...commandsOf(step).map(({text}) => text), ...requestsOf(step).map(({url}) => url)];
  const all = code.join('\n').toLowerCase();
  // "`link-release 7.3` on both, restart the app": what stands behind the command asks for more than it.
  const named = code.find(text => step.title.includes(text));
  const behind = named === undefined ? '' : step.title.slice(step.title.indexOf(named) + named.length);
  const [, ...parts] = behind.split(/[,;]\s+/);
  const more = parts.find(part => ORDER.test(part) && !OF_SEVERAL.test(part) && !isTraced(part, all));
  if (more !== undefined) return {words: more, isForPeople: true};
  // "Say so in the channel and stop the pump": what stands beside an order is one, whatever its verb.
  const [, ahead = '', joined = ''] = JOINED.exec(step.title) ?? [];
  if (code.length === 1 && isAsked(joined) && !isAsked(ahead) && !NO_VERB.test(ahead) && !isTraced(ahead, all))
    return {words: ahead.trim(), isForPeople: true};
  const orders = ordersOf(step.title);
  if (orders.length < 2 || code.length === 0) return undefined;
  const lost = orders.filter(order => !isTraced(order, all));
  const people = lost.find(order => isForPeople(order) && !WAITS.test(all));
  if (people !== undefined) return {words: people, isForPeople: true};
  const [first] = lost;
  return first === undefined || all.split('\n').length >= orders.length
    ? undefined
    : {words: first, isForPeople: false};
}

/**
 * "`app.ini.old` back as `app.ini`, `systemctl restart app`": a comma directly before the command makes what stands before
 * it another act of the list. No command does what quotes other names.
 */
function lostBeside(step: Step, raw: string): {words: string; isForPeople: boolean} | undefined {
  const {title} = step;
  const code = commandsOf(step).map(({text}) => text);
  if (!/[,;]$/.test(title) || code.length === 0) return undefined;
  const all = code.join('\n').toLowerCase();
  const others = codeSpans(raw).filter(one => !all.includes(one.toLowerCase()));
  for (const words of title.split(CLAUSES)) {
    const isNamed = others.some(one => words.includes(one));
    if (!/\p{L}\P{L}+\p{L}/u.test(words) || NO_VERB.test(words)) continue;
    if (isNamed || (isAsked(words) && !isTraced(words, all))) return {words, isForPeople: isNamed};
  }
  return undefined;
}

/** "Leave the volumes in place": no command does that, and one may do the reverse. */
const KEEPS = phrase`^\W*(?:${'keep-so'}|${'never'})\>`;
const JOINED = phrase`^\W*([^.:,;]*?\p{L}\s+\p{L}[^.:,;]*?)\s+${'and'}\s+([^.:;]+)`;
/** Commands that wait. */
const WAITS = /\b(?:sleep|wait\S*|until|while|watch|timeout|status)\b|\s-f\b/;
const ORDER = phrase`^\W*(?:(?:${'and-then'})\s+)?(?:${'order'})\>|\s(?:${'order-last'})\W*$`;
/** "Restart it (1/2)": the other steps do the rest of the title. */
const OF_SEVERAL = /\(\d+\/\d+\)$/;
