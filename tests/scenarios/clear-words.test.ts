import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {newOperator, type Operator} from '../helpers/program.ts';

let directory: string;
let operator: Operator;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-words-'));
  operator = newOperator(directory);
});

afterEach(() => {
  operator.stop();
  rmSync(directory, {recursive: true, force: true});
});

function checklist(...lines: readonly string[]): string {
  const path = join(directory, 'deploy.md');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

test('what the system refuses is said in one line: what, where, and why', async () => {
  const path = checklist('## Deployment', '- [ ] Go: `true`');
  const nowhere = newOperator(directory, {TMINUS_HOME: '/dev/null'});
  const ended = [
    await operator.run('run', '--auto'),
    await operator.run('check', directory),
    await nowhere.run('run', path, '--auto'),
    await operator.run('run', path, '--auto', '--yes', 'L9'),
  ];
  nowhere.stop();
  expect(ended.map(({code}) => code)).toEqual([2, 65, 2, 65]);
  for (const {said} of ended) expect(said).toMatch(/^tminus: (?!internal error).+\n$/);
});

test('a run that is over at once still says all of what it was', async () => {
  const path = checklist('## Deployment', '- [ ] Look at it');
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const {code, out} = await operator.run('run', path, '--auto', '--plain');
    expect(code).toBe(7);
    expect(out).toContain('run closed, refused: Look at it (line 2): a person ticks it');
  }
  const report = await operator.run('report', '-o', join(directory, 'no', 'such', 'place.md'));
  expect([report.code, report.said]).toEqual([
    2,
    expect.stringMatching(/^tminus: cannot write .*: no such file or directory\n$/),
  ]);
});

test('a second run is refused with the name of the first, and leaves nothing that could be taken for a run', async () => {
  const path = checklist('## Deployment', '- [ ] Go: `sleep 600`', '## Rollback', '- [ ] Back: `true`');
  const first = operator.start('run', path, '--auto', '--plain');
  await operator.recorded('step-started');
  const second = await operator.run('run', path, '--auto', '--plain');
  expect(second.code).toBe(9);
  expect(second.said).toMatch(/^tminus: this checklist is being run by \S+ on \S+ \(run \S+, pid \d+, since \S+\)\n$/);
  expect(readdirSync(join(operator.home, 'runs'))).toHaveLength(1);
  first.child.kill('SIGKILL');
});
