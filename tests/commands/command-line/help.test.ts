import {expect, test} from 'vitest';
import {helpOf, overview} from '../../../src/commands/command-line/help.ts';
import {commandEntries} from '../../../src/commands/command-line/table.ts';

test('the overview names every command with its flags, and fits', () => {
  const text = overview();
  for (const [name, {flags}] of commandEntries()) {
    expect(text).toContain(`  tminus ${name}`);
    for (const [flag, {short}] of Object.entries(flags))
      expect(text).toContain(short === undefined ? `--${flag}` : `-${short}`);
  }
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

test('the help of a command has a line for each flag', () => {
  expect(helpOf('runs').split('\n')).toEqual([
    'tminus runs [FLAGS]: list the runs of this account, the newest first',
    '',
    '      --json  as JSON',
    '  -h, --help  this help',
    '',
  ]);
  expect(helpOf('report')).toMatch(/^ {2}-o, --output FILE +write it there$/m);
});
