import {chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, onTestFinished, test, vi} from 'vitest';
import {checkCommand} from '../../src/commands/check.ts';
import {reviewCommand} from '../../src/commands/review.ts';

const DOCUMENT = `# Release of the shop

## Deployment

\`\`\`bash
echo one > one.txt
\`\`\`

- [ ] Tell the team

## Rollback

\`\`\`bash
rm -f one.txt
\`\`\`
`;

const PROCEDURES = `# Incidents

## Playbook 1: Redis is down

\`\`\`bash
echo redis
\`\`\`

## Playbook 2: Postgres is down

\`\`\`bash
echo postgres
\`\`\`
`;

let directory: string;
let checklist: string;
let review: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-review-'));
  checklist = join(directory, 'deploy.md');
  review = join(directory, 'deploy.review.yaml');
  writeFileSync(checklist, DOCUMENT);
});

afterEach(() => {
  vi.restoreAllMocks();
  chmodSync(directory, 0o700);
  rmSync(directory, {recursive: true});
});

type Ended = {code: number; out: string};

async function ended(command: Promise<number>, write: {mock: {calls: unknown[][]}}): Promise<Ended> {
  const code = await command;
  return {code, out: write.mock.calls.map(([text]) => String(text)).join('')};
}

function check(...flags: string[]): Promise<Ended> {
  const write = vi.spyOn(process.stdout, 'write').mockClear().mockReturnValue(true);
  return ended(checkCommand([checklist, ...flags]), write);
}

function accept(...flags: string[]): Promise<Ended> {
  const write = vi.spyOn(process.stdout, 'write').mockClear().mockReturnValue(true);
  return ended(reviewCommand([checklist, '--accept', '--as', 'ci', ...flags]), write);
}

async function json(...flags: string[]) {
  return JSON.parse((await check('--json', ...flags)).out);
}

test('a document that nobody has reviewed ends check with 7, and its verdict promises nothing', async () => {
  const {code, out} = await check();
  expect(code).toBe(7);
  expect(out).toContain('◐ runnable after the review of 2 sections');
  expect(out).toMatch(/review +0 of 2 sections confirmed/);
  expect(out).toMatch(/next +.* review .*deploy\./);
  expect(existsSync(review)).toBe(false);
});

test('--accept takes the reading as it is, says so in the file, and check ends with 0', async () => {
  const accepted = await accept();
  expect(accepted.code).toBe(0);
  expect(accepted.out).toContain('accepted unseen, and written to deploy.review.yaml');
  expect(accepted.out).toContain('2 of 2 sections confirmed');
  const file = readFileSync(review, 'utf8');
  expect(file).toMatch(/title: Deployment, use: run, place: here, .* by: ci \(.*\), at: \S+, accepted: unseen/);
  expect(readdirSync(directory).sort()).toEqual(['deploy.md', 'deploy.review.yaml']);
  const {code, out} = await check();
  expect(code).toBe(0);
  expect(out).toContain('✓ runnable');
  expect(out).toMatch(/2 accepted unseen by ci \(.*\), \d{4}-\d\d-\d\d/);
});

test('what was confirmed before keeps its who and when; only the rest is accepted', async () => {
  await accept();
  const before = readFileSync(review, 'utf8').replaceAll(
    /by: .*?, at: \S+, accepted: unseen/g,
    'by: ana, at: 2026-01-05T13:00:00Z',
  );
  writeFileSync(review, before);
  writeFileSync(checklist, DOCUMENT.replace('rm -f one.txt', 'rm -f one.txt two.txt'));
  const changed = await check();
  expect(changed.code).toBe(7);
  expect(changed.out).toMatch(
    / 11 {2}Rollback\n +its text has changed, and what is read from it\n +- .*rm -f one.txt\n +\+ .*rm -f one.txt two.txt/,
  );
  const {code, out} = await accept();
  expect(code).toBe(0);
  expect(out).toMatch(/1 by ana, 2026-01-05 · 1 accepted unseen by ci/);
  expect(readFileSync(review, 'utf8')).toMatch(/title: Deployment, .*by: ana, at: 2026-01-05T13:00:00Z\}/);
  expect((await json()).sections.map((section: {confirmed?: {by: string}}) => section.confirmed?.by)).toEqual([
    'ana',
    expect.stringContaining('ci'),
  ]);
});

test('accepting what is accepted already writes nothing', async () => {
  await accept();
  const before = readFileSync(review, 'utf8');
  const {code, out} = await accept();
  expect([code, out.split('\n')[0]]).toEqual([0, 'nothing was left to accept']);
  expect(readFileSync(review, 'utf8')).toBe(before);
});

