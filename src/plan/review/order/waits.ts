/** Doubts about what the run would not do by itself: wait where the text asks for it, or go past what it sends past. */

import {stretchText} from '../../../text/times.ts';
import {isRun} from '../../action-traits.ts';
import {isFence} from '../../document/source-lines.ts';
import {isDone} from '../../doubt.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {phrase} from '../../words/vocabulary.ts';
import {type FoundDoubt, type LineIndex, mayNotRun} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import type {Leads} from '../lines-above.ts';

export function waitDoubts({steps, source}: Plan, {byId}: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const own = steps.filter(step => isDone(byId.get(step.section)?.use) && isRun(step));
  return [
    ...own.flatMap((step, index) => [
      ...inComments(step, leadsOf),
      ...besideCommands(step, own[index + 1]),
      ...askedAgain(step, own[index + 1], source),
      ...behindLog(step, own[index - 1], source),
    ]),
    ...wentPast(steps, own, source),
  ];
}

/** `# wait until busy is 0` above a command that does not wait. */
function inComments(step: Step, leadsOf: Leads): FoundDoubt[] {
  const commands = commandsOf(step);
  const asked = leadsOf(step).find(({line, text, as}) => {
    const next = commands.find(command => command.line >= line);
    return as === 'comment' && WAIT.test(text) && next !== undefined && !WAITS.test(next.text);
  });
  if (asked === undefined) return [];
  return [
    {
      code: 'condition-assumed',
      line: asked.line,
      steps: [step.id],
      message: `line ${asked.line} asks to wait, and nothing waits there: "${asked.text.slice(0, SHOWN_MAX)}"`,
      because: asked.text.slice(0, SHOWN_MAX),
      settle: 'confirm that the commands below need no wait, or do them by hand',
    },
  ];
}

/** "Wait 10 min; `dig …`", "start it and watch for 10 min": the next step would not wait either. */
function besideCommands(step: Step, next: Step | undefined): FoundDoubt[] {
  const {waitMs, line, title} = step;
  const commands = commandsOf(step);
  if (waitMs === undefined || commands.length === 0 || commands.some(({text}) => WAITS.test(text))) return [];
  return [
    {
      code: 'condition-assumed',
      line,
      steps: [step.id, ...(next === undefined ? [] : [next.id])],
      message: `line ${line} asks to wait ${stretchText(waitMs)} beside its commands, and nothing waits: the next one would begin at once`,
      because: title.slice(0, SHOWN_MAX),
      settle: 'wait yourself before each Enter, or confirm that nothing need wait',
    },
  ];
}

/** "`queue --count`, every few minutes, until 0": it would run once, and the next step behind it. */
function askedAgain(step: Step, next: Step | undefined, source: readonly string[]): FoundDoubt[] {
  const raw = source[step.line - 1] ?? '';
  const commands = commandsOf(step);
  const isOwn = raw.includes('`') && commands.some(({line}) => line === step.line);
  const words = isOwn ? AGAIN.exec(raw.replaceAll(/`[^`]*`/g, ' ').slice(0, LINE_LENGTH_MAX))?.[0] : undefined;
  if (words === undefined || isAskedBefore(step) || commands.some(({text}) => WAITS.test(text))) return [];
  return [
    {
      code: 'condition-assumed',
      line: step.line,
      steps: [step.id, ...(next === undefined ? [] : [next.id])],
      message: `line ${step.line} asks to do it again, "${words.trim()} …", and it would run once: the next step would begin at once`,
      because: words.trim(),
      settle: 'look yourself until it is so before the next Enter, or confirm that once is enough',
    },
  ];
}

const AGAIN = phrase`\<(?:${'every'})\s[^.|]{2,40}?\<(?:${'until-when'})(?=[\s\d])`;
const LINE_LENGTH_MAX = 1000;
const WAIT = phrase`^\W*${'wait'}\>`;
/** Commands that wait, or show what is waited for. */
const WAITS =
  /\b(?:sleep|wait\S*|until|while|watch|timeout|rollout\s+status|tail\s+-[fF]|--follow|journalctl\s.*-f)\b|\s-f\b/;
const SHOWN_MAX = 100;

/** `watch queue-length` and a command behind it in one block: the run follows the first, and goes on. */
function behindLog(step: Step, before: Step | undefined, source: readonly string[]): FoundDoubt[] {
  const first = commandsOf(step)[0]?.line;
  if (before?.action.kind !== 'tail' || before.section !== step.section || first === undefined) return [];
  const isOneBlock = source.slice(before.line, first - 1).every(text => text.trim() !== '' && !isFence(text));
  if (!isOneBlock) return [];
  return [
    {
      code: 'condition-assumed',
      line: first,
      steps: [step.id],
      message: `line ${before.line} is watched until somebody has seen enough, and ${first === before.line ? 'its next command' : `line ${first}`} would not wait for that`,
      because: (source[before.line - 1] ?? '').trim().slice(0, SHOWN_MAX),
      settle: 'confirm that it need not wait, or do it by hand',
    },
  ];
}

/** "Look for migrations in the notes. If there are none go to 3.": everything below it in the section hangs on that. */
function wentPast(steps: readonly Step[], own: readonly Step[], source: readonly string[]): FoundDoubt[] {
  const bySection = Map.groupBy(own, ({section}) => section);
  return steps.flatMap((step): FoundDoubt[] => {
    // A gate holds what stands below it anyway.
    if (isRun(step) || step.gate === true) return [];
    const line = linesOf(step).find(at => GOES_PAST.test(source[at - 1] ?? ''));
    if (line === undefined) return [];
    const free = (bySection.get(step.section) ?? []).filter(other => other.line > line && !isAskedBefore(other));
    if (free.length === 0) return [];
    const words = (source[line - 1] ?? '').trim().slice(0, SHOWN_MAX);
    const message = `line ${line} may send past what stands below it, and the run would do it: "${words}"`;
    return [mayNotRun(line, free, message, words)];
  });
}

function linesOf({line, endLine}: Step): number[] {
  return Array.from({length: Math.min(endLine - line, LINES_MAX) + 1}, (_, index) => line + index);
}

const LINES_MAX = 60;
const GOES_PAST = phrase`\<(?:${'if'}|${'condition'}|${'hangs-on'})\>[^.!?]{0,80}\<${'go-past'}`;
