/** Documents of one kind of text in any length: what a reader must come through in time that grows as the text does. */

/** `count`: how often the kind of text stands in it. */
export type Growing = (count: number) => string;

function each(count: number, text: (index: number) => string, between = '\n'): string {
  return Array.from({length: count}, (_, at) => text(at)).join(between);
}

function inCodeBlock(text: string, title = 'Deploy', info = 'bash'): string {
  return `## ${title}\n\n\`\`\`${info}\n${text}\n\`\`\`\n\n`;
}

function listed(title: string, items: string): string {
  return `## ${title}\n\n${items}\n`;
}

const lists: Readonly<Record<string, Growing>> = {
  tasks: count =>
    listed(
      'Deploy',
      each(count, at => `- [ ] Run \`./ship ${at}\``),
    ),
  blanks: count =>
    listed(
      'Deploy',
      each(count, at => `- [ ] Ticket ${at}: _____`),
    ),
  conditions: count =>
    listed(
      'Deploy',
      each(count, at => `- [ ] If a${at}.txt changed: \`./a${at}\``),
    ),
  'empty lines in nested lists': count =>
    listed('Deploy', `${each(90, at => `${'  '.repeat(at)}- a`)}${'\n'.repeat(count)}`),
  jumps: count =>
    listed(
      'Deploy',
      each(count, at => `${at + 1}. \`./a${at}\`, then continue with step ${count}`),
    ),
  'items that go on': count =>
    listed(
      'Deploy',
      each(count, at => `${at + 1}. and on app1: \`./a${at}\``),
    ),
  'orders before something': count =>
    listed(
      'Deploy',
      each(count, at => `- Before restarting web${at}: \`./a${at}\``),
    ),
  'ways with letters': count => each(count, at => inCodeBlock(`./a${at}`, `3${'abcdefgh'[at % 8]}. Way ${at}`)),
  'dated rows': count =>
    listed('Deploy', `| Command | Done |\n|---|---|\n${each(count, at => `| \`./a${at}\` | 28 Nov |`)}`),
  gates: count => each(count, at => `${inCodeBlock(`ls d${at}\n./a${at}`)}If \`ls d${at}\` shows more, stop.\n\n`),
  triggers: count =>
    listed(
      'Rollback triggers',
      each(count, at => `- [ ] Error rate > ${at}%`),
    ),
  'bounds in quotations': count =>
    listed(
      'Rollback triggers',
      each(count, at => `- > ${at} tickets`),
    ),
  contacts: count =>
    listed(
      'Contacts',
      each(count, at => `- **Lead ${at}:** Ana`),
    ),
  'rows of commands': count =>
    listed(
      'Verify',
      `| Check | Command | Expected |\n|---|---|---|\n${each(count, at => `| ${at} | \`curl a/${at}\` | 200 |`)}`,
    ),
  'rows of bounds': count =>
    listed(
      'Monitoring',
      `| Metric | Target | Alert |\n|---|---|---|\n${each(count, at => `| P95 ${at} | < ${at} ms | > 9 s |`)}`,
    ),
  columns: count =>
    listed(
      'Deploy',
      `|${each(count, at => `A${at}`, '|')}|\n|${'---|'.repeat(count)}\n|${each(count, at => `x${at}`, '|')}|`,
    ),
};

const sections: Readonly<Record<string, Growing>> = {
  deploys: count => each(count, at => inCodeBlock(`./ship${at}`, `Deploy ${at}`)),
  rollbacks: count => inCodeBlock('./ship') + each(count, at => inCodeBlock(`./undo${at}`, `Rollback ${at}`)),
  options: count => each(count, at => inCodeBlock(`./ship${at}`, `Option ${at}`)),
  procedures: count => each(count, at => `# RB-${at}: T${at}\n\n## Deploy\n\n- [ ] a\n`),
  'bold titles': count => each(count, at => `**Step ${at}: Do**\n\n- [ ] a\n`),
  places: count => each(count, at => inCodeBlock(`ssh u@h${at}\n./a`, `Deploy ${at}`)),
  'forbidden commands': count =>
    each(count, at => `Never run \`a${at}\`.\n`) + inCodeBlock(each(count, at => `a${at}`)),
};

