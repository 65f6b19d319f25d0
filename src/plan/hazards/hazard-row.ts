/** The form of the hazard tables: one row for one kind of command. */
export type Row = {
  /** Programs, separated by blanks. */
  on: string;
  /** Must match the arguments, joined by single blanks. */
  when?: RegExp;
  /** Must not match the arguments. */
  unless?: RegExp;
  /** `{all}` stands for the operands, `{rest}` for those behind the first, `{last}` for the last, `{program}` for the program. */
  says: string;
  severity?: 'warning' | 'info';
};

export type Table = ReadonlyMap<string, readonly Row[]>;

export function tableOf(rows: readonly Row[]): Table {
  const table = new Map<string, Row[]>();
  for (const row of rows) {
    for (const program of row.on.split(/\s+/)) {
      const known = table.get(program);
      if (known === undefined) table.set(program, [row]);
      else known.push(row);
    }
  }
  return table;
}

/** The first row that matches the command. */
export function rowFor(table: Table, words: readonly string[]): Row | undefined {
  const rows = table.get(words[0] ?? '');
  if (rows === undefined) return undefined;
  const text = words.slice(1).join(' ').slice(0, ARGUMENTS_CHARACTERS_MAX);
  return rows.find(({when, unless}) => (when?.test(text) ?? true) && unless?.test(text) !== true);
}

const ARGUMENTS_CHARACTERS_MAX = 2000;

export function wordsOfRow({says}: Row, words: readonly string[], operands: readonly string[]): string {
  return says
    .replace('{all}', operands.join(' '))
    .replace('{rest}', operands.slice(1).join(' '))
    .replace('{last}', operands.at(-1) ?? '')
    .replace('{program}', words[0] ?? '')
    .trim();
}
