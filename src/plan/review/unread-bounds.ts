/** Doubts about bounds in the document that were read into no rule. */
import {type Block, type Item, textOfLines} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import {readComparisons} from '../phrases/comparison.ts';
import {decisiveSentence, turningBackIn} from '../phrases/consequences.ts';
import {
  decisionIn,
  endsInRollback,
  introducesBounds,
  isNoRollbackReason,
  saysWhenToContinue,
} from '../phrases/decisions.ts';
import {allBoundWordsIn, boundWordsIn, decidingSentence} from '../phrases/thresholds.ts';
import type {Plan, Rule, Section, Step} from '../plan.ts';
import {isKnownLanguage} from '../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';
import {doubtAboutBound, sentenceLeft, unmeasured} from './lost/left-bounds.ts';
import {askedAsRows, cellsLeft} from './lost/one-row.ts';

/** In sections that are judged, and in sections without a role, every figure is a rule or a doubt. */
export function unreadBoundDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const judged = new Set(plan.steps.flatMap(({expectations}) => expectations.map(({line}) => line)));
  const known: Known = {
    rules: Map.groupBy(plan.rules, ({line}) => line),
    stated: statedIn(plan, judged),
    judged,
    isForeign: plan.sections.some(({role}) => role === 'other') && isKnownLanguage(plan.source.join('\n')) === false,
  };
  const read = (group: Group): FoundDoubt[] => {
    const across = group.kind === 'prose' ? decisionAcross(group.texts, known, lines) : undefined;
    if (across !== undefined) return [across];
    const cells = group.texts.flatMap(text => ofText(text, group.kind, known, lines));
    const left = group.kind === 'table' ? cellsLeft(group.texts, known.rules) : [];
    const each =
      group.kind === 'table' ? askedAsRows([...cells, ...left.flatMap(text => ofCell(text, cells, lines))]) : cells;
    const found = each.length > 0 || group.kind !== 'prose' ? each : ofParagraph(group.texts, known, lines);
    const isJudged = found.some(({code}) => code === 'not-read') || group.texts.some(({line}) => known.rules.has(line));
    return group.kind === 'list' && isJudged
      ? [...found, ...group.texts.flatMap(text => besideUnread(text, found, known, lines))]
      : found;
  };
  return [...groupsIn(blocks).flatMap(read), ...plan.sections.flatMap(section => ofTitle(section, known, lines))];
}

/** "Load test: p95 under 800 ms": the title of a section is shown, and measured by nothing. */
function ofTitle(section: Section, {rules, stated}: Known, lines: LineIndex): FoundDoubt[] {
  const {id, line, title, use} = section;
  const next = lines.nearest(id, line);
  if ((use !== 'run' && use !== 'watch') || next === undefined || rules.has(line) || stated.has(line)) return [];
  const bounds = allBoundWordsIn(title);
  // "Stage 2 - 10%" is a name.
  const words = decisiveSentence(title) ?? (/^\d/.test(bounds ?? '') ? undefined : bounds);
  return words === undefined || next.section !== id ? [] : [unmeasured(line, words, section, next)];
}

/** In an unknown language, a figure with a unit may be a bound. */
function figureIn(text: string): string | undefined {
  return readComparisons(text).length > 0 ? text.slice(0, BECAUSE_CHARACTERS_MAX) : FIGURE.exec(text)?.[0];
}

const FIGURE = /(?<![\d.,])\d+(?:[.,]\d+)?\s?(?:%|m?s\b|min\b|[GMT]i?B\b)/;

/** `row`, `column`: the first cell of the row of a cell, and where in the row it stands. */
type Text = {line: number; text: string; row?: string; column?: number};
/** The items of one list, the lines of one paragraph, or the cells of one table. */
type Group = {kind: 'prose' | 'list' | 'table'; texts: readonly Text[]};
/** `stated`: lines whose figure is used somewhere. `judged`: lines with an expectation. */
type Known = {
  rules: ReadonlyMap<number, readonly Rule[]>;
  stated: ReadonlySet<number>;
  judged: ReadonlySet<number>;
  isForeign: boolean;
};

