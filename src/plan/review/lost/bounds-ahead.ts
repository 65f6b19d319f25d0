/** Doubts about a bound ahead of commands, which says when they are run: "Below 20 GB free: `lvextend …`". */
import {leadsOn} from '../../../text/leads-on.ts';
import {isRun} from '../../action-traits.ts';
import {plainText, withoutCode} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {readComparisons} from '../../phrases/comparison.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {readsOnly} from '../../shell/read-only/looks.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import type {Leads} from '../lines-above.ts';

export function boundAheadDoubts({steps, source}: Plan, {byId}: LineIndex, leadsOf: Leads): FoundDoubt[] {
  return steps.flatMap(step => {
    if (!isDone(byId.get(step.section)?.use) || !isRun(step) || isAskedBefore(step)) return [];
    const changing = commandsOf(step).filter(({text}) => !readsOnly(text));
    const told = changing.flatMap(({line, text}) => textAhead(step, line, text, source) ?? []);
    const leads = leadsOf(step).filter(({line}) => leadsOn(source[line - 1] ?? ''));
    const all = changing.length === 0 ? [] : [...told, ...leads.map(({text}) => text)];
    const because = all.flatMap(sentencesOf).find(sentence => isBoundFirst(sentence) && !isJudged(sentence, step));
    if (because === undefined) return [];
    return {
      code: 'condition-assumed' as const,
      line: step.line,
      steps: [step.id],
      message: `the commands of line ${step.line} may be for one case only: "${because}"`,
      because,
      settle: 'confirm that they always run, do them by hand, or leave them out',
    };
  });
}

/** The text of an item before a command in it, over its lines. */
function textAhead(step: Step, line: number, command: string, source: readonly string[]): string | undefined {
  const raw = source.slice(step.line - 1, line).join(' ');
  const at = raw.lastIndexOf(`\`${command}\``);
  if (at === -1 || line - step.line > LINES_MAX || ROW.test(raw)) return undefined;
  return raw.slice(0, at).replace(/^[\s>]*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?/, '');
}

const LINES_MAX = 20;
const TEXT_LENGTH_MAX = 2000;
const ROW = /^\s*\|/;

function sentencesOf(text: string): string[] {
  const plain = withoutCode(text.slice(-TEXT_LENGTH_MAX));
  return plain.split(/(?<=[.;!?])\s+/).map(sentence => sentence.trim());
}

/** Not "within 5 minutes", which says how long it may last, and not "more than 5 errors → section 6". */
function isBoundFirst(sentence: string): boolean {
  const [first] = readComparisons(sentence);
  return (
    !/→|[-=]>/.test(sentence) &&
    first !== undefined &&
    /^[<>]/.test(first.op) &&
    first.unit !== 'ms' &&
    !/[\p{L}\d]/u.test(first.before)
  );
}

function isJudged(sentence: string, {expectations}: Step): boolean {
  return expectations.some(({text}) => plainText(text).includes(sentence.replace(/[:：;.\s]+$/, '')));
}
