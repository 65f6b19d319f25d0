/** Finds the marks to which a document gives a meaning ("(P) = on the primary only", "skip what has a ★"), and the lines that carry them. */
import {matchesOf} from '../../../text/matches.ts';
import {isFence} from '../../document/source-lines.ts';
import {placeIn} from '../../phrases/host-mentions.ts';
import {userIn} from '../../words/named-users.ts';
import {phrase} from '../../words/vocabulary.ts';
import {restricts} from '../remarks/restricting.ts';
import {asksForMore, markWordIn, type Said, speaksOfMarks} from './sentences.ts';

/** `says`: the words that give it a meaning, on `line`. */
export type Mark = {name: string; line: number; says: string};

/** The first meaning of each. `isForeign`: no words of the language are known. `isWork`: whether that line runs something itself. */
export function marksIn(all: readonly Said[], isForeign: boolean, isWork: (line: number) => boolean): Mark[] {
  const found = all.flatMap(said => {
    const {line, raw, text} = said;
    const defined = isWork(line) ? [] : definedIn(said);
    const telling = defined.filter(({says}) => isForeign || givesMore(says));
    if (defined.length > 0) return telling.map(one => ({...one, line}));
    if (!speaksOfMarks(text) || !asksForMore(text)) return [];
    const own = LEADING.exec(raw)?.[0] ?? '';
    const names = matchesOf(raw.slice(own.length), TOKENS).map(nameOf);
    const word = STAR.test(text) ? '*' : markWordIn(text);
    return [...new Set([...names, ...(word === undefined ? [] : [word])])].map(name => ({name, line, says: text}));
  });
  const byName = new Map<string, Mark>();
  for (const mark of found) if (!byName.has(mark.name)) byName.set(mark.name, mark);
  return [...byName.values()].slice(0, MARKS_MAX);
}

/** All lines are looked through for each. Legends stand mostly ahead of what only looks like one. */
const MARKS_MAX = 40;

