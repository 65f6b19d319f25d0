/** Doubts about lines in code blocks that were taken for something shown: they may be typed in another console. */
import {type Block, type CodeBlock, type TextLine, textOfLines} from '../document/blocks.ts';
import {isDone} from '../doubt.ts';
import {commandsOf, type Plan, requestsOf} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import {warningIn} from '../words/warning-words.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';

// A block without a language is either output, or commands of a console that nobody here knows ("F JES2,HOLD"). The
// document tells them apart: output stands directly below the commands that print it, or is announced.

/** One for each run of such lines. `asked`: lines about which something is asked already. */
export function shownBlockDoubts(
  plan: Plan,
  blocks: readonly Block[],
  lines: LineIndex,
  asked: ReadonlySet<number>,
): FoundDoubt[] {
  const notes = new Set(plan.notes);
  const typed = new Set(plan.steps.flatMap(step => [...commandsOf(step), ...requestsOf(step)].map(({line}) => line)));
  return shownIn(blocks).flatMap(({block, lead}): FoundDoubt[] => {
    const section = lines.sectionAt(block.line);
    if (section === undefined || !isDone(section.use)) return [];
    if (isAnnounced(textOfLines(lead)) || isAnnounced(section.title)) return [];
    // Directly below commands stands what they print.
    if (lead.some(({line}) => typed.has(line))) return [];
    const isShown = ({line, text}: TextLine) =>
      notes.has(line) && !asked.has(line) && lines.stepsAt(line).length === 0 && MAY_BE_TYPED.test(text);
    return runsOf(block.body.filter(isShown)).map(([first, last]) => {
      const next = lines.waiting(section.id, first.line);
      const which = first.line === last.line ? `line ${first.line} is` : `lines ${first.line} to ${last.line} are`;
      return {
        code: 'output-assumed',
        line: first.line,
        section: section.id,
        steps: next === undefined ? [] : [next.id],
        message: `${which} taken for something shown, in a block that names no language: ${first.text.trim().slice(0, 80)}`,
        because: first.text.trim().slice(0, 80),
        settle: 'do it by hand, if it is typed somewhere, or leave it out',
        proposed: 'it is shown, not typed',
      };
    });
  });
}

/** `lead`: the lines directly above it, of a paragraph, an item or another block. */
type Shown = {block: CodeBlock; lead: readonly TextLine[]};

function shownIn(blocks: readonly Block[], around: readonly TextLine[] = []): Shown[] {
  return blocks.flatMap((block, index): Shown[] => {
    const before = blocks[index - 1];
    if (block.kind === 'quote') return shownIn(block.blocks);
    if (block.kind === 'list') return block.items.flatMap(item => shownIn(item.blocks, item.text));
    if (block.kind !== 'code-block' || block.info !== '' || block.indented) return [];
    if (block.body.some(({text}) => DRAWN.test(text))) return [];
    return [{block, lead: before === undefined ? around : textOf(before)}];
  });
}

function textOf(block: Block): readonly TextLine[] {
  if (block.kind === 'paragraph') return block.lines;
  if (block.kind === 'code-block') return block.body;
  return block.kind === 'heading' ? [{line: block.line, text: block.text}] : [];
}

/** Lines that stand directly below each other, by their first and last. */
function runsOf(found: readonly TextLine[]): [TextLine, TextLine][] {
  const runs: [TextLine, TextLine][] = [];
  for (const one of found) {
    const last = runs.at(-1);
    if (last !== undefined && last[1].line === one.line - 1) last[1] = one;
    else runs.push([one, one]);
  }
  return runs;
}

/** "Expected output:", "The panel should show:", "Example:", "Message to the shops:". "This must be typed:" is none. */
function isAnnounced(text: string): boolean {
  return ANNOUNCED.test(text.replace(/[^\p{L}\p{N})]+$/u, '')) || warningIn(text)?.kind === 'shown';
}

const ANNOUNCED = phrase`(?:^(?:\W*\p{L}+\s+)?\W*(?:${'expected'}|${'expected-what'})(?:\s+${'expected-what'})?$|^\W*${'expected'}\>|\<${'should'}\>.{0,40}\<(?:${'show'}|${'show-last'})$|\<(?:${'shows'}|${'answers'})$|${'as-example'}|\<${'message'}\>(?:\s+\S+){0,3}$)`;

/** Data and marks begin with a sign. */
const MAY_BE_TYPED = /^(?!\s*[{}[\]<>"|+#=-]).*\p{L}/u;
const DRAWN = /[─-╿▲▼◄►←-↓⇒]/;