const commands: Readonly<Record<string, Growing>> = {
  'backups with restores': count =>
    inCodeBlock(each(count, at => `pg_dump d${at} > /b/d${at}.sql`)) +
    inCodeBlock(
      each(count, at => `psql d${at} < /b/d${at}.sql`),
      'Rollback',
    ),
  'dated backups with restores': count =>
    inCodeBlock(each(count, at => `cp a${at} a${at}.$(date +%Y%m%d)`)) +
    inCodeBlock(
      each(count, at => `cp a${at}.YYYYMMDD a${at}`),
      'Rollback',
    ),
  'copies that are deleted': count =>
    inCodeBlock(`${each(count, at => `cp a b${at}`)}\n${each(count, at => `rm b${at}`)}`) +
    inCodeBlock(
      each(count, at => `cp b${at} a`),
      'Rollback',
    ),
  variables: count => inCodeBlock(`${each(count, at => `A${at}=${at}`)}\necho ${each(count, at => `$A${at}`, ' ')}`),
  alternatives: count => inCodeBlock(each(count, at => `./ship${at}`, '\n# OR\n')),
  'expected lines': count => inCodeBlock(`./a\n# Expected:\n${each(count, at => `# a${at}`)}`),
  'here-documents': count => inCodeBlock(each(count, at => `cat > a${at} <<EOF\nl\nEOF`)),
  pipeline: count => inCodeBlock(each(count, at => `a${at}`, ' | ')),
  directories: count => inCodeBlock(each(count, at => `cd /a${at}\n./b`)),
  output: count =>
    inCodeBlock(
      each(count, at => `$ a${at}\nout`),
      'Deploy',
      '',
    ),
  queries: count =>
    inCodeBlock(
      each(count, at => `select ${at};\n-- Expected: ${at}`),
      'Deploy',
      'sql',
    ),
  'continued lines': count => inCodeBlock(`echo \\\n${each(count, at => `  a${at}`, ' \\\n')}`),
};

/** Pieces that patterns look for. A line of one of them is what makes a search start again and again. */
const PIECES = [
  '  ',
  '\u00a0',
  '| ',
  '__a ',
  '**a ',
  '`a ',
  '"a ',
  '(a ',
  '[a](',
  'a-',
  'a=',
  'a@',
  '1,',
  '<aa> ',
  '{aa} ',
];
const MORE_PIECES = ['xxx ', '… ', 'YYYYMMDD ', 'your-a ', '> 5% ', 'or ', 'if ', '. A', '# ', '\\', 'a', ':', '✓ '];

const lines: Readonly<Record<string, Growing>> = Object.fromEntries(
  [...PIECES, ...MORE_PIECES].flatMap(piece => {
    const named = JSON.stringify(piece);
    const line = (count: number) => `${piece.repeat(count)}x`;
    const forms: readonly (readonly [string, Growing])[] = [
      [`one task of ${named}`, count => listed('Deploy', `- [ ] ${line(count)}`)],
      [`one trigger of ${named}`, count => listed('Rollback triggers', `- ${line(count)}`)],
      [`one sentence of ${named}`, count => listed('Deploy', line(count))],
      [`one lead of ${named}`, count => `## Deploy\n\n${line(count)}:\n\n\`\`\`bash\n./a\n\`\`\`\n`],
      [`one command of ${named}`, count => inCodeBlock(`curl http://a/${line(count)}`)],
      [`one comment of ${named}`, count => inCodeBlock(`./a\n# expected: ${line(count)}`)],
    ];
    return forms;
  }),
);

export const growing: Readonly<Record<string, Growing>> = {...lists, ...sections, ...commands, ...lines};
