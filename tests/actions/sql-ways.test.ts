import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {eventually, PATIENT} from '../helpers/eventually.ts';
import {message, startHostileDatabase} from '../helpers/hostile-database.ts';
import {pgbouncerMissing, startPgbouncer} from '../helpers/pgbouncer.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {bindings, expectKind, openTestWorld, performed} from '../helpers/real-world.ts';

let postgres: Postgres;
let directory: string;
beforeAll(async () => {
  postgres = await startPostgres();
  directory = mkdtempSync(join(tmpdir(), 'tminus-tls-'));
});
afterAll(async () => {
  await postgres.stop();
  rmSync(directory, {recursive: true, force: true});
});

const worldOf = (url: string) =>
  openTestWorld({directory: '/', bindings: bindings({databases: {main: {url, default: true, line: 1}}})}).world;

async function asked(url: string, text: string): Promise<string | null | undefined> {
  const world = worldOf(url);
  const answer = await world.query('', text, 20_000);
  await world.close();
  return 'rows' in answer ? answer.rows[0]?.[0] : `refused: ${answer.error}`;
}

/** Whether the connection is encrypted, or why there is none. */
const encrypted = (query: string, host = '127.0.0.1') =>
  asked(
    `${postgres.url.replace('127.0.0.1', host)}${query}`,
    'select ssl from pg_stat_ssl where pid = pg_backend_pid()',
  );

describe('a pooler', () => {
  test.skipIf(pgbouncerMissing)('of transactions is asked, kept within the time, and stopped there', async () => {
    const pooler = await startPgbouncer(postgres);
    const world = worldOf(pooler.url);
    const sql = (text: string, timeoutMs = 20_000) =>
      ({kind: 'sql', database: '', statements: [{line: 5, text}], timeoutMs}) as const;
    try {
      expectKind((await performed(world, sql('select 1'))).outcome, 'returned');
      expectKind((await performed(world, sql('select pg_sleep(47)', 1000))).outcome, 'timed-out');
      const left = "select count(*) from pg_stat_activity where state = 'active' and query like 'select pg_sleep(47)%'";
      expect(await asked(postgres.url, left)).toBe('0');
      expect(await asked(pooler.url, 'show statement_timeout')).toBe('0');
    } finally {
      await world.close();
      pooler.stop();
    }
  });

  test('that refuses a setting at the start is asked without it from then on', async () => {
    const server = await startHostileDatabase();
    const starts: string[] = [];
    const refused = 'SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: statement_timeout\0\0';
    server.play({
      greeting(startup) {
        starts.push(startup);
        return startup.includes('statement_timeout') ? message('E', refused) : undefined;
      },
      answer: Buffer.concat([message('C', 'SELECT 0\0'), message('Z', 'I')]),
    });
    const world = worldOf(server.url);
    for (let asking = 0; asking < 2; asking++) expect(await world.query('', 'select 1', 20_000)).toHaveProperty('rows');
    await world.close();
    await server.stop();
    expect(starts.map(startup => startup.includes('statement_timeout'))).toEqual([true, false, false]);
  });
});

describe('sslmode means what it means to libpq', () => {
  test.each([
    ['', 'f'],
    ['?sslmode=disable', 'f'],
    ['?sslmode=allow', 'f'],
    ['?sslmode=prefer', 'f'],
    ['?sslmode=require', 'refused: the server does not speak TLS'],
    ['?ssl=true', 'refused: the server does not speak TLS'],
    ['?sslmode=verify-full', 'refused: the server does not speak TLS'],
    ['?sslmode=sometimes', expect.stringContaining('sslmode=sometimes is unknown')],
  ])('%s of a server without TLS: %s', async (query, answer) => {
    expect(await encrypted(query)).toEqual(answer);
  });

  describe('of a server with a certificate that it signed itself', () => {
    const root = () => `sslrootcert=${encodeURIComponent(join(directory, 'own.crt'))}`;
    const stranger = () => `sslrootcert=${encodeURIComponent(join(directory, 'other.crt'))}`;
    beforeAll(async () => {
      for (const name of ['own', 'other']) {
        const files = ['-keyout', join(directory, `${name}.key`), '-out', join(directory, `${name}.crt`)];
        const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost'];
        execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...files], {
          stdio: 'ignore',
        });
      }
      const owner = userInfo().uid === 0 ? [postgres.user] : [];
      for (const name of owner) execFileSync('chown', ['-R', name, directory]);
      await asked(postgres.url, `alter system set ssl_cert_file = '${join(directory, 'own.crt')}'`);
      await asked(postgres.url, `alter system set ssl_key_file = '${join(directory, 'own.key')}'`);
      await asked(postgres.url, 'alter system set ssl = on');
      await asked(postgres.url, 'select pg_reload_conf()');
      await eventually('TLS', async () => (await encrypted('?sslmode=require')) === 't');
    });

    test.each([
      ['', () => '', '127.0.0.1', 't'],
      ['disable', () => '?sslmode=disable', '127.0.0.1', 'f'],
      ['allow', () => '?sslmode=allow', '127.0.0.1', 'f'],
      ['prefer', () => '?sslmode=prefer', '127.0.0.1', 't'],
      ['require', () => '?sslmode=require', '127.0.0.1', 't'],
      ['require, with another root', () => `?sslmode=require&${stranger()}`, '127.0.0.1', 'refused'],
      ['verify-ca, with its root', () => `?sslmode=verify-ca&${root()}`, '127.0.0.1', 't'],
      ['verify-ca, with another root', () => `?sslmode=verify-ca&${stranger()}`, '127.0.0.1', 'refused'],
      ['verify-ca, with the roots of this machine', () => '?sslmode=verify-ca', 'localhost', 'refused'],
      ['verify-full, with its root and name', () => `?sslmode=verify-full&${root()}`, 'localhost', 't'],
      ['verify-full, with its root and another name', () => `?sslmode=verify-full&${root()}`, '127.0.0.1', 'refused'],
    ])('%s', async (_name, query, host, answer) => {
      expect(await encrypted(query(), host)).toMatch(new RegExp(`^${answer}`));
    });

    test('where only TLS is let in, allow takes it', async () => {
      const file = (await asked(postgres.url, 'show hba_file')) ?? '';
      writeFileSync(file, `hostnossl all all all reject\n${readFileSync(file, 'utf8')}`);
      await asked(postgres.url, 'select pg_reload_conf()');
      await expect.poll(() => encrypted('?sslmode=disable'), PATIENT).toMatch(/^refused/);
      expect(await encrypted('?sslmode=allow')).toBe('t');
    });
  });
});
