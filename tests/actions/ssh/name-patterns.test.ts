import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {checkHostKey} from '../../../src/actions/ssh/known-hosts.ts';
import {isNamedBy} from '../../../src/actions/ssh/name-patterns.ts';
import {resolveDestination} from '../../../src/actions/ssh/ssh-config.ts';

test.each([
  ['*', '', true],
  ['*', 'box', true],
  ['b?x', 'box', true],
  ['b?x', 'bx', false],
  ['*.example.net', 'a.b.example.net', true],
  ['*.example.net', 'example.net', false],
  ['a*b*c', 'a-b-bc', true],
  ['a*b*c', 'a-b-cd', false],
  ['box', 'box2', false],
  ['box*', 'box', true],
  ['b.x', 'box', false],
])('%s and %s: %s', (pattern, name, fits) => {
  expect(isNamedBy([pattern], name)).toBe(fits);
});

test('one that is ruled out is not named, whatever else fits', () => {
  expect(isNamedBy(['*', '!box'], 'box')).toBe(false);
  expect(isNamedBy(['*', '!box'], 'bax')).toBe(true);
  expect(isNamedBy(['!box'], 'bax')).toBe(false);
});

/** A backtracking matcher would not come back from these. */
const STARS = `${'*a'.repeat(40)}*b`;
const NAME = 'a'.repeat(250);

function place(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-names-'));
  onTestFinished(() => rmSync(directory, {recursive: true}));
  return directory;
}

test('a pattern made of stars does not stop anybody, in known hosts, in the config, or where ssh itself must decide', () => {
  const directory = place();
  const known = join(directory, 'known_hosts');
  writeFileSync(known, `${STARS} ssh-ed25519 AAAA\n`);
  const key = Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519')]);
  expect(checkHostKey([known], NAME, 22, key)).toEqual({kind: 'unknown'});
  const config = join(directory, 'config');
  writeFileSync(config, `Host ${STARS}\n  User wrong\nHost a*\n  User right\n`);
  expect(resolveDestination(NAME, config)).toMatchObject({user: 'right'});
  writeFileSync(config, `Match host ${STARS}\n  User wrong\nHost a*\n  User right\n`);
  expect(resolveDestination(NAME, config)).toMatchObject({openSsh: `Match host ${STARS}`});
});

test('the patterns of a config mean what they mean to ssh', () => {
  const config = join(place(), 'config');
  const lines = [
    'Host b?x',
    ' User one',
    'Host !box *',
    ' Port 2201',
    'Host = "bax" other',
    ' Port 2202',
    'Host b*,c*',
    ' Port 2203',
    'Host *',
    ' User any',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  for (const host of ['box', 'bx', 'bax', 'boxx', 'cup', 'other', 'BOX']) {
    const {stdout} = spawnSync('ssh', ['-F', config, '-G', host], {encoding: 'utf8'});
    const [user, port] = ['user', 'port'].map(name => new RegExp(`^${name} (.+)$`, 'm').exec(stdout)?.[1]);
    expect([host, resolveDestination(host, config)], stdout).toMatchObject([host, {user, port: Number(port)}]);
  }
});
