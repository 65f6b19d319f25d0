/** Doubts about parts with one number and letters ("3a. Rolling", "3b. Canary"), of which perhaps only one is done. */
import {matchesOf} from '../../../text/matches.ts';
import type {Block} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {outsideCode} from '../../document/source-lines.ts';
import {roleOf} from '../../outline/section-role.ts';
import type {Plan} from '../../plan.ts';
import {isOrder} from '../../words/orders.ts';
import {rowOfLabel} from '../../words/variant-titles.ts';
import {phrase, topicPattern} from '../../words/vocabulary.ts';
import {areOpposite, saysState} from '../../words/way-titles.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import {toldApart} from './detailed-elsewhere.ts';

type Way = {line: number; end: number; number: string; letter: string; name: string; title: string; isPart: boolean};

/** The steps of all of them wait. Orders in a row are parts of one way, unless the document says when which is meant. */
export function countedWayDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex): FoundDoubt[] {
  const {source} = plan;
  const prose = linesOfProse(source);
  const ways = waysIn(prose, source.length);
  const mentioned = ways.length === 0 ? new Set<string>() : mentionsIn(prose, ways);
  // Those of the rollback may have the numbers of those that they undo.
  const run = ways.filter(({line}) => lines.sectionAt(line)?.use === 'run');
  const isStep = ways.length === 0 ? () => false : toldApart(plan, blocks, lines);
  return [...Map.groupBy(run, way => `${partOf(way, lines)} ${way.number}`).values()].flatMap(all => {
    if (new Set(all.map(({letter}) => letter)).size < 2 || all.every(({line}) => isStep(line))) return [];
    const isOpen = all.some(({number, letter}) => mentioned.has(`${number}${letter}`)) || areCases(all);
    const mayBe = all.every(({title, isPart}) => !isPart && !isOrder(title) && roleOf(title) === undefined);
    if (!isOpen && !mayBe) return [];
    const because = all.slice(0, WAYS_SHOWN_MAX).map(shown).join(' · ');
    return all.flatMap(way => {
      const own = lines.stepsBetween(way.line, way.end).filter(step => !isAskedBefore(step));
      if (own.length === 0) return [];
      return {
        code: 'alternatives-assumed' as const,
        line: way.line,
        steps: own.map(({id}) => id),
        message: `"${shown(way)}" may be one of ${all.length} ways, of which only one is done`,
        because,
        settle: 'leave out the ways that are not taken, or say that all are done',
        ...(isOpen ? {} : {proposed: 'all of them are done, in this order'}),
      };
    });
  });
}

/** The section around it: "### 3a. Rolling" is one itself, and "**3a. Rolling**" may stand in one. */
function partOf({line}: Way, {sectionAt}: LineIndex): string {
  const own = sectionAt(line);
  return (own?.line === line ? own.parent : own?.id) ?? '';
}

function shown({name, title}: Way): string {
  return `${name} ${title}`.trim().slice(0, SHOWN_MAX);
}

const SHOWN_MAX = 60;
const WAYS_SHOWN_MAX = 8;

type Prose = {line: number; text: string; isTitle: boolean; depth: number};

function linesOfProse(source: readonly string[]): Prose[] {
  return [...outsideCode(source)].map(({line, text: raw}) => {
    const depth = /^#{1,6}(?=\s)/.exec(raw)?.[0].length ?? NO_HEADING;
    const isTitle = depth < NO_HEADING || /^\s*(?:[-*+]\s+)?(?:\*\*|__)|^[^|]*[:：]\s*$/.test(raw);
    return {line, text: plainText(raw.replace(/^\s*(?:#{1,6}|[-*+])\s+/, '')), isTitle, depth};
  });
}

const NO_HEADING = 7;

function waysIn(prose: readonly Prose[], length: number): Way[] {
  const found = prose.flatMap(({line, text, isTitle, depth}) => {
    const [, word, number = '', letter = '', title = ''] =
      (isTitle ? COUNTED.exec(text.slice(0, TITLE_LENGTH_MAX).replace(/[\s:：]+$/, '')) : null) ?? [];
    if (number === '') return [];
    const isPart = word !== undefined && PART.test(word);
    return [{line, depth, number, letter: letter.toLowerCase(), name: `${number}${letter}`, title, isPart}];
  });
  const at = new Map(prose.map(({line}, index) => [line, index]));
  return found.map((one, index) => {
    const next = found[index + 1]?.line ?? length + 1;
    let end = (at.get(one.line) ?? 0) + 1;
    while (end < prose.length && !endsAt(prose[end] as Prose, next, one.depth)) end += 1;
    return {...one, end: Math.min(next, prose[end]?.line ?? length + 1) - 1};
  });
}

/** A title at the level of a way, or above it, ends the way. */
function endsAt({line, depth}: Prose, next: number, own: number): boolean {
  return line >= next || depth <= Math.min(own, NO_HEADING - 1);
}

const COUNTED =
  /^[^\p{L}\p{N}]*(?:(\p{L}{2,12})\s)?(\d+(?:\.\d+)*)[.-]?\s?([a-h])(?=[.):,]|\s|$)[.):,]?\s*(?:[–—-]\s*)?(.*)$/iu;
const TITLE_LENGTH_MAX = 200;
const PART = phrase`^${'part'}$`;

/** The names that sentences and tables mention: "anything else: 3b". The titles of ways mention none. */
function mentionsIn(prose: readonly Prose[], ways: readonly Way[]): ReadonlySet<string> {
  const titles = new Set(ways.map(({line}) => line));
  return new Set(
    prose.flatMap(({line, text}) =>
      titles.has(line)
        ? []
        : matchesOf(text.slice(0, TEXT_LENGTH_MAX), MENTION).flatMap(({1: number = '', 2: letter = '', index}) =>
            ONLY_POINTS.test(text.slice(0, index)) ? [] : [`${number}${letter.toLowerCase()}`],
          ),
    ),
  );
}

const TEXT_LENGTH_MAX = 1000;
const MENTION = /(?<![\w.])(\d+(?:\.\d+)*)\s?([a-h])(?!\w)/gi;

/** "after 3a" says no more than the order. */
const ONLY_POINTS = phrase`\<(?:${'after'}|${'moment'}|${'points-to'})\s+(?:\p{L}+\s+){0,2}$`;

/** Titles of cases: "blue is live", "via Helm" beside "via kubectl", "Mirror ran" beside "Mirror did not run". */
function areCases(ways: readonly Way[]): boolean {
  const titles = ways.slice(0, WAYS_SHOWN_MAX).map(({title}) => title);
  const rows = titles.map(rowOfLabel);
  if (rows[0] !== undefined && rows.every(row => row === rows[0])) return true;
  if (titles.some((one, at) => titles.slice(at + 1).some(other => areOpposite(one, other)))) return true;
  return titles.every(title => !isOrder(title) && (saysState(title) || IS.test(title)));
}

const IS = topicPattern('is');
