import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeEach, describe, expect, test} from 'vitest';
import {LinkError} from '../../../src/actions/link-error.ts';
import {
  checkHostKey,
  fingerprint,
  keyType,
  knownKeyTypes,
  rememberHostKey,
} from '../../../src/actions/ssh/known-hosts.ts';

const directory = mkdtempSync(join(tmpdir(), 'tminus-known-'));
const file = join(directory, 'known_hosts');
afterAll(() => rmSync(directory, {recursive: true, force: true}));

const ours = key('ssh-ed25519', 1);
const other = key('ssh-ed25519', 2);
const rsa = key('ssh-rsa', 3);

function key(type: string, seed: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  return Buffer.concat([length, Buffer.from(type), Buffer.from([0, 0, 0, 32]), Buffer.alloc(32, seed)]);
}

const line = (names: string, blob: Buffer, marker = '') =>
  `${marker}${names} ${keyType(blob)} ${blob.toString('base64')}\n`;
const given = (...lines: readonly string[]) => writeFileSync(file, lines.join(''));
const verdict = (host: string, blob = ours, port = 22) => checkHostKey([file], host, port, blob);

beforeEach(() => given());

describe('checkHostKey', () => {
  test('of a file that cannot be read just now says nothing, where a key may stand in it', () => {
    // Reading it fails, as of a bad disk or with no file descriptor left.
    const unreadable = '/proc/self/mem';
    expect(() => checkHostKey([unreadable], 'one.example', 22, ours)).toThrow(/^host keys cannot be checked: EIO/);
    expect(() => knownKeyTypes([unreadable], 'one.example', 22)).toThrow(LinkError);
    expect(checkHostKey([join(directory, 'none')], 'one.example', 22, ours)).toEqual({kind: 'unknown'});
  });

  test('knows a key by name, pattern, port and hash', () => {
    given(
      line('one.example,10.0.0.1', ours),
      line('*.example.net,!bad.example.net', ours),
      line('[two.example]:2222', ours),
    );
    expect(verdict('one.example')).toEqual({kind: 'known'});
    expect(verdict('10.0.0.1')).toEqual({kind: 'known'});
    expect(verdict('a.example.net')).toEqual({kind: 'known'});
    expect(verdict('bad.example.net')).toEqual({kind: 'unknown'});
    expect(verdict('two.example', ours, 2222)).toEqual({kind: 'known'});
    expect(verdict('two.example')).toEqual({kind: 'unknown'});
    expect(verdict('oneXexample')).toEqual({kind: 'unknown'});
  });

  test('knows a name that ssh-keygen has hashed', () => {
    given(line('one.example', ours), line('[two.example]:2222', other));
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], {stdio: 'ignore'});
    expect(readFileSync(file, 'utf8')).not.toContain('example');
    expect(verdict('one.example')).toEqual({kind: 'known'});
    expect(verdict('two.example', ours, 2222)).toMatchObject({kind: 'changed'});
  });

  test('calls another key for the same name changed, and says where the old one stands', () => {
    given('# comment\n\n', line('one.example', ours));
    expect(verdict('one.example', other)).toEqual({kind: 'changed', where: `${file}:3`});
  });

  test('calls a key of a type never seen for a known name changed, not new', () => {
    given(line('one.example', ours));
    expect(verdict('one.example', rsa)).toMatchObject({kind: 'changed'});
  });

  test('refuses a revoked key even where it is also listed as good', () => {
    given(line('one.example', ours), line('*', ours, '@revoked '));
    expect(verdict('one.example')).toEqual({kind: 'revoked', where: `${file}:2`});
  });

  test('lets an entry without a port vouch for another port, but not speak against it', () => {
    given(line('one.example', ours));
    expect(verdict('one.example', ours, 2222)).toEqual({kind: 'known'});
    expect(verdict('one.example', other, 2222)).toEqual({kind: 'unknown'});
  });

  test('reads every file and takes a missing one as empty', () => {
    given(line('one.example', ours));
    expect(checkHostKey([join(directory, 'none'), file], 'one.example', 22, ours)).toEqual({kind: 'known'});
  });
});

test('rememberHostKey writes what checkHostKey and ssh-keygen find again', () => {
  writeFileSync(file, 'no-newline-at-end ssh-ed25519 AAAA');
  rememberHostKey(file, 'one.example', 2222, ours, false);
  rememberHostKey(file, 'two.example', 22, ours, true);
  expect(verdict('one.example', ours, 2222)).toEqual({kind: 'known'});
  expect(verdict('two.example')).toEqual({kind: 'known'});
  expect(knownKeyTypes([file], 'one.example', 2222)).toEqual(['ssh-ed25519']);
  expect(readFileSync(file, 'utf8')).not.toContain('two.example');
});

test('fingerprint is what ssh-keygen -l prints', () => {
  const blob = key('ssh-ed25519', 7);
  writeFileSync(join(directory, 'key.pub'), `${keyType(blob)} ${blob.toString('base64')} someone\n`);
  const listed = execFileSync('ssh-keygen', ['-l', '-f', join(directory, 'key.pub')], {encoding: 'utf8'});
  expect(listed).toContain(fingerprint(blob));
});

test('rememberHostKey hashes the name where all names are hashed, and writes nothing twice', () => {
  given(line('one.example', ours));
  execFileSync('ssh-keygen', ['-q', '-H', '-f', file], {stdio: 'ignore'});
  rememberHostKey(file, 'two.example', 22, other, false);
  rememberHostKey(file, 'two.example', 22, other, false);
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain('example');
  expect(text.trim().split('\n')).toHaveLength(2);
  expect(verdict('two.example', other)).toEqual({kind: 'known'});
});
