import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {program} from '../helpers/program.ts';

let directory: string;
let checklist: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-pipes-'));
  checklist = join(directory, 'deploy.md');
  const steps = Array.from({length: 1500}, (_, index) => `- [ ] Step ${index}: \`echo ${index}\``);
  writeFileSync(checklist, ['## Deployment', ...steps, ''].join('\n'));
});

afterEach(() => rmSync(directory, {recursive: true, force: true}));

test('a reader that is slow gets all of it', async () => {
  const child = spawn(process.execPath, [program, 'check', checklist, '--json'], {stdio: ['ignore', 'pipe', 'pipe']});
  const exited = once(child, 'exit');
  // Everything has been written by then, and most of it has no room in the pipe yet.
  await sleep(3000);
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    await sleep(5);
  }
  expect(JSON.parse(text).steps).toHaveLength(1500);
  await exited;
});

test('a reader that goes away ends it without a word', async () => {
  const child = spawn(process.execPath, [program, 'check', checklist, '--json'], {stdio: ['ignore', 'pipe', 'pipe']});
  let said = '';
  child.stderr.on('data', chunk => {
    said += chunk;
  });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = await once(child, 'exit');
  expect({code, said}).toEqual({code: 0, said: ''});
});
