/** Makes steps of what running text asks of a person, by itself or before the commands to which it leads. */
import {compact} from '../../text/compact.ts';
import {type TextLine, textOfLines} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import {readCondition} from '../phrases/marks.ts';
import type {Marks} from '../plan.ts';
import {askedBeforeLead, isAsked, isForPeople} from '../words/lead-orders.ts';
import {SENTENCE_ENDS} from '../words/orders.ts';
import {phrase} from '../words/vocabulary.ts';
import {type Parts, type Setting, stepsIn, type Thing} from './found.ts';
import {manualStep, subjectAt, withoutHints} from './make-steps.ts';
import {isWork, marksIn} from './settings.ts';

/** "Ask the hall for a sample. On the box, run:" is a step of its own, and leads to the next. */
export function askedBefore({lines}: Parts['text'], setting: Setting): readonly Thing[] {
  const before = isWork(setting.node)
    ? askedBeforeLead(plainText(textOfLines(lines)), codeBelow(lines, setting))
    : undefined;
  return before === undefined
    ? []
    : askedFound(before.asked, before.rest, lines, marksIn(before.asked, setting), setting);
}

/**
 * The order of a paragraph, with what stands around it; each further order of the same paragraph is a step of its own:
 * "Start the gateways. Push the list again, see above."
 */
export function askedInProse(
  title: string,
  text: string,
  lines: readonly TextLine[],
  setting: Setting,
): readonly Thing[] {
  const at = text.indexOf(title);
  const parts = [{asked: title, rest: text.slice(0, at).trim()}];
  for (const sentence of text
    .slice(at + title.length)
    .trim()
    .split(SENTENCE_ENDS)) {
    const last = parts.at(-1);
    if (!setting.node.preamble && isAskedToo(sentence)) parts.push({asked: sentence, rest: ''});
    else if (last !== undefined) last.rest = `${last.rest} ${sentence}`.trim();
  }
  return parts.flatMap(({asked, rest}, index) => {
    const marks = marksIn(index === 0 ? `${asked} ${rest}` : asked, setting);
    // "If people have paid: no restore. Tell finance.": its own case, and not that of a label above.
    const condition = (index === 0 && CASE.test(rest) ? readCondition(rest) : undefined) ?? marks.condition;
    return askedFound(asked, rest, lines, {...marks, ...compact({condition})}, setting);
  });
}

function isAskedToo(sentence: string): boolean {
  return isForPeople(sentence) || isAsked(sentence) || CASE.test(sentence);
}

/** "If you are late, comment the line out." */
const CASE = phrase`^\W*${'condition'}\>`;

function askedFound(title: string, rest: string, lines: readonly TextLine[], marks: Marks, setting: Setting): Thing[] {
  const subject = {...subjectAt(title, lines[0]?.line ?? 0, lines.at(-1)?.line ?? 0), marks};
  const {things} = manualStep(withoutHints(setting), subject, rest === '' ? [] : [rest]);
  return stepsIn(things).map(step => ({kind: 'asked', lines, step}));
}

/** The code block to which the lines lead, as far as it needs no reading of the rest. */
function codeBelow(lines: readonly TextLine[], {below, lines: all}: Setting): string {
  const last = lines.at(-1)?.line ?? 0;
  return below === 'code-block' ? all.slice(last, last + CODE_LINES_MAX).join('\n') : '';
}

const CODE_LINES_MAX = 20;
