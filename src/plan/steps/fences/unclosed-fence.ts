/** How much of a fence that nobody closed is certainly its content. */
import type {TextLine} from '../../document/blocks.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import type {FenceContent} from './fence-language.ts';
import {looksLikeSql} from './sql-text.ts';

/**
 * Where a block that nobody closed ends, nobody can say: what stands in it from the first line on that may be running
 * text is for a person.
 */
export function upToRunningText(content: FenceContent): FenceContent {
  if (content.kind === 'sql')
    return looksLikeSql(content.body) && content.body.every(isNoProse) ? content : {kind: 'text'};
  if (content.kind !== 'shell' && content.kind !== 'settings') return content;
  const from = content.lines.findIndex(line => line.kind === 'command' && !isSurelyCommand(line.text));
  if (from === -1) return content;
  const broken = 'in a code block that is never closed';
  const lines = content.lines.map((line, index) =>
    line.kind === 'command' && index >= from ? {...line, broken: line.broken ?? broken} : line,
  );
  return {...content, lines};
}

function isSurelyCommand(text: string): boolean {
  return looksLikeCommand(text) || /^(?:[A-Za-z_]\w*=|[({]\s)/.test(text);
}

/** A sentence begins with a capital and goes on with small words. */
function isNoProse({text}: TextLine): boolean {
  return /^\s*--/.test(text) || !/^\s*[A-Z][a-z']+,?\s+[a-z]+\s+[a-z]+/.test(text);
}
