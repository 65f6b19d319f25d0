import {expect, test} from 'vitest';
import {readProcesses} from '../../src/probes/process-table.ts';

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
