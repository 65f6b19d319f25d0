/** Nothing that no person has confirmed runs by itself: from the first run to a review that an edit opens again. */
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {newOperator, type Operator, program} from '../helpers/program.ts';
import {openPty} from '../helpers/pty.ts';

const DOCUMENT = `# Release of the shop

## Deployment

\`\`\`bash
echo deployed >> deployed.txt
\`\`\`

## Rollback

\`\`\`bash
rm -f deployed.txt
\`\`\`
`;

const LOOK_MS = 600;
const ENTER = '\r';

let directory: string;
let operator: Operator;
const file = (name: string) => join(directory, name);
const run = () => operator.run('run', 'deploy.md', '--auto', '--yes', 'all', '--plain');

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-review-'));
  writeFileSync(file('deploy.md'), DOCUMENT);
  operator = newOperator(directory, {}, {reviews: false});
});

afterAll(() => {
  operator?.stop();
  rmSync(directory, {recursive: true, force: true});
});

test('a checklist that nobody has reviewed starts no command without a person, and says how to review it', async () => {
  const {code, out, said} = await run();
  expect(code).toBe(7);
  expect(out).toContain('section "Deployment" (line 3) is not confirmed');
  expect(out).not.toContain('started');
  expect(said).toMatch(
    /^tminus: section "Deployment" \(line 3\) is not confirmed; confirm it with: \S.* review deploy\.md /m,
  );
  expect(said).toContain('review deploy.md --accept');
  expect(existsSync(file('deployed.txt'))).toBe(false);
});

test('accepted unseen it runs, check agrees, and the run keeps its review', async () => {
  expect(await operator.run('review', 'deploy.md', '--accept')).toMatchObject({code: 0, said: ''});
  const plans = () => readdirSync(join(operator.home, 'cache', 'plans')).toSorted();
  const read = plans();
  expect(await operator.run('check', 'deploy.md')).toMatchObject({code: 0});
  expect(await run()).toMatchObject({code: 0});
  // The review has kept what it read, and neither the check nor the run read it anew.
  expect(plans()).toEqual(read);
  expect(readFileSync(file('deployed.txt'), 'utf8')).toBe('deployed\n');
  // As in the person's own shell, and not as the engine keeps its own files.
  expect(statSync(file('deployed.txt')).mode & 0o777).toBe(0o666 & ~process.umask());
  const kept = join(await operator.runDirectory(), 'review.yaml');
  expect(readFileSync(kept, 'utf8')).toBe(readFileSync(file('deploy.review.yaml'), 'utf8'));
  await operator.recorded('section-confirmed', ({reviewed}) => reviewed?.unseen === true);
});

test('where nothing is for a run, the dry run refuses as the run does, and says that nothing would run', async () => {
  const dry = () => operator.run('run', 'deploy.md', '--dry-run', '--plain');
  const walked = await dry();
  expect(walked).toMatchObject({code: 0});
  expect(walked.out).toContain('run closed, succeeded');

  const reviewed = readFileSync(file('deploy.review.yaml'), 'utf8');
  const idle = reviewed.replace('title: Deployment, use: run', 'title: Deployment, use: reference');
  expect(idle).not.toBe(reviewed);
  writeFileSync(file('deploy.review.yaml'), idle);
  for (const [start, words] of [
    [dry, 'nothing would run'],
    [run, 'nothing ran'],
  ] as const) {
    const {code, out, said} = await start();
    expect(code).toBe(7);
    expect(out).toContain(`run closed, refused: every step is done; ${words}`);
    expect(said).toContain(`tminus: ${words}: what line 5 would run is for reference`);
  }
  writeFileSync(file('deploy.review.yaml'), reviewed);
  expect(readFileSync(file('deployed.txt'), 'utf8')).toBe('deployed\n');
});

