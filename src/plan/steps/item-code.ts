/** Makes steps of the code blocks of an item, and of what the text behind them asks of a person. */
import {compact} from '../../text/compact.ts';
import type {Block} from '../document/blocks.ts';
import {readEmbedded} from '../document/embedded.ts';
import {plainText} from '../document/inline.ts';
import {hasBlank} from '../phrases/blanks.ts';
import {readMarks} from '../phrases/marks.ts';
import {orderOfText} from '../words/orders.ts';
import {atPlace, backFromPlace} from './code/where.ts';
import {partsFound} from './code-blocks.ts';
import {type Found, goOn, type ItemPart, type Reader, readInOrder, type Setting, thenRead, withWhere} from './found.ts';
import {placeOfItem} from './item-shapes.ts';
import {manualStep, type Subject, subjectAt, withoutHints} from './make-steps.ts';
import {checklistIn} from './procedures.ts';

/** "5. Test it from outside" runs on this machine, whatever login holds. A login inside the code blocks stays in effect. */
export function codeAtPlace(part: ItemPart, own: Setting, subject: Subject, around: Setting, reader: Reader): Found {
  const there = placeOfItem(part.item, own.where.names);
  if (there?.here !== true) return codeFound(part, own, subject, around, reader);
  const found = codeFound(part, withWhere(own, atPlace(own.where, there)), subject, around, reader);
  const {where} = found.setting;
  return where.login === undefined
    ? {...found, setting: withWhere(found.setting, backFromPlace(where, own.where))}
    : found;
}

function codeFound(part: ItemPart, own: Setting, subject: Subject, around: Setting, reader: Reader): Found {
  const inside = part.codeBlocks.map(codeBlock => ({codeBlock, checklist: checklistIn(codeBlock, subject.title)}));
  const codeBlocks = inside.flatMap(({codeBlock, checklist}) => (checklist === undefined ? [codeBlock] : []));
  const blocks = inside.flatMap(({checklist}) => (checklist === undefined ? [] : readEmbedded(checklist)));
  const parts = [...codeBlocks, ...ordersBehind(part, subject)].toSorted((a, b) => a.line - b.line);
  const asked = new Set(parts.flatMap(one => ('order' in one ? one.texts : [])));
  const rest = {...subject, instructions: subject.instructions.filter(text => !asked.has(text))};
  const lastBlock = codeBlocks.at(-1);
  const named = codeBlocks.length === 0 ? manualStep(own, subject) : {things: [], setting: own};
  const read = thenRead(named, after =>
    readInOrder(blocks, goOn(around, after), (block, here) =>
      block.kind === 'list' ? reader.items(block.items, here) : reader.blocks([block], here),
    ),
  );
  return thenRead(read, after =>
    readInOrder(parts, goOn(own, after), (one, here, index) => {
      const boxes = index === parts.length - 1 ? subject.boxes : [];
      if ('order' in one) return manualStep(withoutHints(here), {...one.order, boxes}, one.instructions);
      const line = index === 0 ? subject.line : one.line;
      return partsFound(here, {...rest, line, boxes, expectations: one === lastBlock ? subject.expectations : []}, one);
    }),
  );
}

/** A paragraph behind commands that asks a person for something. `texts`: its lines. */
type Order = {line: number; order: Subject; instructions: readonly string[]; texts: readonly string[]};

/** "Wait until it answers to ping again." below the code of an item comes after that code has run. */
function ordersBehind({item, codeBlocks}: ItemPart, {marks: {condition, scope}, expectations}: Subject): Order[] {
  const first = codeBlocks[0]?.line ?? Number.POSITIVE_INFINITY;
  return item.blocks.flatMap((block, index): Order[] => {
    if (block.kind !== 'paragraph' || block.line < first) return [];
    if (block.lines.some(({line}) => expectations.some(one => one.line === line))) return [];
    const texts = block.lines.map(({text}) => plainText(text));
    const text = texts.join(' ');
    const title = orderOfText(text, LED.has(item.blocks[index + 1]?.kind));
    // A blank is a step of its own.
    if (title === undefined || hasBlank(text)) return [];
    const order = subjectAt(title, block.line, block.endLine);
    const marks = {...compact({condition, scope}), ...readMarks(text)};
    const others = text.replace(title, '').trim();
    return [{line: block.line, order: {...order, marks}, instructions: others === '' ? [] : [others], texts}];
  });
}

const LED: ReadonlySet<Block['kind'] | undefined> = new Set(['code-block', 'list', 'table'] as const);
