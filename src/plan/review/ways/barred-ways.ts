/** Doubts about ways back that R would run otherwise than the text says: barred ones, those behind a choice, those in a text. */
import {isRun} from '../../action-traits.ts';
import {type Block, type Paragraph, textOfLines} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {readsOnly} from '../../shell/read-only/looks.ts';
import {sentencesIn} from '../../words/lead-orders.ts';
import {phrase, topicPattern} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {behindPeopleDoubts} from './behind-people.ts';
import {leftToPeopleDoubts} from './left-to-people.ts';
import {sharedBlankDoubts} from './shared-blanks.ts';
import {stateAboveDoubts} from './states-above.ts';

export function barredWayDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  return [
    ...leftToPeopleDoubts(plan, lines),
    ...behindPeopleDoubts(plan),
    ...stateAboveDoubts(plan, blocks, lines),
    ...barredIn(blocks, lines),
    ...behindChoices(plan, lines),
    ...sharedBlankDoubts(plan, lines),
  ];
}

/** "Once real bookings came in, don't restore.": R would, unless somebody looks. */
function barredIn(blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  return paragraphsIn(blocks).flatMap((block): FoundDoubt | [] => {
    const line = block.lines[0]?.line ?? 0;
    const section = lines.sectionAt(line);
    if (section?.use !== 'rollback') return [];
    const text = plainText(textOfLines(block.lines));
    // Where nothing was read from the text, that is asked about as a sentence that nothing was read from.
    const isRead = lines.stepsAt(line).length > 0;
    const said = sentencesIn(text).find(
      one => CASE.test(one) && (NO_LONGER.test(one) ? isRead : BARS.test(ordersOf(one))),
    );
    const own = lines.stepsIn(section.id).filter(changes);
    if (said === undefined || own.length === 0 || own.some(({title}) => title.includes(said))) return [];
    const because = said.slice(0, SHOWN_MAX);
    return {
      code: 'condition-assumed',
      line,
      section: section.id,
      steps: own.map(({id}) => id),
      message: `line ${line} says when there is no way back, and R would run it: "${because}"`,
      because,
      settle: 'confirm that it does not hold, do them by hand, or leave them out',
    };
  });
}

function paragraphsIn(blocks: readonly Block[], depth = 0): Paragraph[] {
  return blocks.flatMap(block => {
    if (block.kind === 'paragraph') return [block];
    return block.kind === 'quote' && depth < DEPTH_MAX ? paragraphsIn(block.blocks, depth + 1) : [];
  });
}

const DEPTH_MAX = 5;
const SHOWN_MAX = 120;
const NO_LONGER = topicPattern('no-longer');
const BARS = phrase`\<${'not-back'}(?:\s+\p{L}+){0,2}?\s+(?:${'back'}|${'way-back'}|${'undo'})\>|\<(?:${'back'}|${'way-back'})(?:\s+\p{L}+){0,2}?\s+${'not-back'}\>`;
const CASE = phrase`(?:^|[,;:–—]\s+)\W*(?:${'condition'}|${'when'}|${'once-done'}|${'after'}|${'later-only'})\>|\s(?:${'if'}|${'when'})\s`;

/** The sentence without its condition: what does "not go back to normal" there bars nothing. */
function ordersOf(sentence: string): string {
  const comma = sentence.search(/[,:;–—]\s/);
  if (FIRST.test(sentence)) return comma === -1 ? '' : sentence.slice(comma);
  const last = LAST.exec(sentence)?.index;
  return last === undefined ? sentence : sentence.slice(0, last);
}

const FIRST = phrase`^\W*(?:${'condition'}|${'if'}|${'when'}|${'once-done'}|${'after'}|${'later-only'})\>`;
const LAST = phrase`\s(?:${'condition'}|${'if'}|${'when'})\>`;

function changes(step: Step): boolean {
  return isRun(step) && !commandsOf(step).every(({text}) => readsOnly(text));
}

/** "| After 3.3.4 | Restore, below |": commands below the choice, which belong to one of its ways. */
function behindChoices({steps}: Plan, lines: LineIndex): FoundDoubt[] {
  const isBare = bareChoice(steps);
  return [...lines.byId.values()].flatMap(section => {
    if (section.use !== 'rollback') return [];
    let choice: Step | undefined;
    const inside = new Set<string>();
    return lines.stepsIn(section.id).flatMap((step): FoundDoubt | [] => {
      if (isBare(step)) {
        choice = step;
        for (const arm of step.action.kind === 'choice' ? step.action.arms : [])
          for (const id of arm.steps) inside.add(id);
        return [];
      }
      if (choice === undefined || step.arm !== undefined || inside.has(step.id) || !changes(step)) return [];
      return {
        code: 'rollback-assumed',
        line: step.line,
        steps: [step.id],
        message: `line ${step.line} stands behind the choice of line ${choice.line} and may belong to one of its ways only: R would run it after each`,
        because: step.title.slice(0, SHOWN_MAX),
        settle: 'write it into its way, do it by hand, leave it out, or say that it is always done',
      };
    });
  });
}

/** Whether a step is a choice of which one way has no commands of its own. */
function bareChoice(steps: readonly Step[]): (step: Step) => boolean {
  const kinds = new Map(steps.map(({id, action}) => [id, action.kind]));
  return ({action}) =>
    action.kind === 'choice' &&
    action.arms.some(arm => !arm.steps.some(id => (kinds.get(id) ?? 'manual') !== 'manual'));
}
