import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import pg from 'pg';
import {afterAll, afterEach, beforeAll, expect, test, vi} from 'vitest';
import {connect} from '../../../src/actions/sql/database-session.ts';
import {passwordFromFile} from '../../../src/actions/sql/password-file.ts';
import {type Postgres, startPostgres} from '../../helpers/postgres.ts';

const directory = mkdtempSync(join(tmpdir(), 'tminus-pgpass-'));
const file = join(directory, 'pgpass');
const env = {PGPASSFILE: file};
const login = {host: 'db.example.org', port: 5432, database: 'shop', user: 'ana'};
let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
  const owner = new pg.Client({connectionString: postgres.url});
  await owner.connect();
  await owner.query(`create role ana login password 'a:b\\c'`);
  await owner.end();
});

afterEach(() => vi.unstubAllEnvs());

afterAll(async () => {
  await postgres?.stop();
  rmSync(directory, {recursive: true, force: true});
});

function write(text: string, mode = 0o600): void {
  rmSync(file, {force: true});
  writeFileSync(file, text);
  chmodSync(file, mode);
}

test('the first line that fits has the password, as libpq reads the file', () => {
  write(
    [
      '# db.example.org:5432:shop:ana:commented',
      'db.example.org:5433:shop:ana:of another port',
      'db.example.org:5432:shop:bob:of another role',
      'too:short',
      'db.example.org:*:shop:ana:a\\:b\\\\c:and no more',
      '*:*:*:*:of anybody',
    ].join('\n'),
  );
  expect(passwordFromFile(login, env)).toBe('a:b\\c');
  expect(passwordFromFile({...login, user: 'cyd'}, env)).toBe('of anybody');
  write('localhost:5432:shop:ana:by socket\r\n');
  expect(passwordFromFile({...login, host: '/run/postgresql'}, env)).toBe('by socket');
  expect(passwordFromFile(login, env)).toBeUndefined();
  expect(passwordFromFile(login, {PGPASSFILE: join(directory, 'none')})).toBeUndefined();
});

test('one that others may read is not used, and that is said', () => {
  write('*:*:*:*:known', 0o640);
  expect(() => passwordFromFile(login, env)).toThrow(`${file} may be read by others, and so is not used: chmod 600`);
});

test('a server that wants a password gets that of the file, and nothing is written into the console', async () => {
  const url = `postgres://ana@127.0.0.1:${postgres.port}/postgres`;
  const warned = vi.fn();
  process.on('warning', warned);
  vi.stubEnv('PGPASSFILE', file);
  write('127.0.0.1:*:postgres:ana:a\\:b\\\\c');
  const session = await connect({url}, {timeoutMs: 10_000});
  session.close();
  write('127.0.0.1:*:postgres:bob:x');
  await expect(connect({url}, {timeoutMs: 10_000})).rejects.toThrow(
    /wants a password of ana: write it into ~\/.pgpass/,
  );
  write('127.0.0.1:*:postgres:ana:x', 0o644);
  await expect(connect({url}, {timeoutMs: 10_000})).rejects.toThrow(/may be read by others/);
  expect(warned).not.toHaveBeenCalled();
  process.off('warning', warned);
});
