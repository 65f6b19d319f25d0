/** Doubts about commands beside which a month says when they run: "in January", "im Januar", "op 4 januari". */
import {isRun} from '../../action-traits.ts';
import {plainText, withoutCode} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import type {Plan} from '../../plan.ts';
import {phrase} from '../../words/vocabulary.ts';
import {type FoundDoubt, type LineIndex, mayNotRun} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import type {Leads} from '../lines-above.ts';
import {MONTHS} from './days.ts';

export function monthDoubts({steps, source}: Plan, {byId}: LineIndex, leadsOf: Leads): FoundDoubt[] {
  return steps.flatMap(step => {
    if (!isDone(byId.get(step.section)?.use) || !isRun(step) || isAskedBefore(step)) return [];
    const own = {line: step.line, text: plainText(withoutCode(source[step.line - 1] ?? ''))};
    const said = [own, ...leadsOf(step)].find(({text}) => IN_MONTH.test(text));
    const words = IN_MONTH.exec(said?.text ?? '')?.[0].trim();
    if (said === undefined || words === undefined) return [];
    return [
      mayNotRun(said.line, [step], `line ${said.line} says "${words}", and the run would not wait for it`, words),
    ];
  });
}

/** "in January", perhaps with a day between them: "on the 4th of January". */
const IN_MONTH = phrase`\<${'before-month'}\s+(?:${'the'}\s+)?(?:\d{1,2}\p{L}{0,2}\.?\s+(?:\p{L}{2}\s+)?)?(?:${{source: MONTHS.join('|')}})\>`;
