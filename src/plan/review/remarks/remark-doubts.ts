/** Doubts about remarks at commands which would change whether, when, where or by whom they are run, and which nothing was read from. */
import type {Block} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {withSectionsAround} from '../../outline/sections-around.ts';
import {hostNamesIn} from '../../phrases/host-mentions.ts';
import {readCondition} from '../../phrases/marks.ts';
import {commandsOf, type Plan, type Section, type Step} from '../../plan.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedItself} from '../lead-ins.ts';
import {remarksOf} from './remarks-at.ts';
import {namesThem, type Remark, restricts, saysElsewhere} from './restricting.ts';

// The other checks know a place in the document and the words that mean something there. This one comes last, and asks of
// each step that would run without a question whether anything beside it, in whatever place, holds it back.

/** Whether a question of that kind holds the step, or one that shows this text. */
type Holds = (step: Step, text: string, line: number) => boolean;

/** `isHeld`: by a question about more than its place. `isPlaced`: by one about place or user. */
export function remarkDoubts(
  plan: Plan,
  blocks: readonly Block[],
  lines: LineIndex,
  {isHeld, isPlaced}: {isHeld: Holds; isPlaced: Holds},
): FoundDoubt[] {
  if (lines.isForeign) return [];
  const names = hostNamesIn(plan.source);
  const found = remarksOf(plan, blocks, lines).flatMap(one => {
    const {step, section, remarks} = one;
    const own = remarks.filter(remark => !isReadOtherwise(remark, step, lines));
    const said = isAskedItself(step, section)
      ? undefined
      : own.find(remark => isOpen(remark, section) && restricts(remark));
    // The places of what leads to commands are known to other checks.
    const other = own.find(({text, at}) => at !== 'lead' && at !== 'comment' && saysElsewhere(text, step, names));
    return [
      ...(said === undefined || isHeld(step, said.text, said.line) ? [] : [{step, section: section.id, remark: said}]),
      ...(other === undefined ||
      other === said ||
      isHeld(step, other.text, other.line) ||
      isPlaced(step, other.text, other.line)
        ? []
        : [{step, section: section.id, remark: other}]),
    ];
  });
  const bySentence = Map.groupBy(found, ({remark, section}) => `${remark.line} ${section} ${remark.text}`);
  return [...bySentence.values()].flatMap(all => doubtOf(all, lines) ?? []);
}

type Found = {step: Step; section: string; remark: Remark};

function doubtOf(all: readonly Found[], lines: LineIndex): FoundDoubt | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  const {remark, section} = first;
  const own = [...new Set(all.map(({step}) => step))];
  const at = own.map(({line}) => line).join(', ');
  const shown = plainText(remark.text).slice(0, SHOWN_MAX);
  return {
    code: 'condition-assumed',
    // A section is confirmed by itself: what stands above it is asked in it.
    line: lines.sectionAt(remark.line)?.id === section ? remark.line : (own[0]?.line ?? remark.line),
    section,
    steps: own.map(({id}) => id),
    message: `what line ${at} does would run all the same, though line ${remark.line} says: "${shown}"`,
    because: shown,
    settle: 'confirm that it always runs, once, where it stands, do it by hand, or leave it out',
  };
}

const SHOWN_MAX = 200;

/** Not a title whose marks the plan has. In a rollback, a title tells its ways apart, which are asked about as such. */
function isOpen({at, text}: Remark, section: Section): boolean {
  if (at !== 'title') return true;
  const isMarked = [section.at, section.window, section.owner, section.gate].some(mark => mark !== undefined);
  return !isMarked && (section.use !== 'rollback' || readCondition(text) !== undefined);
}

/** It is judged with the step, or is a step of its own that a person ticks. */
function isReadOtherwise({line, at, text}: Remark, step: Step, lines: LineIndex): boolean {
  if (isCaseOf(text, step, lines)) return true;
  if (step.expectations.some(one => one.line === line && one.readable)) return true;
  const isTicked = ({action, line: own}: Step) =>
    action.kind === 'manual' && (own === line || (own < line && own < step.line && line < step.line));
  return at !== 'title' && !namesThem(text) && lines.stepsAt(line).some(isTicked);
}

/** It is the case that the plan has for the step, its section or one of its commands. */
function isCaseOf(text: string, step: Step, {byId}: LineIndex): boolean {
  const said = plainText(text)
    .toLowerCase()
    .replace(/[\s.:]+$/, '');
  const cases = [step, ...withSectionsAround(step.section, byId), ...commandsOf(step)].map(({condition}) => condition);
  return cases.some(one => one !== undefined && (said.includes(one.toLowerCase()) || one.toLowerCase().includes(said)));
}
