/** Reads from a heading and the lines below it who does it, when and whether. */
import {compact} from '../../text/compact.ts';
import type {Block, TextLine} from '../document/blocks.ts';
import {readInline} from '../document/inline.ts';
import {readMarks} from '../phrases/marks.ts';
import {readDuration} from '../phrases/quantity.ts';
import type {Marks, Section, SectionRole} from '../plan.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';

/** The marks of a section: from its heading, then from `**Duration:**` and `**Owner:**` directly below it. */
export function marksOf(
  run: {title: string; blocks: readonly Block[]},
  role: SectionRole,
  parent: Section | undefined,
): Omit<Marks, 'gate' | 'waitMs'> {
  const {owner, scope, at, condition} = readMarks(run.title);
  const keys = keysIn(run.blocks);
  const named = owner ?? keys.owner ?? parent?.owner;
  const where = scope ?? parent?.scope;
  // "Rollback (if needed)" says when the rollback is used, not that its steps may be skipped.
  const whether = role === 'rollback' && parent?.role !== 'rollback' ? undefined : (condition ?? parent?.condition);
  return compact({
    estimate: keys.estimate === undefined || /^(?:monitor|validate|criteria)$/.test(role) ? undefined : keys.estimate,
    owner: named,
    scope: where,
    at,
    condition: whether,
  });
}

const BLOCKS_MAX = 3;
const DURATION = phrase`\<^${'duration'}$\>`;
const OWNER = topicPattern('owner');

/** The key of a line that only says who or how long. */
export function sectionKey(text: string): 'duration' | 'owner' | undefined {
  const {lead, rest} = readInline(text);
  const key = lead ?? /^([^:]{2,30}):\s+\S/.exec(text)?.[1];
  if (key === undefined || rest === '') return undefined;
  if (DURATION.test(key)) return 'duration';
  return OWNER.test(key) && key.split(/\s+/).length <= 2 && lead !== undefined ? 'owner' : undefined;
}

function keysIn(blocks: readonly Block[]): Pick<Marks, 'owner' | 'estimate'> {
  const found: Pick<Marks, 'owner' | 'estimate'> = {};
  for (const {text} of blocks.slice(0, BLOCKS_MAX).flatMap(linesOf)) {
    const key = sectionKey(text);
    const {rest} = readInline(text);
    const value = rest.replace(/^[^:]*:\s*(?=\S)/, match => (readInline(text).lead === undefined ? '' : match));
    if (key === 'duration') {
      const span = readDuration(value);
      if (span !== undefined) found.estimate ??= span;
    } else if (key === 'owner' && !/_{3}/.test(text)) found.owner ??= value;
  }
  return found;
}

function linesOf(block: Block): readonly TextLine[] {
  if (block.kind === 'paragraph') return block.lines;
  return block.kind === 'list' ? block.items.filter(item => item.ticked === undefined).flatMap(item => item.text) : [];
}
