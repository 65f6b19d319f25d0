/** Doubts about sentences that ask for steps once more, elsewhere: "Repeat with web2", "Same for the standby". */
import type {Block} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {partsIn} from '../../outline/text-parts.ts';
import type {Section, Step} from '../../plan.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

/** Where the run shows the sentence to a person as what to do or to decide, there is none. */
export function repeatDoubts(blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  return partsIn(blocks).flatMap((part): FoundDoubt[] => {
    const section = lines.sectionAt(part.line);
    if (part.kind === 'code-block' || part.kind === 'row' || (section?.use !== 'run' && section?.use !== 'rollback'))
      return [];
    const sentence = plainText(part.text)
      .split(SENTENCES)
      .find(one => REPEATS.test(one));
    if (sentence === undefined) return [];
    const own = lines.stepsAt(part.line);
    // "On app1, then the same on app2:" says where what stands below it runs.
    if (/[:：]\W*$/.test(sentence) && own.some(({line}) => line === part.line)) return [];
    if (own.some(step => isShown(sentence.trim(), step, section))) return [];
    const step = own[0] ?? lines.waiting(section.id, part.line);
    return [
      {
        code: 'not-read',
        line: part.line,
        section: section.id,
        steps: step === undefined ? [] : [step.id],
        message: 'this sentence asks for steps once more, and was read into none',
        because: sentence.trim().slice(0, BECAUSE_CHARACTERS_MAX),
        settle: 'write the steps out, do them by hand, or leave them out',
        proposed: 'a person does them',
      },
    ];
  });
}

function isShown(sentence: string, {action, condition, title}: Step, section: Section): boolean {
  if (action.kind !== 'manual') return condition !== undefined && title.includes(sentence);
  return title.includes(sentence) || title === section.title;
}

const SENTENCES = /(?<=[.!?])\s+/;
const REPEATS = phrase`^\W*(?:${'and-then'}[\s,]+)?${'repeats'}(?!\p{L})|[,;:]\s+(?:${'and-then'}\s+)?${'repeats'}(?!\p{L})`;
const BECAUSE_CHARACTERS_MAX = 80;
