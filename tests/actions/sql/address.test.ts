import pg from 'pg';
import {expect, test} from 'vitest';
import {readableDatabaseUrl} from '../../../src/actions/sql/address.ts';

function read(url: string) {
  const {user, password, host, port, database} = new pg.Client({connectionString: readableDatabaseUrl(url)});
  return {user, password, host, port, database};
}

test.for([
  'plain',
  'with%percent',
  '100%',
  'a#b',
  '12345#b',
  'a?b',
  'a/b',
  'a@b',
  'a:b',
  'a@b#c',
  'a@b/c',
  'a b',
  '[a]',
  'ä€',
  'a\\b|c^d`e"f<g>',
])('the password %j reaches the driver as it is', password => {
  expect(read(`postgres://ana:${password}@db.internal:6543/app?application_name=x`)).toEqual({
    user: 'ana',
    password,
    host: 'db.internal',
    port: 6543,
    database: 'app',
  });
});

test('a password ends before the options, whatever stands in them', () => {
  const url = 'postgres://ana:a/b#c@db.internal/app?application_name=x@y';
  expect(read(url)).toMatchObject({password: 'a/b#c', host: 'db.internal'});
});

test('what is encoded already is decoded once', () => {
  expect(read('postgres://ana:a%23b%25@db.internal/app').password).toBe('a#b%');
});

test.for([
  'postgres://localhost:5432/app?options=a@b',
  'postgres://ana@db.internal/app',
  'postgres:///app?host=/run/postgresql',
  '/run/postgresql app',
  'postgres://db.internal',
])('%s stays as it is', url => {
  expect(readableDatabaseUrl(url)).toBe(url);
});
