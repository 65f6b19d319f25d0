/** Bounds that the document states and that were read into no rule. */
import type {Block, Item} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import {decisionIn, goesOn, isNoReason} from '../phrases/decisions.ts';
import {unreadBound} from '../phrases/thresholds.ts';
import type {Plan, Rule, Section, Step} from '../plan.ts';
import {isKnownLanguage} from '../words/vocabulary.ts';
import type {Lines, Said} from './said.ts';

/** Where things are judged, and where nobody knows what a part is for, no figure is a silent note. */
export function ofUnreadBounds(plan: Plan, blocks: readonly Block[], lines: Lines): Said[] {
  const known: Known = {rules: Map.groupBy(plan.rules, ({line}) => line), stated: statedIn(plan)};
  const read = (group: Group): Said[] => {
    const found = group.texts.flatMap(text => ofText(text, group.kind, known, lines));
    return group.kind === 'list' && found.some(({code}) => code === 'not-read')
      ? [...found, ...group.texts.flatMap(text => besideUnread(text, found, known, lines))]
      : found;
  };
  return groupsIn(blocks).flatMap(read);
}

/** In a language without words a figure with its unit may be a bound. */
const FIGURE = /(?<![\d.,])\d+(?:[.,]\d+)?\s?(?:%|ms\b|[GM]i?B\b)/;

type Text = {line: number; text: string};
/** Items of one list, lines of one paragraph, cells of one table. */
type Group = {kind: 'prose' | 'list' | 'table'; texts: readonly Text[]};
type Known = {rules: ReadonlyMap<number, readonly Rule[]>; stated: ReadonlySet<number>};

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
          {kind: 'table', texts: block.rows.slice(1).flatMap(({line, cells}) => cells.map(text => ({line, text})))},
        ];
      default:
        return [];
    }
  });
}

function textOf({line, text}: Item): Text {
  return {line, text: text.map(one => one.text).join(' ')};
}

/** Expectations, values to compare with, and what is filled in or chosen, by line. */
function statedIn({steps, references}: Plan): ReadonlySet<number> {
  const stated = new Set(references.map(({line}) => line));
  for (const {line, action, expectations} of steps) {
    for (const expectation of expectations) stated.add(expectation.line);
    if (action.kind !== 'manual' && action.kind !== 'rule') stated.add(line);
  }
  return stated;
}

function ofText({line, text}: Text, kind: Group['kind'], {rules, stated}: Known, lines: Lines): Said[] {
  const section = lines.sectionAt(line);
  if (section === undefined || !isJudged(section, kind, lines.stepsAt(line)) || stated.has(line)) return [];
  const plain = plainText(text);
  const words =
    unreadBound(plain) ??
    (section.role === 'other' && isKnownLanguage(plain) !== true ? FIGURE.exec(plain)?.[0] : undefined);
  if (words === undefined || isNoReason(plain) || goesOn(plain) || decisionIn(plain)?.rollsBack === false) return [];
  const own = rules.get(line) ?? [];
  if (own.some(rule => rule.text.includes(plain) || plain.includes(rule.text))) return [];
  if (own.length > 0 && own.some(rule => rule.text.includes(words))) return [];
  return [said(line, words, section, lines.stepsAt(line))];
}

/** Elsewhere a figure belongs to what is told there; in a rollback only lists and tables are more than a remark. */
function isJudged({use, role}: Section, kind: Group['kind'], steps: readonly Step[]): boolean {
  if (use === 'rollback') return kind !== 'prose';
  if (role === 'other')
    return kind === 'table' || use === 'reference' || steps.some(({action}) => action.kind === 'manual');
  return use === 'watch' || use === 'triggers' || use === 'criteria';
}

function said(line: number, words: string, {id}: Section, steps: readonly Step[]): Said {
  const base = {
    line,
    section: id,
    because: words,
    settle: 'tie it under rules: in the bindings, or look at it by hand',
  };
  const [step] = steps.filter(one => one.line === line);
  if (step === undefined) return {...base, code: 'not-read', steps: [], message: `"${words}" was read into no rule`};
  const proposed = 'a person looks whether it holds';
  return {
    ...base,
    code: 'expectation-assumed',
    steps: [step.id],
    message: `"${words}" is measured by nothing`,
    proposed,
  };
}

/** The other items of a list that holds a bound which was not read: what they are for is as unclear. */
function besideUnread({line, text}: Text, found: readonly Said[], {rules}: Known, lines: Lines): Said[] {
  const section = lines.sectionAt(line);
  if (section === undefined || found.some(one => one.line === line) || rules.has(line)) return [];
  if (lines.stepsAt(line).some(step => step.line === line)) return [];
  const because = plainText(text).slice(0, BECAUSE_CHARACTERS_MAX);
  const message = 'it stands beside a bound that was read into no rule';
  return [
    {code: 'not-read', line, section: section.id, steps: [], because, message, settle: 'read it as what it is for'},
  ];
}

const BECAUSE_CHARACTERS_MAX = 80;
