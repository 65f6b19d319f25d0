import {expect, test} from 'vitest';
import {capturedAs, readCaptures, withNames} from '../../../src/plan/shell/captures.ts';

test.each([
  ['$(date +%Y%m%d)', 'YYYYMMDD'],
  ['$(date +"%Y-%m-%d")', 'YYYY-MM-DD'],
  ["$(date '+%Y%m%d_%H%M%S')", 'YYYYMMDD_HHMMSS'],
  ['$(date -u +%FT%T)', 'YYYY-MM-DDTHH:MM:SS'],
  ['$(date +%s)', 'timestamp'],
  ['$(date)', 'date'],
  ['`date +%y%m%d`', 'YYMMDD'],
])('%s is later written %s', (expression, name) => {
  expect(readCaptures(`cp a a.${expression}`)).toEqual([{expression, name}]);
});

test('the same expression twice is one value', () => {
  expect(readCaptures('cp a a.$(date +%F) && tar cf $(date +%F).tar a')).toHaveLength(1);
});

test('other substitutions are left to the shell', () => {
  expect(readCaptures('echo $(hostname) $(updated)')).toEqual([]);
});

test('a command is known by the names of its captures', () => {
  const command = 'cp -r app app.$(date +%Y%m%d)';
  expect(withNames(command, readCaptures(command))).toBe('cp -r app app.YYYYMMDD');
});

test.each([
  ['[timestamp]', 'timestamp'],
  ['<YYYYMMDD>', 'YYYYMMDD'],
  ['JJJJMMTT', 'YYYYMMDD'],
  ['AAAA-MM-DD', 'YYYY-MM-DD'],
  ['your-host', 'your-host'],
])('%s means the capture %s', (placeholder, name) => {
  expect(capturedAs(placeholder)).toBe(name);
});
