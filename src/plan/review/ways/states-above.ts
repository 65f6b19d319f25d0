/** Doubts about parts of a rollback that stand below a state: "After step 8:", "Vor Schritt 3:", "Après l'étape 2 :". */
import {leadsOn} from '../../../text/leads-on.ts';
import {isRun} from '../../action-traits.ts';
import {type Block, isLedTo, type Paragraph, textOfLines} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import type {Plan} from '../../plan.ts';
import {phrase, piece} from '../../words/vocabulary.ts';
import {type FoundDoubt, type LineIndex, mayNotRun} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';

/** One for each such text. It holds up to the next one, or to the end of the section: R would run all of it in any case. */
export function stateAboveDoubts({source}: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const states = statesIn(blocks).filter(({line}) => lines.sectionAt(line)?.use === 'rollback');
  return states.flatMap((state, index): FoundDoubt[] => {
    const section = lines.sectionAt(state.line);
    if (section === undefined || isOwn(state, section.line, source)) return [];
    const end = states[index + 1]?.line ?? source.length + 1;
    const own = lines
      .stepsIn(section.id)
      .filter(step => step.line >= state.line && step.line < end && isRun(step) && !isAskedBefore(step));
    const message = `line ${state.line} reads as if what follows were for some cases only: "${state.text.slice(0, SHOWN_MAX)}"`;
    return own.length === 0 ? [] : [mayNotRun(state.line, own, message, state.words)];
  });
}

type State = {line: number; text: string; words: string; number: string};

function statesIn(blocks: readonly Block[]): State[] {
  return blocks.flatMap((block, index): State[] => {
    if (block.kind === 'quote') return statesIn(block.blocks);
    if (block.kind === 'list')
      return block.items.flatMap(({line, text}) => stateOf(line, textOfLines(text), ITEM) ?? []);
    if (block.kind !== 'paragraph' || !isLedTo(blocks[index + 1]?.kind)) return [];
    return ofParagraph(block);
  });
}

function ofParagraph({lines}: Paragraph): State[] {
  const text = plainText(textOfLines(lines));
  const last = text.split(SENTENCES).at(-1) ?? text;
  return leadsOn(text) ? (stateOf(lines.at(-1)?.line ?? 0, last, LEAD) ?? []) : [];
}

function stateOf(line: number, raw: string, pattern: typeof LEAD): State[] | undefined {
  const text = plainText(raw.slice(0, TEXT_LENGTH_MAX));
  const [words, number = ''] = pattern.exec(text) ?? [];
  return words === undefined ? undefined : [{line, text, words: words.trim(), number}];
}

/** An item above it in the same section has that number: it comes "after step 2" of the rollback itself. */
function isOwn({line, number}: State, from: number, source: readonly string[]): boolean {
  return source.slice(from, line - 1).some(text => ITEM_NUMBER.exec(text)?.[1] === number);
}

const ITEM_NUMBER = /^[\s>]*(\d+)[.)]\s/;
const SENTENCES = /(?<=\p{L}{2}[.!?])\s+(?=\p{Lu})/u;
const TEXT_LENGTH_MAX = 400;
const SHOWN_MAX = 100;
const WHEN = piece`(?:${'moment'}|${'once-done'}|${'before-what'}|${'after'})`;
const NUMBER = piece`(?:${'part'}|${'chapter'})\.?\s+(\d+(?:\.\d+)*[a-z]?|[A-Z]\.\d+)(?![\p{L}\d])`;
const LEAD = phrase`^\W*(?:${'only'}\s+)?${WHEN}[\s'’](?:\p{L}{1,4}[\s'’]){0,3}?${NUMBER}[^.;]{0,60}[:：]\W*$`;
const ITEM = phrase`^\W*(?:${'only'}\s+)?${WHEN}[\s'’](?:\p{L}{1,4}[\s'’]){0,3}?${NUMBER}[^.;:：]{0,40}[:：]\s*\S`;
