/** Paths of a document as words of a shell. */
import {quoteForShell} from '../../plan/script.ts';

/** Its pieces: variables (`${APP%/}` as well), patterns, and all the rest. */
const PIECES = /\$\w+|\$\{\w+(?:[:%#?-][^{}$`"'\\]*)?\}|\[[\w!^-]+\]|[*?]+|[^$*?[]+|[$[]/g;

/**
 * Quoted: a path is data. `~/` is the login directory. `matches`: the shell is to put in what a pattern matches, and what
 * a variable holds.
 */
export function pathWord(path: string, {matches = false} = {}): string {
  if (path === '~') return '"$HOME"';
  if (path.startsWith('~/')) return `"$HOME"/${rest(path.slice(2), matches)}`;
  return rest(path.startsWith('-') ? `./${path}` : path, matches);
}

function rest(path: string, matches: boolean): string {
  if (!matches || path === '') return quoted(path);
  return (path.match(PIECES) ?? []).map(pieceWord).join('');
}

function pieceWord(piece: string): string {
  // `${APP:?}` ends the shell of a proof where it is not set.
  if (/^\$./.test(piece)) return `"${piece.replace(/:?\?.*\}$/, '}')}"`;
  return /^[*?]|^\[./.test(piece) ? piece : quoted(piece);
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As a person would write it: quoted where it must be, and `~/` means the login directory. */
export function quotePath(path: string): string {
  if (path === '~') return path;
  return path.startsWith('~/') ? `~/${quoteForShell(path.slice(2))}` : quoteForShell(path);
}
