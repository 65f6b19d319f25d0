import {readFileSync, writeFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import type {Plan} from '../../src/plan/plan.ts';
import {corpusNames, corpusPath} from '../helpers/documents.ts';
import {readingOf} from '../helpers/plan-reading.ts';

const documents = corpusNames.map(name => readFileSync(corpusPath(name)));

/** `UPDATE_READINGS=1` writes the readings anew; whoever does it reviews them beside the documents. */
describe('every document of the corpus reads as a person would read it', () => {
  test.each(corpusNames)('%s', name => {
    const reading = readingOf(parsePlan(readFileSync(corpusPath(name)), emptyBindings));
    const file = corpusPath(name.replace(/\.md$/, '.reading.txt'));
    if (process.env['UPDATE_READINGS'] === '1') writeFileSync(file, reading);
    expect(reading).toBe(readFileSync(file, 'utf8'));
  });
});

describe('nothing is lost', () => {
  test.each(corpusNames)('of %s', name => {
    expect(unread(parsePlan(readFileSync(corpusPath(name)), emptyBindings))).toEqual([]);
  });

  test('of documents with lines dropped, doubled, moved, indented and joined', () => {
    fc.assert(
      fc.property(mutilated(), lines => {
        const plan = parsePlan(lines.join('\n'), emptyBindings);
        expect(unread(plan)).toEqual([]);
        expectSound(plan);
      }),
      {numRuns: RUNS, ...SEED},
    );
  });

  test('of documents put together from pieces of checklists', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), {maxLength: 40}), pieces => {
        const plan = parsePlan(pieces.join('\n'), emptyBindings);
        expect(unread(plan)).toEqual([]);
        expectSound(plan);
      }),
      {numRuns: 4 * RUNS, ...SEED},
    );
  });
});

describe('anything gives a plan', () => {
  test('documents with bytes overwritten, cut out and put in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...documents), fc.array(cut(), {minLength: 1, maxLength: 6}), (bytes, cuts) => {
        expectSound(parsePlan(cuts.reduce(applied, bytes.subarray(0, BYTES_MAX)), emptyBindings));
      }),
      {numRuns: RUNS, ...SEED},
    );
  });

  test('arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 3000}), bytes => {
        expectSound(parsePlan(bytes, emptyBindings));
      }),
      {numRuns: RUNS, ...SEED},
    );
  });

  test('arbitrary text of the letters that mean something', () => {
    const letters = fc.constantFrom(...'#-*+>|`~_[]()<>{}!$&:.0159%xX \n\n\t\\"\'aé→✅');
    fc.assert(
      fc.property(fc.array(letters, {maxLength: 1500}), text => {
        const plan = parsePlan(text.join(''), emptyBindings);
        expect(unread(plan)).toEqual([]);
        expectSound(plan);
      }),
      {numRuns: RUNS, ...SEED},
    );
  });
});

/** Lines that were read into nothing: no step, no rule, no blank, no note. */
function unread({problems, source}: Plan): readonly string[] {
  return problems.flatMap(({code, line}) => (code === 'unread-content' ? [`${line} ${source[line - 1]}`] : []));
}

/** `CORPUS_RUNS=2000` looks further, at other documents every time; without it the same ones are tried. */
const RUNS = Number(process.env['CORPUS_RUNS'] ?? 60);
const SEED = process.env['CORPUS_RUNS'] === undefined ? {seed: 20_260_303} : {};
/** Of the longest documents a part says as much and takes less time. */
const BYTES_MAX = 12_000;

