/** Doubts about commands beside which a month says when they run: "in January", "im Januar", "op 4 januari". */
import {isRun} from '../../action-traits.ts';
import {plainText, withoutCode} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import type {Plan} from '../../plan.ts';
import {type FoundDoubt, type LineIndex, mayNotRun} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import type {Leads} from '../lines-above.ts';

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

/** Whole names, as each language writes them: "may" is no month, and "marche" is none. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'nl', 'it', 'pl', 'cs'];
const NAMES = LANGUAGES.flatMap(language => {
  const {format} = new Intl.DateTimeFormat(language, {month: 'long', day: 'numeric', timeZone: 'UTC'});
  const months = Array.from({length: 12}, (_, month) => format(new Date(Date.UTC(2024, month, 4))));
  return months.flatMap(text => text.match(/\p{L}{3,}/gu) ?? []);
});
/** A word such as "in" before it, perhaps with a day between them. */
const BEFORE = 'in im en em op on am au le el ab vor before after until from since nach bis w v'
  .split(' ')
  .map(word => `[${word.charAt(0).toUpperCase()}${word.charAt(0)}]${word.slice(1)}`);
const IN_MONTH = new RegExp(
  String.raw`(?<!\p{L})(?:${BEFORE.join('|')})\s+(?:(?:the|de[mnr]|de|het)\s+)?(?:\d{1,2}\p{L}{0,2}\.?\s+(?:(?:de|of)\s+)?)?(?:${[...new Set(NAMES)].join('|')})(?!\p{L})`,
  'u',
);