test('an edit opens the section again, for check and for run alike', async () => {
  writeFileSync(file('deploy.md'), DOCUMENT.replace('echo deployed', 'echo again'));
  await operator.idle();
  const check = await operator.run('check', 'deploy.md');
  expect(check.code).toBe(7);
  expect(check.out).toMatch(/- .*echo deployed >> deployed\.txt\n +\+ .*echo again >> deployed\.txt/);
  expect(await run()).toMatchObject({code: 7});
  expect(readFileSync(file('deployed.txt'), 'utf8')).toBe('deployed\n');
});

test('a review that does not read as one begins no run, and is left as it is', async () => {
  writeFileSync(file('deploy.review.yaml'), 'tminus-review: 2\n');
  const {code, said} = await run();
  expect(code).toBe(65);
  expect(said).toMatch(/deploy\.review\.yaml:1: .*; correct it, take it back from version control, or delete it/);
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(readFileSync(file('deploy.review.yaml'), 'utf8')).toBe('tminus-review: 2\n');
});

test('on a terminal each Enter confirms, is kept at once, and runs nothing', async () => {
  rmSync(file('deploy.review.yaml'));
  rmSync(file('deployed.txt'));
  const command = ['review', 'deploy.md', '--as', 'ana'];
  const screen = openPty([process.execPath, [program, ...command]], {
    env: {TMINUS_HOME: operator.home},
    cwd: directory,
  });
  await screen.shows('0 of 2 sections confirmed');
  // What changes files, and a rollback, is looked at first: an Enter that comes at once may be one that is still held.
  await setTimeout(LOOK_MS);
  screen.type(ENTER);
  await screen.shows('1 of 2 sections confirmed');
  expect(readFileSync(file('deploy.review.yaml'), 'utf8')).toMatch(/title: Deployment, .*by: ana/);
  await setTimeout(LOOK_MS);
  screen.type(ENTER);
  await screen.shows(/everything is confirmed · q leaves, then: \S.* run deploy\.md/);
  screen.type('q');
  expect(await screen.exit).toBe(0);
  expect(existsSync(file('deployed.txt'))).toBe(false);
  expect(await operator.run('check', 'deploy.md')).toMatchObject({code: 0});
});

test('p sets the place of a section, the review keeps it by name, and the bindings win over it', async () => {
  const document =
    '# Shop\n\n## Preparation\n- [ ] `tar czf shop.tgz shop`\n\n## Deployment\n```bash\nssh ops@web\nmake\n```\n';
  writeFileSync(file('shop.md'), document);
  const screen = openPty([process.execPath, [program, 'review', 'shop.md', '--as', 'ana']], {
    env: {TMINUS_HOME: operator.home},
    cwd: directory,
  });
  await screen.shows('nothing says where line 4 runs');
  screen.type('p');
  await screen.shows('Where does "Preparation" run?');
  screen.type('web');
  await screen.shows(/› ops@web/);
  screen.type(ENTER);
  await screen.shows('"Preparation" runs on ops@web now');
  await screen.shows(/0 of 2 sections confirmed · no questions/);
  screen.type('u');
  await screen.shows('taken back: the place of Preparation');
  await screen.shows(/1 question left/);
  screen.type('p');
  await screen.shows('Where does "Preparation" run?');
  screen.type('web');
  await screen.shows(/› ops@web/);
  screen.type(ENTER);
  await screen.shows(/0 of 2 sections confirmed · no questions/);
  screen.type('J');
  await screen.shows(/› . Deployment/);
  screen.type('p');
  await screen.shows('Where does "Deployment" run?');
  screen.type('this');
  await screen.shows(/› this machine/);
  screen.type(ENTER);
  await screen.shows('its place stays: the document or the bindings say where it runs');
  screen.type('q');
  expect(await screen.exit).toBe(7);
  expect(readFileSync(file('shop.review.yaml'), 'utf8')).toMatch(/places:\n +Preparation: ops@web\n/);
  expect((await operator.run('check', 'shop.md')).out).toMatch(/ssh +tar czf shop\.tgz shop +ops@web\n/);
  writeFileSync(file('tminus.yaml'), 'tminus: 1\ncontexts: {Preparation: local}\n');
  expect((await operator.run('check', 'shop.md')).out).toMatch(/shell +tar czf shop\.tgz shop +local\n/);
});