/** Every name that one part of a plan uses for another is there, once, and every line lies in the document. */
function expectSound(plan: Plan): void {
  const ids = plan.steps.map(({id}) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const sections = new Set(plan.sections.map(({id}) => id));
  expect(plan.steps.filter(({section}) => !sections.has(section))).toEqual([]);
  const known = new Set(ids);
  expect((plan.rollback?.steps ?? []).filter(id => !known.has(id))).toEqual([]);
  const rules = new Set(plan.rules.map(({id}) => id));
  const ruled = plan.steps.flatMap(({action}) => (action.kind === 'rule' ? action.rules : []));
  expect([...ruled, ...(plan.rollback?.triggers ?? [])].filter(id => !rules.has(id))).toEqual([]);
  const lines = [...plan.steps, ...plan.rules, ...plan.problems, ...plan.sections].map(({line}) => line);
  expect(lines.filter(line => line < 1 || line > plan.source.length)).toEqual([]);
}

type Change = {at: number; kind: 'drop' | 'double' | 'move' | 'indent' | 'outdent' | 'join' | 'code-block'; by: number};

function mutilated(): fc.Arbitrary<string[]> {
  const change = fc.record({
    at: fc.nat({max: 100_000}),
    kind: fc.constantFrom('drop', 'double', 'move', 'indent', 'outdent', 'join', 'code-block') as fc.Arbitrary<
      Change['kind']
    >,
    by: fc.integer({min: 1, max: 8}),
  });
  return fc
    .tuple(fc.constantFrom(...documents), fc.array(change, {minLength: 1, maxLength: 25}))
    .map(([bytes, changes]) => {
      const lines = bytes.subarray(0, BYTES_MAX).toString('utf8').split(/\r?\n/);
      for (const one of changes) mutilate(lines, one);
      return lines;
    });
}

function mutilate(lines: string[], {at, kind, by}: Change): void {
  const index = at % Math.max(1, lines.length);
  const line = lines[index] ?? '';
  switch (kind) {
    case 'drop':
      lines.splice(index, by);
      return;
    case 'double':
      lines.splice(index, 0, ...lines.slice(index, index + by));
      return;
    case 'move':
      lines.splice((index * 7) % Math.max(1, lines.length), 0, ...lines.splice(index, by));
      return;
    case 'indent':
      lines[index] = ' '.repeat(by) + line;
      return;
    case 'outdent':
      lines[index] = line.trimStart();
      return;
    case 'join':
      lines.splice(index, 2, `${line} ${lines[index + 1] ?? ''}`);
      return;
    case 'code-block':
      lines.splice(index, 0, by % 2 === 0 ? '```' : '~~~bash');
  }
}

type Cut = {at: number; length: number; put: Uint8Array};

function cut(): fc.Arbitrary<Cut> {
  return fc.record({at: fc.nat({max: 100_000}), length: fc.nat({max: 200}), put: fc.uint8Array({maxLength: 50})});
}

function applied(bytes: Uint8Array, {at, length, put}: Cut): Uint8Array {
  const from = at % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + length)]);
}

const PIECES = [
  '',
  '',
  '# Release',
  '## Prerequisites',
  '## Deploy',
  '### Step 1: Copy (5 min)',
  '## Rollback',
  '### When to roll back',
  '## Contacts',
  '## Notes',
  '## Monitoring (first 2 hours)',
  '**Step 2: Restart**',
  '**Option A: by hand**',
  '- [ ] tell support',
  '- [x] done before',
  '  - [ ] `make deploy`',
  '    - [ ] nested deeper',
  '1. [ ] numbered task',
  '2. `systemctl restart api`',
  '* [ ] starred',
  '> - [ ] quoted',
  '- [ ] ticket ________',
  '- [ ] Error rate < 1%',
  '- > 20 tickets',
  '```bash',
  '```',
  '  ```',
  '```sql',
  'select 1;',
  '-- Expected: 1',
  'ssh user@host',
  '# OR',
  'curl https://x.test/health',
  'tail -f /var/log/x.log',
  'rm -rf /srv/x',
  'cp -r a b.$(date +%F)',
  '    indented code',
  '| Step | Command |',
  '|------|---------|',
  '| stop | `systemctl stop api` |',
  '---',
  '<!-- tminus: timeout=5m -->',
  '<details>',
  '</details>',
  'Expected: 200 OK',
  'Some prose that says nothing.',
];
