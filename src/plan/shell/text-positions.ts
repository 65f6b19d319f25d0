/** Finds where in the shell's grammar a placeholder stands. When in doubt it answers `plain-only`. */

import {countBelow} from '../../text/count-below.ts';
import {matchesOf} from '../../text/matches.ts';
import {type Filling, withMasks} from './escaping.ts';
import {eachChild, parseExactly, type SyntaxNode, type Tree} from './grammar.ts';
import {isReadAgain} from './rereading-commands.ts';

export type ShellPosition =
  | {kind: 'word' | 'single' | 'double' | 'comment'}
  | {kind: 'here-document'; delimiter: string; literal: boolean}
  /** Another interpreter reads it again, or the grammar is too complicated to be sure. */
  | {kind: 'plain-only'};

/** The place of each filling. Each is one word to the grammar, whatever characters it holds. */
export function shellPositions(text: string, fillings: readonly Filling[]): ShellPosition[] {
  if (fillings.length === 0) return [];
  // Letters mean nothing to the grammar.
  const shown = withMasks(text, fillings, 'x');
  const tree = parseExactly(shown);
  if (tree.error !== undefined) {
    const sign = onlyCommentAt(shown);
    return fillings.map(({start}) => (sign < start ? COMMENT : PLAIN_ONLY));
  }
  const survey = surveyOf(tree, fillings);
  const isInComment = commentsIn(shown, survey.ends);
  return fillings.map((filling, index) => {
    const path = survey.paths[index];
    if (path === undefined || filling.start >= survey.lostFrom) return PLAIN_ONLY;
    return placeOf(shown, filling, path, isInComment);
  });
}

const PLAIN_ONLY: ShellPosition = {kind: 'plain-only'};
const COMMENT: ShellPosition = {kind: 'comment'};

type Path = readonly SyntaxNode[];

type Survey = {
  /** The nodes around each filling, from the outermost to the innermost. */
  paths: (Path | undefined)[];
  /** The ends of all words, in order. */
  ends: number[];
  /** From this offset on, shells disagree about how the text is read. */
  lostFrom: number;
};

function surveyOf({script, text}: Tree, fillings: readonly Filling[]): Survey {
  const survey: Survey = {paths: fillings.map(() => undefined), ends: [], lostFrom: Number.POSITIVE_INFINITY};
  const starts = fillings.map(({start}) => start);
  const visit = (node: SyntaxNode, above: Path) => {
    const path = [...above, node];
    if (shellsDisagree(node, above)) survey.lostFrom = Math.min(survey.lostFrom, node.pos);
    for (let index = countBelow(starts, node.pos); (fillings[index]?.end ?? Number.NaN) <= node.end; index += 1)
      survey.paths[index] = path;
    if (node.type === 'Word') survey.ends.push(node.end);
    if (node.type === 'Script' && (node.errors?.length ?? 0) > 0) survey.lostFrom = Math.min(survey.lostFrom, node.pos);
    // Text in back-ticks is read twice, so it is not visited.
    const isTicked = node.type === 'CommandExpansion' && text[node.pos] === '`';
    if (!isTicked) eachChild(node, child => visit(child, path));
  };
  visit(script, []);
  survey.ends.sort((a, b) => a - b);
  return survey;
}

