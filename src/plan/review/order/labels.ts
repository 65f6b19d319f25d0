/** Finds the labels of the parts of a document ("Part D", "B.4.1", "3."), and where its sentences name them. */
import {matchesOf} from '../../../text/matches.ts';
import {memoizeObject} from '../../../text/memoize.ts';
import {plainText} from '../../document/inline.ts';
import {outsideCode} from '../../document/source-lines.ts';
import type {Plan, Section} from '../../plan.ts';
import {everyPhrase, phrase} from '../../words/vocabulary.ts';

/** A part with a label: an item up to the next label beside it, or a `section`. */
export type Label = {name: string; line: number; endLine: number; section?: Section};

/** `words`: how the label is named in the sentence `text`; `before`: the sentence up to there. */
export type Reference = {line: number; text: string; words: string; before: string; label: Label};

export function referencesIn(
  plan: Plan,
  texts: readonly {line: number; text: string}[],
  isForeign: boolean,
): Reference[] {
  const labels = labelsIn(plan);
  if (labels.size === 0) return [];
  return texts.flatMap(({line, text}) =>
    plainText(text.slice(0, TEXT_LENGTH_MAX))
      .split(SENTENCES)
      .flatMap(sentence => namedIn(sentence, line, labels, isForeign)),
  );
}

const TEXT_LENGTH_MAX = 1000;
/** A dot behind a figure or a single letter belongs to a label. */
const SENTENCES = /(?<=[^\d.]\S[.!?])\s+|;\s+/u;

/** `isForeign`: no words of that language are known, so that the number of a section is enough. */
function namedIn(sentence: string, line: number, labels: ReadonlyMap<string, Label>, isForeign: boolean): Reference[] {
  const found: Reference[] = [];
  const add = (words: string, name: string, at: number): void => {
    const label = labels.get(name.toLowerCase());
    if (label === undefined || (line >= label.line && line <= label.endLine)) return;
    if (found.some(one => one.label === label)) return;
    found.push({line, text: sentence, words, before: sentence.slice(0, at), label});
  };
  for (const {0: words, 1: name = '', index} of NUMBERED.all(sentence))
    if (/^[A-Z\d]/.test(name)) add(words, name, index);
  for (const {0: words, index} of matchesOf(sentence, CODED)) if (index > 0) add(words, words, index);
  for (const {0: words, index} of matchesOf(sentence, DOTTED))
    if (POINTS.test(sentence.slice(0, index)) || (isForeign && labels.get(words)?.section !== undefined))
      add(words, words, index);
  return found;
}

/** "Part D", "step 3", "§ 6". */
const NUMBERED = everyPhrase`(?:\<(?:${'chapter'}|${'part'})\.?\s+|§\s*)(\d+(?:\.\d+)*[a-z]?|[A-Z](?:\.\d+)*)(?![\p{L}\d]|\.\d)`;
/** "B.4.1", "U3", "R-2". */
const CODED = /(?<![\p{L}\d._/@-])(?:[A-Z]{1,3}[.-]?\d+(?:\.\d+)*|[A-Z](?:\.\d+)+)(?![\p{L}\d_/@-]|\.\d)/gu;
/** "1.2" may be a version, unless words point at it: "as in 1.2". */
const DOTTED = /(?<![\w.])\d+(?:\.\d+)+[a-z]?(?!\w|\.\w)/g;
const POINTS = phrase`\<(?:${'redirects'}|${'chapter'}|${'and'})\s+$`;

/** By their names in lower case. Of two with one name, neither is known. */
function labelsIn(plan: Plan): ReadonlyMap<string, Label> {
  const named = Map.groupBy(allLabels(plan), ({name}) => name);
  return new Map([...named].flatMap(([name, [label, other]]) => (label && !other ? [[name, label]] : [])));
}

/** All, also of those that have the same name: lists that begin with 1 again. */
export const allLabels = memoizeObject(readLabels);

function readLabels({source, sections}: Plan): readonly Label[] {
  const found: Label[] = [];
  const add = (label: Label): void => void found.push(label);
  for (const [index, section] of sections.entries()) {
    const name = TITLE.exec(section.title)?.[1]?.toLowerCase();
    const next = sections.slice(index + 1, index + SECTIONS_MAX).find(({depth}) => depth <= section.depth);
    if (name !== undefined) add({name, line: section.line, endLine: (next?.line ?? source.length + 1) - 1, section});
  }
  const rows: Label[] = [];
  let open: Label[] = [];
  for (const {line, text} of outsideCode(source)) {
    const row = NUMBERED_ROW.exec(text)?.[1];
    if (row !== undefined) {
      rows.push({name: row, line, endLine: line});
      continue;
    }
    const names = itemLabels(text);
    // A title, or a paragraph at the margin, is in no item.
    const ends = /^#{1,6}\s/.test(text) || (/^[^\s`~]/.test(text) && source[line - 2]?.trim() === '');
    if (names.length === 0 && !ends) continue;
    // "B.4" holds "B.4.1", and ends where "B.5" begins.
    const isInside = ({name}: Label) => names.some(one => one.startsWith(`${name}.`));
    for (const label of open) if (!isInside(label)) label.endLine = line - 1;
    open = open.filter(isInside);
    for (const name of names) {
      const label = {name, line, endLine: source.length};
      add(label);
      open.push(label);
    }
  }
  // "Row 4" is the fourth of a table where nothing else bears that number.
  const names = new Set(found.map(({name}) => name));
  return [...found, ...rows.filter(({name}) => !names.has(name))];
}

const SECTIONS_MAX = 200;
/** "Part D. Restoration", "7 Back out", "C) Checks". */
const TITLE = phrase`^(?:(?:${'chapter'}|${'part'})\s+)?(\d+(?:\.\d+)*[a-z]?|[A-Z](?:\d+|(?:\.\d+)+)?)(?:[.):]|\s*[–—-]|\s|$)`;

/** "- B.4.1 On the gateway", "3. Drain", "1. **U3** Load", "| U3 | Load |". */
function itemLabels(text: string): string[] {
  return [CODED_ITEM.exec(text)?.[1], NUMBERED_ITEM.exec(text)?.[1]].flatMap(name => name?.toLowerCase() ?? []);
}

const CODED_ITEM =
  /^\s*(?:(?:[-*+|]|\d+[.)])\s+)?(?:\[[ xX]\]\s+)?(?:\*\*|__)?([A-Z]{1,3}[.-]?\d+(?:\.\d+)*|[A-Z](?:\.\d+)+|\d+(?:\.\d+)+[a-z]?|\d+[a-z](?=[.):]))(?:[.):]|\*\*|__|\s)/;
const NUMBERED_ROW = /^\s*\|\s*(\d{1,3})\.?\s*\|/;
const NUMBERED_ITEM = /^\s*(\d+)[.)]\s/;
