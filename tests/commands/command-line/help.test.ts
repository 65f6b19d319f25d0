import {expect, test} from 'vitest';
import {commandEntries} from '../../../src/commands/command-line/command-table.ts';
import {helpOf, manPage, overview} from '../../../src/commands/command-line/help.ts';

test('the overview names every command with its flags, and fits', () => {
  const text = overview();
  for (const [name, {flags}] of commandEntries()) {
    expect(text).toContain(`  tminus ${name}`);
    for (const [flag, {short}] of Object.entries(flags))
      expect(text).toContain(short === undefined ? `--${flag}` : `-${short}`);
  }
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

test('the man page has every command, flag and exit code, and no text that roff takes for a request', () => {
  const lines = manPage('1.2.3').split('\n');
  for (const [name, {flags, help}] of commandEntries()) {
    expect(lines.some(line => line.startsWith(`.SS tminus ${name}`))).toBe(true);
    for (const text of [help, ...Object.values(flags).map(flag => flag.help)])
      expect(lines).toContain(text.replaceAll('-', '\\-'));
    for (const flag of Object.keys(flags))
      expect(lines.some(line => line.includes(`\\-\\-${flag.replaceAll('-', '\\-')}`))).toBe(true);
  }
  expect(lines).toContain('129, 130, 143');
  const requests = new Set(lines.filter(line => /^[.']/.test(line)).map(line => line.split(' ')[0]));
  expect([...requests].toSorted()).toEqual(['.B', '.SH', '.SS', '.TH', '.TP']);
});

test('the help of a command has a line for each flag', () => {
  const [first, ...lines] = helpOf('runs').split('\n');
  expect(first).toMatch(/^tminus runs \[AGE\|SIZE\] \[FLAGS\]: list the runs/);
  expect(lines.slice(-5)).toEqual([
    '      --prune  delete runs that are older than AGE, or the oldest beyond SIZE',
    "      --team   the runs of all operators, from the team's ledger",
    '      --json   as JSON',
    '  -h, --help   this help',
    '',
  ]);
  expect(helpOf('report')).toMatch(/^ {2}-o, --output FILE +write it there$/m);
});