function groupsIn(blocks: readonly Block[]): Group[] {
  return blocks.flatMap((block): Group[] => {
    switch (block.kind) {
      case 'paragraph':
        return [{kind: 'prose', texts: block.lines}];
      case 'quote':
        return groupsIn(block.blocks);
      case 'list':
        return [{kind: 'list', texts: block.items.map(textOf)}, ...block.items.flatMap(item => groupsIn(item.blocks))];
      case 'table':
        return [
          {
            kind: 'table',
            texts: block.rows
              .slice(1)
              .flatMap(({line, cells}) =>
                cells.map((text, at) => ({line, text, ...(at === 0 ? {} : {row: cells[0] ?? '', column: at})})),
              ),
          },
        ];
      default:
        return [];
    }
  });
}

function textOf({line, text}: Item): Text {
  return {line, text: textOfLines(text)};
}

/** The lines of expectations, reference values, and steps that are filled in, chosen or run. */
function statedIn({steps, references}: Plan, judged: ReadonlySet<number>): ReadonlySet<number> {
  const stated = new Set([...references.map(({line}) => line), ...judged]);
  for (const {line, action} of steps) {
    if (action.kind !== 'manual' && action.kind !== 'rule') stated.add(line);
  }
  return stated;
}

function ofCell({line, text}: Text, asked: readonly FoundDoubt[], lines: LineIndex): FoundDoubt[] {
  const [section, said] = [lines.sectionAt(line), plainText(text)];
  const isAsked = asked.some(one => one.line === line && one.because.includes(said));
  return section === undefined || isAsked ? [] : [doubtAboutBound(line, said, section, lines.stepsAt(line))];
}

function ofText({line, text, row}: Text, kind: Group['kind'], known: Known, lines: LineIndex): FoundDoubt[] {
  const {rules, stated, judged, isForeign} = known;
  const section = lines.sectionAt(line);
  if (section === undefined) return [];
  const plain = plainText(text);
  const decisive = ofDecision({line, text: plain}, section, rules, lines);
  if (decisive !== undefined) return [decisive];
  const isOpen = section.role === 'other' && (isForeign || isKnownLanguage(plain) !== true);
  if ((isForeign && isOpen ? judged : stated).has(line)) return [];
  const left = sentenceLeft(plain, rules.get(line) ?? []);
  if (left !== undefined) return [doubtAboutBound(line, left, section, lines.stepsAt(line))];
  if (!isJudged(section, kind, lines.stepsAt(line)))
    return ofSentence({line, text: plain}, section, kind, rules, lines);
  const isReason = kind === 'prose' && section.use === 'watch' && endsInRollback(plain);
  // "> 120 ms" is a bound where its row names what takes that long.
  const words =
    boundWordsIn(plain) ??
    (row === undefined ? undefined : boundWordsIn(`${plainText(row)}: ${plain}`)) ??
    (isOpen ? figureIn(plain) : isReason ? plain : undefined);
  if (
    words === undefined ||
    isNoRollbackReason(plain) ||
    saysWhenToContinue(plain) ||
    decisionIn(plain)?.rollsBack === false
  )
    return [];
  if (rules.has(line)) return [];
  return [doubtAboutBound(line, allBoundWordsIn(plain) ?? words, section, lines.stepsAt(line))];
}

/** "20 of 20, otherwise 6.2": also in a step it is lost while it is only text. */
function ofDecision({line, text}: Text, section: Section, rules: Known['rules'], lines: LineIndex) {
  if ((section.use !== 'run' && section.use !== 'rollback') || rules.has(line)) return undefined;
  const steps = lines.stepsAt(line);
  const decisive = decisiveSentence(text) ?? (steps.length === 0 ? turningBackIn(text) : undefined);
  const isAsked = steps.some(step => step.line === line && (step.condition !== undefined || step.gate === true));
  const step = steps[0] ?? lines.waiting(section.id, line);
  return decisive === undefined || isAsked ? undefined : unmeasured(line, decisive, section, step);
}

