/** Doubts about an hour that sentences beside commands give: "Start it after 20:00. The next morning:". */
import {isRun} from '../../action-traits.ts';
import {plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import type {Plan, Step} from '../../plan.ts';
import {sentencesIn} from '../../words/lead-orders.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import {type Leads, linesBelow} from '../lines-above.ts';

/** Nothing waits for such an hour. A sentence that does not lead to the commands may speak of those above it. */
export function hourDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const own = plan.steps.filter(step => isDone(lines.byId.get(step.section)?.use) && isRun(step));
  return own.flatMap((step, index) => {
    const before = own[index - 1];
    const above = before?.section === step.section ? before : undefined;
    const leads = leadsOf(step).filter(({as}) => as !== 'comment');
    return [
      ...leads.flatMap(lead => ofText(lead, step, above)),
      ...linesBelow(step, plan, lines).flatMap(lead => ofText(lead, step, undefined)),
    ];
  });
}

function ofText({line, text}: {line: number; text: string}, step: Step, above: Step | undefined): FoundDoubt[] {
  const said = sentencesIn(plainText(text));
  const at = said.findIndex(isAtHour);
  const words = said[at];
  if (words === undefined) return [];
  // With a time of its own, the step is not what the hour is for.
  const isOfAbove = at < said.length - 1 || isAskedBefore(step);
  const held = [...(isOfAbove && above !== undefined ? [above] : []), step].filter(one => !isAskedBefore(one));
  if (held.length === 0) return [];
  return [
    {
      code: 'condition-assumed',
      line,
      steps: held.map(({id}) => id),
      message: `line ${line} is for a later hour, and nothing waits for it: "${said.slice(at).join(' ').slice(0, SHOWN_MAX)}"`,
      because: words.slice(0, SHOWN_MAX),
      settle: 'wait yourself before each Enter, do it by hand, or leave it out',
    },
  ];
}

const SHOWN_MAX = 100;

/** "Not before 22:00". "Never after 21:00" ends something, and "if it is after 21:00" is a case. */
function isAtHour(sentence: string): boolean {
  const at = AT_HOUR.exec(sentence)?.index;
  return at !== undefined && !NOT.test(sentence.slice(0, at)) && !CASE.test(sentence.slice(0, at));
}

const AT_HOUR = phrase`\<(?:${'not-earlier'})\s+(?:\p{L}{1,4}\s+){0,2}?(?:(?:[01]?\d|2[0-3])(?:[:.][0-5]\d|\s?h\s?[0-5]\d|\s?(?:${'o-clock'}))|(?:[01]?\d|2[0-3])(?=\W*$))(?![\d:%])`;
const NOT = phrase`\<(?:${'not'}|${'never'})\>`;
const CASE = phrase`\<(?:${'if'}|${'condition'})\>`;