test('what only a person can answer stays open, with its line and what to do, and ends with 7', async () => {
  writeFileSync(checklist, PROCEDURES);
  const {code, out} = await accept();
  expect(code).toBe(7);
  expect(out).toMatch(/line 3: the document holds 2 procedures, and nothing says which one is meant/);
  expect(out).toContain('→ name it with --procedure');
  expect((await check()).code).toBe(7);
  const {doubts} = (await json()).review;
  const open = doubts.filter(({settled}: {settled?: object}) => settled === undefined);
  expect(open).toMatchObject([{code: 'procedure-assumed', line: 3, settle: expect.stringContaining('--procedure')}]);
});

test('--procedure says which of several is meant, and each has a review of its own', async () => {
  writeFileSync(checklist, PROCEDURES);
  expect((await accept('--procedure', 'Playbook 2')).code).toBe(0);
  expect((await check()).code).toBe(0);
  const {review: told, sections} = await json();
  expect(told).toMatchObject({confirmed: 1, open: 0, procedure: 'Playbook 2: Postgres is down'});
  expect(sections.map(({use}: {use: string}) => use)).toEqual(['other', 'run']);
  expect((await check('--procedure', 'Playbook 1')).code).toBe(7);
  expect((await accept('--procedure', 'Playbook 1')).code).toBe(0);
  expect((await check('--procedure', 'Playbook 2')).code).toBe(0);
  await expect(accept('--procedure', 'Playbook 9')).rejects.toMatchObject({
    exitCode: 65,
    message: expect.stringContaining('it has "Playbook 1: Redis is down"'),
  });
});

test('without a terminal and without --accept it says so, and ends with 7', async () => {
  await expect(reviewCommand([checklist])).rejects.toMatchObject({
    exitCode: 7,
    message: expect.stringMatching(/^without a terminal nobody can look at what was read; .*--accept/),
  });
  await accept();
  const write = vi.spyOn(process.stdout, 'write').mockClear().mockReturnValue(true);
  const done = await ended(reviewCommand([checklist]), write);
  expect(done).toMatchObject({code: 0, out: expect.stringContaining('nothing is open\n')});
});

test('a file that does not read as a review is named with its line, and never written over', async () => {
  const broken = 'tminus-review: 1\nsections:\n  - section: {title: Deployment, use: nonsense}\n';
  writeFileSync(review, broken);
  for (const command of [() => check(), () => accept(), () => reviewCommand([checklist])]) {
    await expect(command()).rejects.toMatchObject({
      exitCode: 65,
      message: expect.stringMatching(/deploy\.review\.yaml:3: .*delete it and review again$/),
    });
  }
  expect(readFileSync(review, 'utf8')).toBe(broken);
});

test('where the file cannot be written, one line says why', async () => {
  chmodSync(directory, 0o555);
  // Nothing keeps the superuser from writing, so that for a moment this is somebody else.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    await expect(accept()).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('cannot write deploy.review.yaml: permission denied'),
    });
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

const NOBODY = 65_534;

test('bindings that a run would refuse are not reviewed', async () => {
  writeFileSync(join(directory, 'tminus.yaml'), 'tminus: 1\nnonsense: 2\n');
  await expect(accept()).rejects.toMatchObject({exitCode: 65, message: expect.stringContaining('tminus.yaml:2')});
  const {code, out} = await check();
  expect([code, out.includes('✗ a run does not begin')]).toEqual([65, true]);
});

test('the JSON of check tells uses, the review, and what every line was read as', async () => {
  const told = await json();
  expect(told.review).toEqual({confirmed: 0, open: 2, doubts: []});
  expect(told.sections.map(({use}: {use: string}) => use)).toEqual(['run', 'rollback']);
  expect(told.lines).toHaveLength(DOCUMENT.split('\n').length - 1);
  expect(told.lines[5]).toEqual({line: 6, as: 'command', step: 'L5'});
});

test('check --lines prints the document with a margin', async () => {
  const {out} = await check('--lines');
  expect(out).toContain('\n 6  command      echo one > one.txt\n');
  expect(out).toContain('\n 9  step         - [ ] Tell the team\n');
  expect(out.trimEnd().split('\n').at(-1)).toBe('every line was read');
});

test('no secret of the bindings or the environment is printed, or kept in a file that is committed', async () => {
  vi.stubEnv('SHOP_TOKEN', 'token-from-environment');
  onTestFinished(() => void vi.unstubAllEnvs());
  const run = 'post --token ${SHOP_TOKEN} https://me:passw0rd@shop.example.net/';
  writeFileSync(join(directory, 'tminus.yaml'), `tminus: 1\nsteps:\n  - {match: "Tell the team", run: "${run}"}\n`);
  const accepted = await accept();
  const texts = [accepted.out, readFileSync(review, 'utf8'), (await check()).out, (await check('--json')).out];
  for (const text of texts) expect(text).not.toMatch(/token-from-environment|passw0rd/);
  expect(texts[1]).toContain('post --token ${SHOP_TOKEN} https://me:[redacted]@shop.example.net/');
  // Another machine, another token: what was confirmed holds.
  vi.stubEnv('SHOP_TOKEN', 'another-token');
  expect((await check()).code).toBe(0);
});
