/** Doubts about what a step claims beside its commands, and judges by nothing: "`show colour` – three times green". */
import {isRun} from '../../action-traits.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {isDone, type Use} from '../../doubt.ts';
import {readComparisons} from '../../phrases/comparison.ts';
import {withFigures} from '../../phrases/threshold-parts.ts';
import {allBoundWordsIn} from '../../phrases/thresholds.ts';
import {commandsOf, type Plan, requestsOf, type Step} from '../../plan.ts';
import {carriedCommands} from '../../shell/carried-commands.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {lookOfWords} from '../../shell/read-only/look-of-words.ts';
import {looksOnly} from '../../shell/read-only/looks.ts';
import {asksVersion} from '../../steps/claims.ts';
import {isOrder} from '../../words/orders.ts';
import {phrase} from '../../words/vocabulary.ts';
import {type FoundDoubt, isWritten, type LineIndex} from '../found-doubt.ts';

/** `isAsked`: whether what the line says is asked about already. */
export function unjudgedClaimDoubts(
  {steps, source, rules}: Plan,
  {byId}: LineIndex,
  isAsked: (line: number) => boolean,
): FoundDoubt[] {
  const ruled = new Set(rules.map(({line}) => line));
  const judged = new Set(steps.flatMap(({expectations}) => expectations.map(({line}) => line)));
  const known = new Set<number>();
  return steps.flatMap((step): FoundDoubt | [] => {
    const use = byId.get(step.section)?.use;
    if (!(isDone(use) || use === 'watch') || !isRun(step)) return [];
    if (!isWritten(step, source)) return [];
    const found = textLines(step, source).find(
      ({line, text}) =>
        ![ruled, judged, known].some(set => set.has(line)) && !isAsked(line) && claimIn(text, step, use) !== undefined,
    );
    if (found === undefined) return [];
    known.add(found.line);
    const {said, isResult} = claimIn(found.text, step, use) ?? {said: '', isResult: false};
    return {
      code: 'expectation-assumed',
      line: found.line,
      steps: [step.id],
      message: `"${said}" is judged by nothing: the command counts as done when it ends with 0`,
      because: said,
      settle: 'write what it must print ("# Expected: …"), look at it by hand, or confirm that its exit code tells it',
      ...(isResult ? {} : {proposed: 'a person looks whether it holds'}),
    };
  });
}

type Line = {line: number; text: string};

/** The lines of the step outside its blocks. */
function textLines({line, endLine}: Step, source: readonly string[]): Line[] {
  const found: Line[] = [];
  let isInBlock = false;
  for (let at = line; at <= Math.min(endLine, line + LINES_MAX); at += 1) {
    const text = source[at - 1] ?? '';
    if (FENCE.test(text)) isInBlock = !isInBlock;
    else if (!isInBlock && !HEADING.test(text)) found.push({line: at, text});
  }
  return found;
}

const LINES_MAX = 60;
const FENCE = /^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(?:`{3,}|~{3,})/;
const HEADING = /^\s*#/;
const TEXT_LENGTH_MAX = 2000;

/** `isResult`: it says what comes out, and is not only a bound. */
function claimIn(raw: string, step: Step, use: Use | undefined): {said: string; isResult: boolean} | undefined {
  const own = [...commandsOf(step).map(({text}) => text), ...requestsOf(step).map(({url}) => url)];
  const text = raw
    .slice(0, TEXT_LENGTH_MAX)
    .replaceAll(/`([^`]*)`/g, (code, inside: string) =>
      own.some(one => one.includes(inside) || inside.includes(one)) ? '`¶`' : code,
    );
  for (const sentence of text.split(SENTENCES)) {
    const arrow = BEHIND_ARROW.exec(sentence)?.[1];
    const isNext = arrow === undefined || isOrder(plainText(arrow)) || codeSpans(arrow).some(looksLikeCommand);
    if (!isNext || RESULT.test(sentence)) return {said: shown(sentence), isResult: true};
    if (isStateShown(sentence, step)) return {said: shown(sentence), isResult: false};
    // What is watched is judged, also where the sentence says what is done then.
    const bound = use !== 'watch' && isOrder(plainText(sentence)) ? undefined : boundIn(sentence, step);
    if (bound !== undefined) return {said: shown(sentence), isResult: false};
  }
  return undefined;
}

function boundIn(sentence: string, step: Step): string | undefined {
  const words = withFigures(sentence.replaceAll(/`(\d[\d.,]*\s?%?)`/g, '$1').replaceAll(/`[^`]*`/g, ' '));
  const first = readComparisons(words)[0];
  const isLimit = LIMITED.test(words) || (first !== undefined && first.op !== '=' && printsOnly(step));
  return allBoundWordsIn(words) ?? (isLimit ? words : undefined);
}

const LIMITED = phrase`\<(?:${'at-most'}|${'at-least'}|${'above'}|${'below'})\.?\s+(?:\d|${'twofold'})`;

function printsOnly(step: Step): boolean {
  const own = commandsOf(step).flatMap(({text}) => carriedCommands(text));
  return own.length > 0 && own.every(({words}) => lookOfWords(words, () => 'none') === 'prints' || asksVersion(words));
}

/** "The link is still the old one: `readlink current`": what it prints is no verdict. */
function isStateShown(sentence: string, step: Step): boolean {
  const [ahead = ''] = sentence.replace(/^[\s>]*(?:[-*+|]|\d+[.)])?\s+(?:\[.\]\s+)?/, '').split('`¶`');
  const claim = plainText(ahead);
  if (isOrder(claim)) return false;
  return (
    (IS.test(claim) && printsOnly(step)) || (ALL_SHOW.test(claim) && sentence.includes('`¶`') && !judgesItself(step))
  );
}

/** Its exit code says what it saw. */
function judgesItself(step: Step): boolean {
  const own = commandsOf(step).map(({text}) => text);
  return own.length > 0 && own.every(looksOnly);
}

const IS = phrase`^[^.:?]{3,60}\s${'is'}\s[^?]*$`;

/** "All three nodes show the same version: `version --all`": what a person has to compare, whatever the program. */
const ALL_SHOW = phrase`^\W*(?:${'each-of'}|${'each'})\s[^.:?]{3,60}?\s(?:${'is'}|${'shows'}|${'show'}|${'reads'}|${'answers'})(?!\p{L})[^?]*$`;

function shown(sentence: string): string {
  const plain = plainText(sentence.replaceAll('`¶`', '…').replace(/^[\s>]*(?:[-*+|]|\d+[.)])?\s+(?:\[.\]\s+)?/, ''));
  return plain.length > SHOWN_MAX ? `${plain.slice(0, SHOWN_MAX)}…` : plain;
}

const SHOWN_MAX = 160;
const SENTENCES = /(?<=[\p{L}\d¶`%)]{2}[.!?])\s+(?=\p{Lu})/u;
/** "`for …` -> three times `UP`". */
const BEHIND_ARROW = /`¶`\s*(?:->|=>|→|⇒)\s*(\S.*)$/u;
/** "It prints one `== done` per file", "`ls` must say the new tag". */
const RESULT = phrase`(?:^|\W)(?:${'expected-what'}|${'it-itself'}|\x60¶\x60)\W+(?:\p{L}+\s){0,1}?(?:${'shows'}|${'should'}\s+${'show'})\>`;
