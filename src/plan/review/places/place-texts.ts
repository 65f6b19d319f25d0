/** Finds the texts around the commands of a step that may say where they run. */
import {plainText} from '../../document/inline.ts';
import {isFence, outsideCode} from '../../document/source-lines.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {rowAt} from '../../steps/tables/row-at.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {LineIndex} from '../found-doubt.ts';
import {type Leads, linesBelow} from '../lines-above.ts';

/** `isTitle`: the title of the document. `isNear`: the step itself, or directly above it. `isBelow`: behind its commands. `isRest`: of the sentence around them. */
export type Text = {
  line: number;
  text: string;
  isTitle?: boolean;
  isNear?: boolean;
  isBelow?: boolean;
  isRest?: boolean;
};

/** The texts that lead to the step, the nearest first: its own, those above it, the items and labels around it. */
export function textsOf(step: Step, source: readonly string[], leadsOf: Leads): Text[] {
  const row = rowTexts(step, source);
  if (row !== undefined) return row;
  const leads = leadsOf(step).map(({line, text}) => ({line, text, isNear: true}));
  const around = linesAround(step, source).map(line => ({line, text: bare(source[line - 1] ?? '')}));
  const known = new Set(leads.map(({line}) => line));
  return [...leads, ...around.filter(({line}) => !known.has(line))].toSorted((a, b) => b.line - a.line);
}

/** "This is done on db01", directly below the commands. With code of its own or below it, it is about that. */
export function textBelow(step: Step, plan: Plan, lines: LineIndex): Text[] {
  const {source} = plan;
  const hasCode = (line: number) => {
    const next = source.slice(line, line + 2).find(text => text.trim() !== '') ?? '';
    return (source[line - 1] ?? '').includes('`') || /^\s*(?:`{3}|~{3}|[-*+]\s|\d+[.)]\s)/.test(next);
  };
  const rest = restBelow(step, source);
  if (rest !== undefined) return [rest];
  return linesBelow(step, plan, lines)
    .filter(({line}) => !hasCode(line))
    .map(({line, text}) => ({line, text, isBelow: true}));
}

/** "run on db02, then …": in lower case below its block, the sentence goes on with the place of the block. */
function restBelow(step: Step, source: readonly string[]): Text | undefined {
  const last = Math.max(0, ...commandsOf(step).map(({line}) => line));
  if (last === 0 || /`/.test(source[last - 1] ?? '')) return undefined;
  const below = source.slice(last, last + BELOW_MAX).findIndex(text => text.trim() !== '' && !isFence(text));
  if (below === -1) return undefined;
  const line = last + below + 1;
  const text = REST.exec(source[line - 1] ?? '')?.[1];
  if (text === undefined || NEXT.test(text)) return undefined;
  return {line, text, isBelow: true, isRest: true};
}

const BELOW_MAX = 3;
const REST = /^\s*(\p{Ll}[^`:,;.(]*)(?:[,;.(]|$)/u;
const NEXT = phrase`^\s*(?:${'and-then'})\>`;

/** Without its code, but an item that is only code may be the name of a host: "- `db-1`". */
function bare(raw: string): string {
  const only = ONLY_CODE.exec(raw)?.[1];
  if (only !== undefined) return only;
  return plainText(raw.replaceAll(/`[^`]*`/g, ' ').replace(/^[\s>]*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?/, ''));
}

const ONLY_CODE = /^\s*(?:[-*+]|\d+[.)])\s+(?:\*\*)?`([\w.-]+)`(?:\*\*)?\s*:?\s*$/;

/** The items around an item, and the line above their list. */
function linesAround(step: Step, source: readonly string[]): number[] {
  const found: number[] = [];
  let indent = indentOf(source[step.line - 1]);
  for (const {line, text} of outsideCode(source, step.line - 1, Math.max(1, step.line - LINES_MAX), -1)) {
    if (indent < 0 || /^\s*(?:#{1,6}\s|\|)/.test(text)) break;
    if (indentOf(text) < indent) {
      found.push(line);
      indent = indentOf(text);
    }
  }
  return found;
}

const LINES_MAX = 79;

/** -1 where no item begins at the margin, so that the line above a list stands around its items. */
function indentOf(text = ''): number {
  const indent = text.length - text.trimStart().length;
  return indent > 0 || /^(?:[-*+]|\d+[.)])\s/.test(text) ? indent : -1;
}

/** Of the row of a table: its title, and the cells of columns that nobody knows. A column of places is read. */
function rowTexts({line, title}: Step, source: readonly string[]): Text[] | undefined {
  const row = rowAt(line, source);
  if (row === undefined) return undefined;
  const {heads, cells} = row;
  if (heads.some(({kinds}, index) => kinds.includes('place') && /\p{L}/u.test(cells[index] ?? ''))) return [];
  const others = heads.flatMap(({head, kinds}, index) => {
    const cell = cells[index] ?? '';
    if (/`/.test(cell)) return [{line, text: bare(cell)}];
    return kinds.every(kind => kind === 'target') ? [head, plainText(cell)].map(text => ({line, text})) : [];
  });
  return [{line, text: title, isNear: true}, ...others];
}
