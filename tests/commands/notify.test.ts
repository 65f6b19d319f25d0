import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {newOperator, type Operator} from '../helpers/program.ts';

let directory: string;
let operator: Operator;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-notify-'));
  operator = newOperator(directory, {HOOK: 'http://127.0.0.1:1/services/T0/very-secret-part'});
});

afterEach(() => {
  operator.stop();
  rmSync(directory, {recursive: true, force: true});
});

test('a run that fails tells the command of the bindings, and no address of a hook stands anywhere', async () => {
  const out = join(directory, 'told');
  writeFileSync(join(directory, 'deploy.md'), '# Release\n\n## Deployment\n\n- [ ] Go: `echo broken; false`\n');
  writeFileSync(
    join(directory, 'tminus.yaml'),
    `tminus: 1\nnotify:\n  - { run: "cat >> ${out}" }\n  - { webhook: "\${HOOK}", on: closed }\n`,
  );
  const {code} = await operator.run('run', join(directory, 'deploy.md'), '--auto');
  expect(code).toBe(3);
  await operator.idle();
  const told = readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(told.map(({occasion}) => occasion)).toEqual(['failed', 'closed']);
  expect(told[0]).toMatchObject({title: 'Go (line 5): failed', text: 'exit 1 from line 5: echo broken; false'});
  const journal = await operator.journal();
  const sent = journal.filter(({type}) => type === 'notice-sent');
  expect(sent).toMatchObject([
    {channel: 'run 1', delivered: true},
    {channel: 'run 1', delivered: true},
    {channel: 'webhook 2', delivered: false, because: expect.stringContaining('refused')},
  ]);
  const report = (await operator.run('report')).out;
  expect(report).toContain('told run 1: Go (line 5): failed');
  expect(JSON.stringify(journal) + report).not.toContain('very-secret-part');
});
