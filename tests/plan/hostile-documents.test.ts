import {expect, test} from 'vitest';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../src/plan/plan.ts';

const each = (count: number, line: (index: number) => string) =>
  Array.from({length: count}, (_, at) => line(at)).join('\n');
const inCodeBlock = (text: string) => `## Deploy\n\n\`\`\`bash\n${text}\n\`\`\`\n`;

const documents: readonly [string, string][] = [
  ['headings that are numbered by hand', `${each(12_000, at => `## x ${at + 2}`)}\n## x\n## x\n`],
  ['emphasis without a partner', `- ${'**a '.repeat(4900)}\n- ${'__a '.repeat(4900)}\n`],
  ['placeholders in one command', inCodeBlock(`echo ${'{aa} '.repeat(4000)}`)],
  ['angle brackets in one command', inCodeBlock(`echo ${'<aa> '.repeat(40_000)}`)],
  ['blanks in one command', inCodeBlock(`curl http://a/${' '.repeat(200_000)}x`)],
  ['marks without a partner in one comment', inCodeBlock(`./a\n# expected: ${'__a '.repeat(60_000)}`)],
  ['bars in one sentence', `## Deploy\n\n${each(20, at => `${'| '.repeat(9000)}${at}\n`)}`],
  ['empty lines in nested lists', `${each(90, at => `${'  '.repeat(at)}- a`)}${'\n'.repeat(60_000)}`],
  ['lists of HTML in one another', '<ul><li>a\n'.repeat(20_000)],
  ['tags of HTML on one line', `<ul>${'<li>a<pre>'.repeat(20_000)}`],
  ['dots in one command', inCodeBlock(`echo ${'… '.repeat(10_000)}`)],
  ['substitutions in one another', inCodeBlock(`cat ${'<(cat '.repeat(5000)}a${')'.repeat(5000)}`)],
  ['blanks that are not spaces', `- ${'\u00a0'.repeat(20_000)}a\n`],
  ['quotations before any section', each(10_000, at => `> q${at}\n`)],
  ['deletions and copies in turn', inCodeBlock(`cd /srv\n${each(400, at => `cp a b${at}\nrm b${at}`)}`)],
];

test.each(documents)('a document of nothing but %s is read to its end', (_, text) => {
  expect(parsePlan(text, emptyBindings).source.length).toBe(text.split('\n').length);
});

test('every section has an id of its own, however it is numbered', () => {
  const {sections} = parsePlan('## x 2\n\n## x 3\n\n## x\n\n## x\n\n## x\n\n## x 2\n', emptyBindings);
  const ids = sections.map(({id}) => id);
  expect(ids.filter(id => id.startsWith('x'))).toEqual(['x-2', 'x-3', 'x', 'x-4', 'x-5', 'x-2-2']);
});