/** A small letter from the beginning of the alphabet numbers something. */
const LETTERS = String.raw`(?<![\p{L}\d\]])[(\[{<]\s*([A-Z]{1,4}\d?|[g-wyz])\s*[)\]}>]`;
/** Signs of warnings, arrows and boxes to tick say nothing that is told elsewhere. */
const SIGN = String.raw`(?![©®™⚠❗‼☐☑☒✅↔↕⬜])(?:\p{Extended_Pictographic}|[★☆†‡●○▲△■◆◇□✱✳])`;
const TOKENS = new RegExp(`${LETTERS}|(${SIGN})`, 'gu');
/** The item itself carries it. */
const LEADING = new RegExp(`^\\s*(?:\\*\\*|__)?(?:${LETTERS}|${SIGN})`, 'u');
const STAR = /(?<!\S)["'(]?\\?\*["')]?(?=[\s.,;:]|$)/;

function nameOf([, letters, sign]: RegExpMatchArray): string {
  return letters ?? sign ?? '';
}

function givesMore(says: string): boolean {
  const isPlaced = placeIn(says) !== undefined || userIn(says) !== undefined || ON.test(says);
  return isPlaced || asksForMore(says) || restricts({text: says, at: 'above'});
}

/** "(P) = on the primary". */
const ON = phrase`^\W*${'only-there'}\s+(?:${'the'}\s+)?\p{L}`;

/** "(P) = only on the primary, (S) = …", "A = always, M = …", a row "| ★ | Mondays only |", and "★ Mondays only". */
function definedIn({raw, isBegin, isLead, cells}: Said): {name: string; says: string}[] {
  const [first = '', ...others] = cells ?? [];
  if (cells !== undefined) {
    const cell = CELL.exec(first.replaceAll(EMPHASIS, ''));
    return cell === null ? [] : [{name: cell[1] ?? cell[2] ?? cell[3] ?? '', says: others.join(' – ')}];
  }
  const bare = raw.replaceAll(EMPHASIS, '');
  const leads = LEADS.test(bare);
  const heads = matchesOf(bare, DEFINED).flatMap(head => {
    const [token, bracketed, sign, star, letters] = head;
    const pattern =
      letters !== undefined ? IS_SURELY : leads && (bracketed === undefined || (isBegin && !isLead)) ? IS_OR_NOT : IS;
    const sense = pattern.exec(bare.slice(head.index + token.length));
    const name = bracketed ?? sign ?? star ?? letters;
    if (sense === null || name === undefined) return [];
    return [{name, from: head.index, to: head.index + token.length + sense[0].length}];
  });
  return heads.map(({name, to}, index) => ({
    name,
    says: bare.slice(to, Math.min(heads[index + 1]?.from ?? bare.length, to + SAYS_MAX)).replace(END, ''),
  }));
}

const SAYS_MAX = 300;
const EMPHASIS = /\*\*|__|`|\p{VS}/gu;
const END = /[\s,;(|–—-]+$/;
const DEFINED = new RegExp(
  `${LETTERS}|(${SIGN})|(?<!\\S)["'(]?\\\\?(\\*)["')]?(?=\\s)|(?<![\\p{L}\\d(\\[{<"'./-])([A-Z]{1,3})(?=\\s)`,
  'gu',
);
const IS = phrase`^["'”“]?\s*(?:[=:–—→⇒]|-{1,2}>?(?=\s)|=>|${'stands-as'}(?!\p{L}))\s*`;
const IS_SURELY = phrase`^\s*(?:=|${'stands-as'}(?!\p{L}))\s*`;
/** "★ Mondays only", "Legend: 🔴 ask first, 🟡 …". */
const LEADS = new RegExp(`^\\s*(?:[\\p{L} ]{2,30}:\\s*)?(?:${LETTERS}|${SIGN}|\\\\?\\*(?=\\s))\\s*\\p{L}`, 'u');
const IS_OR_NOT = phrase`^\s*(?:[=:–—→⇒]|-{1,2}>?(?=\s)|=>|${'stands-as'}(?!\p{L}))?\s*(?=\p{L})`;
const CELL = new RegExp(`^\\s*(?:${LETTERS}|([A-Z]{1,3})|(${SIGN}))\\s*$`, 'u');

/** The lines outside of running text that carry the mark: items, titles, rows, and comments beside commands. */
export function carriersOf({name, line: told}: Mark, source: readonly string[]): number[] {
  const pattern = carrierOf(name);
  let isCode = false;
  return source.flatMap((raw, index) => {
    if (isFence(raw)) isCode = !isCode;
    const comment = isCode ? COMMENT.exec(raw)?.[0] : undefined;
    const text = (isCode ? comment : ITEM.test(raw) || LEAD.test(raw) ? raw : undefined)?.replaceAll(PAIRS, '$1');
    return text !== undefined && index + 1 !== told && pattern.test(text) ? [index + 1] : [];
  });
}

const ITEM = /^[\s>]*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|\|)/;
const LEAD = /[:：]\W*$/;
const COMMENT = /(?:^|\s)(?:#|--|\/\/)\s.*$/;
/** Slanted and bold words. */
const PAIRS = /(?<![\\*])\*{1,3}(?=[^\s*])([^*]*[^\s*\\])\*{1,3}(?!\*)/g;

function carrierOf(name: string): RegExp {
  const own = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  if (name === '*')
    return /^[\s>]*(?:[-+#]+|\d+[.)]|\*(?=\s+\*))?\s*(?:\[[ xX]\]\s+)?\\?\*\s?\S|\S\s?\\?\*[:.]?\s*(?:\||$)|\|\s*\\?\*\s*\|/;
  if (!/[\p{L}\d]/u.test(name)) return new RegExp(own, 'u');
  const flags = /\p{Ll}/u.test(name) ? 'iu' : 'u';
  return new RegExp(
    String.raw`[(\[{<]\s*${own}\s*[)\]}>]|\|\s*${own}\s*\||^[\s>]*(?:[-*+#]+|\d+[.)])\s+(?:\[[ xX]\]\s+)?${own}\s*[:–—]|#${own}(?![\p{L}\d-])`,
    flags,
  );
}
