import {expect, test} from 'vitest';
import type {Of} from '../../src/probes/reading.ts';
import {sqlProbe} from '../../src/probes/sql-probe.ts';

const databases = {
  main: {url: 'postgres://main', default: true, line: 1},
  other: {url: 'postgres://other', default: false, line: 2},
};

/** Answers as a database would, whatever is asked. */
async function reading(rows: (string | null)[][], on?: string, more: Partial<Of<'sql'>> = {}) {
  const asked: string[] = [];
  const query = async (database: string, sql: string) => {
    asked.push(`${database}: ${sql}`);
    return {columns: ['value'], rows, rowCount: rows.length};
  };
  const common = {kind: 'sql', everyMs: 1000, timeoutMs: 1000, line: 1, sql: 'select <what>', ...more} as const;
  const probe = on === undefined ? common : {...common, on};
  const bind = (written: string) => written.replace('<what>', '1');
  return {asked, reading: await sqlProbe(probe, databases, {query}, bind)()};
}

test('the first cell is the value, of the default database unless another is named', async () => {
  expect(await reading([['612.5', 'x']])).toEqual({asked: ['main: select 1'], reading: {kind: 'value', value: 612.5}});
  expect((await reading([['1']], 'other')).asked).toEqual(['other: select 1']);
});

test('no row, NULL and text are errors, never zero', async () => {
  expect((await reading([])).reading).toMatchObject({error: 'the query returned no row'});
  expect((await reading([[null]])).reading).toMatchObject({error: 'the query returned NULL'});
  expect((await reading([['many']])).reading).toMatchObject({error: 'the query returned "many", expected a number'});
  expect((await reading([['']])).reading.kind).toBe('error');
});

test('the number of rows is the value when it is asked for, none included', async () => {
  expect((await reading([['a'], ['b']], 'main', {rows: true})).reading).toEqual({kind: 'value', value: 2});
  expect((await reading([], 'main', {rows: true})).reading).toEqual({kind: 'value', value: 0});
});

test('what does not meet the expectation is an error', async () => {
  const expecting = {expect: {checks: [{kind: 'rows', op: '>=', value: 2}]}} as const;
  expect((await reading([['7'], ['8']], 'main', expecting)).reading).toEqual({kind: 'value', value: 7});
  expect((await reading([['7']], 'main', expecting)).reading).toMatchObject({
    error: '1 rows, expected >= 2',
    reached: true,
  });
});

test('a statement that the server refuses was answered, a server that lets nobody in was not reached', async () => {
  const answered = async (state: string) => {
    const probe = {kind: 'sql', everyMs: 1000, timeoutMs: 1000, line: 1, sql: 'select 1'} as const;
    return await sqlProbe(probe, databases, {query: async () => ({error: 'no', state})}, written => written)();
  };
  expect(await answered('42P01')).toMatchObject({reached: true});
  expect(await answered('28P01')).toMatchObject({reached: false});
  expect(await answered('53300')).toMatchObject({reached: false});
});

test('a database that cannot be asked is an error that was not reached', async () => {
  const query = async () => ({error: 'connection refused'});
  const probe = {kind: 'sql', everyMs: 1000, timeoutMs: 1000, line: 1, sql: 'select 1'} as const;
  expect(await sqlProbe(probe, databases, {query}, written => written)()).toEqual({
    kind: 'error',
    error: 'connection refused',
    reached: false,
  });
  expect(await sqlProbe(probe, {}, {query}, written => written)()).toMatchObject({error: 'no database is bound'});
});
