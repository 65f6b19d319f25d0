/** Reads baseline and expected values from a listing or a table. */
import type {Block, CodeBlock} from '../document/blocks.ts';
import type {ReferenceValue} from '../plan.ts';
import {normaliseMetric} from './metric.ts';
import {readQuantity} from './quantity.ts';

type Kind = ReferenceValue['kind'];

/** The values of a "Baseline … Expected …" listing in a code block without commands. */
export function referencesIn(codeBlock: CodeBlock): ReferenceValue[] {
  let kind: Kind | undefined;
  const found: ReferenceValue[] = [];
  for (const {line, text} of codeBlock.body) {
    const bare = text.replace(/^[\s│├└─┬╰|*•+-]+/u, '').trim();
    const head = kindOf(bare);
    if (head !== undefined && /:\s*$/.test(bare)) kind = head;
    else if (kind !== undefined) found.push(...valueIn(bare, line, kind));
  }
  return found;
}

/** The values in the "Baseline" and "Expected" columns of a table. */
export function referencesInTable(table: Extract<Block, {kind: 'table'}>): ReferenceValue[] {
  const [head, ...rows] = table.rows;
  const kinds = head?.cells.map(kindOf) ?? [];
  if (kinds.every(kind => kind === undefined)) return [];
  return rows.flatMap(({line, cells}) =>
    cells.flatMap((cell, index) => {
      const kind = kinds[index];
      // A bound ("< 500 ms") is a rule, not a value that was measured or is hoped for.
      return kind === undefined || index === 0 || /^[<>≤≥]/.test(cell)
        ? []
        : valueIn(`${cells[0]}: ${cell}`, line, kind);
    }),
  );
}

function kindOf(text: string): Kind | undefined {
  if (/^(?:baseline|before|current)\b/i.test(text)) return 'baseline';
  return /^(?:expected|after|target|goal)\b/i.test(text) ? 'expected' : undefined;
}

function valueIn(text: string, line: number, kind: Kind): ReferenceValue[] {
  const colon = text.indexOf(':');
  if (colon < 1) return [];
  const quantity = readQuantity(text.slice(colon + 1));
  return quantity === undefined ? [] : [{metric: normaliseMetric(text.slice(0, colon)), kind, ...quantity, line}];
}