/** Shells disagree where quotes and braces inside `${…}`, and `case` inside a substitution, end. */
function shellsDisagree(node: SyntaxNode, above: Path): boolean {
  if (node.type === 'ParameterExpansion') return /["'\\{`]/.test(node.text.slice(2));
  return node.type === 'Case' && above.some(({type}) => type === 'CommandExpansion' || type === 'ProcessSubstitution');
}

function placeOf(
  shown: string,
  filling: Filling,
  path: Path,
  isInComment: (filling: Filling) => boolean,
): ShellPosition {
  const leaf = path.at(-1);
  if (leaf === undefined) return PLAIN_ONLY;
  if (HOLDERS.has(leaf.type)) return isInComment(filling) ? COMMENT : PLAIN_ONLY;
  if (path.some(isTooComplex) || isName(path)) return PLAIN_ONLY;
  const single = leaf.type === 'SingleQuoted';
  if (!single && (isEscaped(shown, filling) || shown[filling.start - 1] === '$')) return PLAIN_ONLY;
  if (isReadAgain(path, filling, shown)) return PLAIN_ONLY;
  const document = path.find(node => node.type === 'HereDoc');
  if (document?.type === 'HereDoc') return inHereDocument(document, path);
  if (single) return {kind: 'single'};
  if (leaf.type !== 'Literal' && leaf.type !== 'Word') return PLAIN_ONLY;
  return {kind: path.at(-2)?.type === 'DoubleQuoted' ? 'double' : 'word'};
}

/** Nodes that hold words. A filling directly in one of them, and in no word, is in a comment. */
const HOLDERS: ReadonlySet<SyntaxNode['type']> = new Set([
  'Script',
  'Statement',
  'CompoundList',
  'AndOr',
  'Pipeline',
  'Command',
  'If',
  'Elif',
  'For',
  'While',
  'Select',
  'Case',
  'CaseItem',
  'Function',
  'Subshell',
  'BraceGroup',
  'Redirected',
  'Coproc',
  'CommandExpansion',
]);

function isTooComplex(node: SyntaxNode): boolean {
  if (node.type === 'CommandExpansion') return node.text.startsWith('`');
  if (node.type === 'Assignment') return node.index !== undefined;
  return TOO_COMPLEX.has(node.type);
}

const TOO_COMPLEX: ReadonlySet<SyntaxNode['type']> = new Set([
  'ParameterExpansion',
  'SimpleExpansion',
  'ArithmeticExpansion',
  'ArithmeticCommand',
  'ArithmeticFor',
  'AnsiCQuoted',
  'LocaleString',
  'ExtendedGlob',
  'Glob',
  'TestCommand',
  'HereDocDelimiter',
  'FileDescriptor',
  'FileDescriptorVariable',
]);

/** The name of a function or of a loop's variable. */
function isName(path: Path): boolean {
  return path.some((node, index) => {
    const inner = path[index + 1];
    if (node.type === 'For' || node.type === 'Select' || node.type === 'Function') return inner === node.name;
    // The value of an assignment is a word of its own; a filling outside it is in the name.
    return node.type === 'Assignment' && inner === undefined;
  });
}

/** A backslash before it would escape the first quote that is written. */
function isEscaped(text: string, {start}: Filling): boolean {
  const slashes = /\\*$/.exec(text.slice(Math.max(0, start - 100), start))?.[0].length ?? 0;
  return slashes % 2 === 1;
}

function inHereDocument(document: Extract<SyntaxNode, {type: 'HereDoc'}>, path: Path): ShellPosition {
  const {delimiter} = document;
  const inner = path.slice(path.indexOf(document) + 1);
  const isText = inner.every(({type}) => type === 'HereDocBody' || type === 'Literal');
  if (!isText || delimiter === undefined || document.closing === undefined) return PLAIN_ONLY;
  return {kind: 'here-document', delimiter: delimiter.value, literal: delimiter.quoted};
}

/** Whether a filling stands behind the sign of a comment, on its line and behind the last word before it. */
function commentsIn(shown: string, ends: readonly number[]): (filling: Filling) => boolean {
  const signs = new Map<number, number>();
  const lines = matchesOf(shown, /^/gm).map(({index}) => index);
  return ({start}) => {
    const word = ends[countBelow(ends, start + 1) - 1] ?? 0;
    const from = Math.max(word, lines[countBelow(lines, start + 1) - 1] ?? 0);
    const sign = signs.get(from) ?? commentSign(shown, from);
    signs.set(from, sign);
    return sign < start;
  };
}

/** Where a comment begins that nothing but its line ends; infinite without one. */
function commentSign(shown: string, from: number): number {
  const line = shown.indexOf('\n', from);
  const at = shown.slice(from, line === -1 ? undefined : line).search(/(?<=^|[\s;&|()])#/);
  return at === -1 ? Number.POSITIVE_INFINITY : from + at;
}

/** In invalid shell text, only a single line that is nothing but a comment counts as a comment. */
function onlyCommentAt(shown: string): number {
  return !shown.includes('\n') && /^\s*#/.test(shown) ? shown.indexOf('#') : Number.POSITIVE_INFINITY;
}
