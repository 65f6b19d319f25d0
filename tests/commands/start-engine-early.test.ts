/** The engine that is started while the command line of `run` is still being read. */
import {chmodSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

let directory: string;
let operator: Operator;
const runs = () => readdirSync(join(operator.home, 'runs')).sort();

beforeEach(async () => {
  directory = await temporaryDirectory();
  operator = newOperator(directory);
  writeFileSync(join(directory, 'small.md'), '## Deployment\n\n```bash\necho shipped\n```\n');
});
afterEach(() => operator.stop());

const run = () => operator.run('run', join(directory, 'small.md'), '--auto', '--watch', 'none', '--plain');

test('opens the run that the command asks for, with its log in the directory of the run', async () => {
  expect((await run()).code).toBe(0);
  const second = await run();
  expect(second).toMatchObject({code: 0, out: expect.stringContaining('closed, succeeded')});
  expect(runs()).toHaveLength(2);
  for (const id of runs()) expect(statSync(join(operator.home, 'runs', id, 'engine.log')).mode & 0o777).toBe(0o600);
});

test('ends without a trace when the command asks for no run', async () => {
  await run();
  await operator.idle();
  const before = runs();
  for (const words of [['nowhere.md'], ['--no-such-flag'], ['small.md', '--auto', '--yes', 'L99', '--plain']]) {
    const {code, said} = await operator.run('run', ...words);
    expect([2, 65]).toContain(code);
    expect(said).not.toBe('');
  }
  await operator.idle();
  await eventually('nothing to be left of them', () => runs().join() === before.join(), {
    seen: () => runs().join('\n'),
  });
});

test('where others can write, nothing is started ahead, and the command says so', async () => {
  await run();
  await operator.idle();
  chmodSync(join(operator.home, 'runs'), 0o777);
  const before = runs();
  const refused = await run();
  expect(refused.said).toContain('can be written by others');
  expect(runs()).toEqual(before);
});
