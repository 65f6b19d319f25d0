/** Words of a command as a shell reads them. */

/** `tminus check 'my list.md' --connect`: a command that can be pasted into a shell as it stands. */
export function commandText(program: string, words: readonly string[]): string {
  return [program, ...words.map(shellWord)].join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : inSingleQuotes(word);
}

/** One word of a shell, whatever it holds: `'it'\''s'`. */
export function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