/** "If the dump takes more than 25 min, abort": between steps, whoever runs them must watch it. */
function ofSentence(
  {line, text}: Text,
  section: Section,
  kind: Group['kind'],
  rules: Known['rules'],
  lines: LineIndex,
): FoundDoubt[] {
  if (section.use !== 'run' && section.use !== 'rollback') return [];
  if (kind === 'list' || rules.has(line) || lines.stepsAt(line).length > 0) return [];
  const words = decidingSentence(text) ?? allBoundWordsIn(text);
  const next = lines.nearest(section.id, line);
  if (words === undefined || next === undefined) return [];
  return [unmeasured(line, words, section, next)];
}

/** "p95 below", and in the next line "800 ms, otherwise go back": neither line says all of it. */
function decisionAcross(texts: readonly Text[], {rules}: Known, lines: LineIndex): FoundDoubt | undefined {
  const [first] = texts;
  const section = first === undefined ? undefined : lines.sectionAt(first.line);
  if (first === undefined || section === undefined || texts.some(({line}) => rules.has(line))) return undefined;
  const plain = texts.map(({text}) => plainText(text));
  const words = texts.length < 2 ? undefined : decisiveSentence(plain.join(' '));
  if (words === undefined || plain.some(text => text.includes(words))) return undefined;
  const at = texts.findIndex((_, index) => plain[index]?.includes(words.slice(0, LETTERS)));
  return ofDecision({line: texts[at]?.line ?? first.line, text: words}, section, rules, lines);
}

const LETTERS = 12;

/** A sentence over several lines: "more than", and below it "50 messages: stop". */
function ofParagraph(texts: readonly Text[], {rules}: Known, lines: LineIndex): FoundDoubt[] {
  const [first] = texts;
  const section = first === undefined ? undefined : lines.sectionAt(first.line);
  if (section === undefined || texts.length < 2 || texts.some(({line}) => rules.has(line))) return [];
  const words = decidingSentence(texts.map(({text}) => plainText(text)).join(' '));
  if (words === undefined) return [];
  const {line} = texts.find(({text}) => words.startsWith(plainText(text).slice(0, 12))) ?? first ?? {line: 0};
  return ofSentence({line, text: words}, section, 'prose', rules, lines);
}

/** Whether figures in the section are judged. In a rollback, prose is only a remark. */
function isJudged({use, role}: Section, kind: Group['kind'], steps: readonly Step[]): boolean {
  if (use === 'rollback') return kind !== 'prose';
  if (role === 'other')
    return kind === 'table' || use === 'reference' || steps.some(({action}) => action.kind === 'manual');
  return use === 'watch' || use === 'triggers' || use === 'criteria';
}

/** The other items of a list with an unread bound: their purpose is as unclear. */
function besideUnread(
  {line, text}: Text,
  found: readonly FoundDoubt[],
  {rules}: Known,
  lines: LineIndex,
): FoundDoubt[] {
  const section = lines.sectionAt(line);
  if (section === undefined || found.some(one => one.line === line) || rules.has(line)) return [];
  const isWatched = section.use === 'watch' || section.use === 'criteria' || section.use === 'triggers';
  if (found.length === 0 && !(isWatched && /\d/.test(text) && !introducesBounds(text))) return [];
  if (lines.stepsAt(line).some(step => step.line === line)) return [];
  const because = plainText(text).slice(0, BECAUSE_CHARACTERS_MAX);
  const message = 'it stands beside a bound, and was read into no rule itself';
  return [
    {code: 'not-read', line, section: section.id, steps: [], because, message, settle: 'read it as what it is for'},
  ];
}

const BECAUSE_CHARACTERS_MAX = 80;
