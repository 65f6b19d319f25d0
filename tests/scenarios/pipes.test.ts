import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {program} from '../helpers/program.ts';

let directory: string;
let home: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-pipes-'));
  home = join(directory, 'home');
  const steps = Array.from(
    {length: 40},
    (_, index) => `- [ ] Look at the answer of part ${index} of the whole site, and of all that leads to it`,
  );
  const back = Array.from(
    {length: 900},
    (_, index) => `echo "part ${index} of the whole site is back as it was before, and it answers again"`,
  );
  const rollback = ['## Rollback', '```bash', ...back, '```', ''];
  writeFileSync(join(directory, 'deploy.md'), ['## Deployment', ...steps, '', ...rollback].join('\n'));
});

afterEach(() => rmSync(directory, {recursive: true, force: true}));

const BYTES_OF_A_PIPE = 65_536;
/** What prints the most of each. */
const PRINTING: readonly (readonly string[])[] = [
  ['check', 'deploy.md'],
  ['check', 'deploy.md', '--lines'],
  ['check', 'deploy.md', '--json'],
  ['report'],
  ['report', '--format', 'html'],
  ['report', '--format', 'json'],
  ['rollback', '--print'],
];

/** In bash, which keeps the exit code of what stands before the pipe. `reader`: what stands behind it. */
function into(reader: string, args: readonly string[]) {
  const script = `"$@" 2>said | ${reader} > out; exit "\${PIPESTATUS[0]}"`;
  const {status} = spawnSync('bash', ['-c', script, 'bash', process.execPath, program, ...args], {
    cwd: directory,
    env: {...process.env, TMINUS_HOME: home},
  });
  return {code: status, out: read('out'), said: read('said')};
}

const read = (name: string) => readFileSync(join(directory, name), 'utf8');
test('a reader that is slow gets all of it, of every command, and one that goes away ends it without a word', () => {
  into('cat', ['review', 'deploy.md', '--accept']);
  // The run is there for its record; its own lines are many as well.
  const run = into('(sleep 0.3; cat)', ['run', 'deploy.md', '--dry-run', '--json', '--auto', '--yes', 'all']);
  const sizes = [run.out.length];
  for (const line of run.out.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('seq');
  for (const args of PRINTING) {
    const slow = into('(sleep 0.3; cat)', args);
    sizes.push(slow.out.length);
    const whole = into('cat', args);
    expect({args, code: slow.code, isSame: slow.out === whole.out}).toEqual({args, code: whole.code, isSame: true});
    const {said} = into('head -c 100', args);
    expect({args, said}).toEqual({args, said: whole.said});
  }
  // Some are short: a pipe takes them at once.
  expect(sizes.filter(size => size > BYTES_OF_A_PIPE).length).toBeGreaterThan(3);
});
