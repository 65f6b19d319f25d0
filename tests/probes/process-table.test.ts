import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {LIST_PROCESSES, readProcesses} from '../../src/probes/process-table.ts';

test('the shell that asks and what it started are left out', () => {
  const output = [
    '40',
    '    PID    PPID   RSS COMMAND',
    '     12       1 20480 python app.py --name myhibachi',
    '     40      12  1000 sh -c ps',
    '     41      40   900 ps -ww -eo something',
    '     30      12  1000 sh -c echo "$$"; ps -ww -eo pid,ppid,rss,args',
  ].join('\n');
  expect(readProcesses(output)).toEqual([
    {pid: 12, parent: 1, rssKb: 20480, commandLine: 'python app.py --name myhibachi'},
  ]);
});

test('figures that busybox shortens are read in full', () => {
  const output =
    '9\nPID   PPID  RSS  COMMAND\n    1     0  812 init\n    7     1  12m python app.py\n    8     1 1.5g java';
  expect(readProcesses(output).map(process => process.rssKb)).toEqual([812, 12 * 1024, 1.5 * 1024 * 1024]);
});

test('where there is no ps they are read from /proc', async () => {
  const programs = mkdtempSync(join(tmpdir(), 'tminus-bare-'));
  symlinkSync('/usr/bin/tr', join(programs, 'tr'));
  const child = spawn('sh', ['-c', 'echo ready; read -r _', 'a name\nof lines'], {stdio: 'pipe'});
  try {
    await once(child.stdout, 'data');
    const output = execFileSync('/bin/sh', ['-c', LIST_PROCESSES], {env: {PATH: programs}, encoding: 'utf8'});
    const found = readProcesses(output).filter(({pid}) => pid === child.pid);
    expect(found).toEqual([
      {
        pid: child.pid,
        parent: process.pid,
        rssKb: expect.any(Number),
        commandLine: 'sh -c echo ready; read -r _ a name of lines ',
      },
    ]);
    expect(found[0]?.rssKb).toBeGreaterThan(100);
  } finally {
    child.kill();
    rmSync(programs, {recursive: true});
  }
});
