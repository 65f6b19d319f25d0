/** Words of a command as a shell reads them. */

/** `tminus check 'my list.md' --connect`: a command that can be pasted into a shell as it stands. */
export function commandText(program: string, words: readonly string[]): string {
  return [program, ...words.map(shellWord)].join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : inSingleQuotes(word);
}

/**
 * Commands that a person pastes, none of which may run before the guards have held. A text of several lines, or with a
 * comment, would swallow the `&&` behind it.
 */
export function guardedText(guards: readonly string[], texts: readonly string[]): readonly string[] {
  if (guards.length === 0 || texts.length === 0) return texts;
  if (texts.some(text => /\n|\s#/.test(text))) return [...guards.map(guard => `${guard} &&`), '{', ...texts, '}'];
  return [...guards, ...texts].map((text, index, all) => (index === all.length - 1 ? text : `${text} &&`));
}

/** One word of a shell, whatever it holds: `'it'\''s'`. */
export function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
