/** `init` as a newcomer meets it: by itself, on a terminal, and once more. */
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {newOperator, type Operator, program} from '../helpers/program.ts';
import {openPty, type Pty} from '../helpers/pty.ts';

const CHECKLIST = `# Release
## Deploy
\`\`\`bash
ssh deploy@<shop-host>
cd /srv/shop
git checkout <version>
\`\`\`
\`\`\`sql
SELECT count(*) FROM orders; -- Expected: 3+
\`\`\`
`;

const [ENTER, CTRL_C] = ['\r', '\u0003'];
let directory: string;
let operator: Operator;
let pty: Pty | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-init-'));
  operator = newOperator(directory);
  writeFileSync(join(directory, 'release.md'), CHECKLIST);
});

afterEach(() => {
  pty?.kill();
  operator.stop();
  rmSync(directory, {recursive: true});
});

const bindings = () => join(directory, 'tminus.yaml');
const onTerminal = () => {
  pty = openPty([process.execPath, [program, 'init', 'release.md']], {
    env: {TMINUS_HOME: operator.home},
    cwd: directory,
  });
  return pty;
};

test('writes the file, which check then asks about, and never writes over one', async () => {
  const first = await operator.run('init', 'release.md');
  expect(first).toMatchObject({code: 0, said: ''});
  expect(first.out).toMatch(/^wrote tminus\.yaml\nnext {2}\S.*tminus\.js check release\.md\n$/);
  const check = await operator.run('check', 'release.md');
  // Nobody has confirmed the reading yet.
  expect(check.code).toBe(7);
  expect(check.out).toContain('◐ runnable after binding 3 names, then the review of ');
  expect(check.out).not.toContain('✗ error');
  const before = readFileSync(bindings(), 'utf8');
  const second = await operator.run('init', 'release.md');
  expect(second.code).toBe(2);
  expect(second.said).toBe(
    'tminus: tminus.yaml exists and is left as it is; take it away first, or name another with -b FILE\n',
  );
  expect(readFileSync(bindings(), 'utf8')).toBe(before);
  expect(await operator.run('init', 'release.md', '-b', 'stage.yaml')).toMatchObject({code: 0});
  expect(readFileSync(join(directory, 'stage.yaml'), 'utf8')).toBe(before);
});

test('on a terminal asks for the names, keeps what is answered, and leaves open what is not', async () => {
  const screen = onTerminal();
  await screen.shows('deploy@<shop-host> is');
  screen.type(`ops@10.0.0.7${ENTER}`);
  await screen.shows('variable of the environment');
  screen.type(`postgres://me:secret@db${ENTER}`);
  await screen.shows('The name of a variable, please');
  screen.type(`SHOP_DB${ENTER}`);
  await screen.shows('<version> is');
  screen.type(ENTER);
  expect(await screen.exit).toBe(0);
  const text = readFileSync(bindings(), 'utf8');
  expect(text).toContain('destination: ops@10.0.0.7');
  expect(text).toContain('url: "${SHOP_DB}"');
  expect(text).toMatch(/^ {2}<version>:$/m);
  expect(text).not.toContain('secret');
});

test('Ctrl-C on the terminal writes nothing', async () => {
  const screen = onTerminal();
  await screen.shows('deploy@<shop-host> is');
  screen.type(`ops@10.0.0.7${ENTER}`);
  await screen.shows('variable of the environment');
  screen.type(CTRL_C);
  expect(await screen.exit).toBe(130);
  expect(existsSync(bindings())).toBe(false);
});

test('what cannot be read or written is said in one line', async () => {
  expect(await operator.run('init')).toMatchObject({code: 2, said: expect.stringContaining('tminus init deploy.md')});
  expect((await operator.run('init', 'nothing.md')).code).toBe(65);
  const nowhere = await operator.run('init', 'release.md', '-b', 'no/such/place.yaml');
  expect(nowhere).toMatchObject({code: 2, out: ''});
  expect(nowhere.said).toMatch(/^tminus: cannot write no\/such\/place\.yaml: no such file or directory\n$/);
});
