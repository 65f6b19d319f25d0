/** Doubts about bold labels in the work, or in the way back, that are ways to do one thing: announced, lettered, or one the opposite of another. */
import {traitsOf} from '../../action-traits.ts';
import {plainText} from '../../document/inline.ts';
import {outsideCode} from '../../document/source-lines.ts';
import {isDone} from '../../doubt.ts';
import type {Plan, Step} from '../../plan.ts';
import {isOptionTitle, rowOfLabel} from '../../words/variant-titles.ts';
import {phrase} from '../../words/vocabulary.ts';
import {areOpposite} from '../../words/way-titles.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';

type Label = {line: number; text: string; end: number};

/** The steps below each label wait; those of a label without steps are the next ones. */
export function announcedWayDoubts({sections, steps, source}: Plan, {nearest}: LineIndex): FoundDoubt[] {
  const bySection = Map.groupBy(steps, ({section}) => section);
  return sections.flatMap(({id, line, use}, index) => {
    const own = bySection.get(id) ?? [];
    if (!isDone(use) || !own.some(({action}) => traitsOf(action).by === 'engine' || action.kind === 'manual'))
      return [];
    const end = Math.min((sections[index + 1]?.line ?? source.length + 1) - 1, line + SECTION_LINES_MAX);
    const labels = labelsIn(source, line + 1, end);
    const named = waysAmong(labels, source, line);
    const ways = named.length > 0 ? named : listedWays(source, line + 1, end);
    const open = named.length > 0 ? named : ways.filter(way => isUnasked(way, own));
    return open.map(way => ({
      code: use === 'rollback' ? ('rollback-assumed' as const) : ('alternatives-assumed' as const),
      line: way.line,
      section: id,
      steps: stepsBelow(way, own, nearest(id, way.line)),
      message: `"${way.text.slice(0, SHOWN_MAX)}" may be one of ${ways.length} ways, of which only one is done`,
      because: ways.map(({text}) => text.slice(0, SHOWN_MAX)).join(' · '),
      settle: 'leave out the ways that are not taken, or say that all are done',
    }));
  });
}

const SECTION_LINES_MAX = 200;
const SHOWN_MAX = 60;

function stepsBelow({line, end}: Label, own: readonly Step[], next: Step | undefined): string[] {
  const below = own.filter(step => step.line <= end && step.endLine >= line && !isAskedBefore(step));
  return (below.length > 0 ? below : next === undefined ? [] : [next]).map(({id}) => id);
}

/** Lines that begin with bold or slanted words and nothing else before them, outside of code. */
function labelsIn(source: readonly string[], from: number, to: number): Label[] {
  const found = [...outsideCode(source, from, to)].flatMap(({line, text}) => {
    const label = LABEL.exec(text)?.[1];
    return label === undefined ? [] : [{line, text: plainText(label).replace(/[\s:：.]+$/, '')}];
  });
  return found.map((label, index) => ({
    ...label,
    end: endOf(label.line, (found[index + 1]?.line ?? to + 1) - 1, source),
  }));
}

/** Inside an item, a way ends with the item. */
function endOf(line: number, to: number, source: readonly string[]): number {
  const indent = /^\s*/.exec(source[line - 1] ?? '')?.[0].length ?? 0;
  for (let at = line + 1; at <= to; at += 1) {
    const item = /^(\s*)(?:[-*+]|\d+[.)])\s/.exec(source[at - 1] ?? '')?.[1];
    if (item !== undefined && item.length < indent) return at - 1;
  }
  return to;
}

/** "**Mirror worked** - the normal case", "*By hand (no licence):*". */
const LABEL =
  /^\s*(?:\*\*|__|\*|_)(?=[^\s*_])([^*_]{2,120}?)(?:\*\*|__|\*|_)(?:\s*[:：–—-].*|\s*\([^()]*\).*|\s+\S.*|\s*)$/;

/** The items below "Then one of these:", up to the end of their list. */
function listedWays(source: readonly string[], from: number, to: number): Label[] {
  for (let line = from; line < to; line += 1) {
    const text = source[line - 1] ?? '';
    if (ITEM.test(text) || !ANNOUNCES.test(plainText(text))) continue;
    const first = (source[line] ?? '').trim() === '' ? line + 2 : line + 1;
    const items = itemsFrom(first, to, source);
    if (items.length > 1) return items;
  }
  return [];
}

function itemsFrom(first: number, to: number, source: readonly string[]): Label[] {
  const indent = ITEM.exec(source[first - 1] ?? '')?.[1]?.length;
  const found: Label[] = [];
  for (let line = first; indent !== undefined && line <= to; line += 1) {
    const raw = source[line - 1] ?? '';
    const [, before, text] = ITEM.exec(raw) ?? [];
    const ends = raw.trim() !== '' && raw.search(/\S/) <= indent && (before?.length !== indent || text === undefined);
    if (ends) break;
    const last = found.at(-1);
    if (before?.length === indent && text !== undefined) {
      found.push({line, text: plainText(text).replace(/[\s:：.]+$/, ''), end: line});
    } else if (last !== undefined) last.end = line;
  }
  return found;
}

const ITEM = /^(\s*)(?:[-*+]|\d+[.)]|[A-Da-d][.)])\s+(?:\[[ xX]\]\s+)?(\S.*)$/;

function isUnasked({line, end}: Label, own: readonly Step[]): boolean {
  return own.some(
    step => step.action.kind !== 'choice' && step.line <= end && step.endLine >= line && !isAskedBefore(step),
  );
}

function waysAmong(labels: readonly Label[], source: readonly string[], title: number): readonly Label[] {
  if (labels.length < 2) return [];
  const lettered = labels.filter(({text}) => isOptionTitle(text) || LETTERED.test(text));
  if (new Set(lettered.map(({text}) => text)).size > 1 && isSameWord(lettered)) return lettered;
  const [first] = labels;
  const above = source.slice(Math.max(title, (first?.line ?? 0) - LINES_ABOVE_MAX), (first?.line ?? 1) - 1).join(' ');
  if (ANNOUNCES.test(plainText(above))) return labels;
  const opposite = labels.filter(one => labels.some(other => areOpposite(one.text, other.text)));
  if (opposite.length > 1) return opposite;
  const ordinary = labels.some(({line}) => USUAL.test(plainText(source[line - 1] ?? '')));
  if (ordinary) return labels;
  const byRow = Map.groupBy(labels, ({text}) =>
    MANNER.test(text) ? 'manner' : rowOfLabel(text.replace(/\s*\(.*$/, '')),
  );
  return [...byRow].find(([row, all]) => row !== undefined && new Set(all.map(({text}) => text)).size > 1)?.[1] ?? [];
}

const LINES_ABOVE_MAX = 4;
const ANNOUNCES = phrase`(?:^|[.!?:;,–—]\s+)\W*(?:${'and-then'}\s+)?(?:${'announces-ways'})\>`;
/** "Vaihtoehto A – …": a word of any language, but no part of the work. */
const LETTERED = phrase`^(?!${'part'}\>)\p{L}{4,}\s+(?:[A-D]|I{1,3})(?!\p{L})`;
const USUAL = phrase`\<${'usual-way'}\>`;
const MANNER = phrase`^\W*(?:${'by-hand-or-tool'}|${'degree'})\>`;

/** Ways begin with the same word: "Variant A", "Variant B". */
function isSameWord(labels: readonly Label[]): boolean {
  return new Set(labels.map(({text}) => text.toLowerCase().split(/\s/)[0])).size === 1;
}
