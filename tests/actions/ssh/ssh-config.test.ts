import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {LinkError} from '../../../src/actions/link-error.ts';
import {parseDestination, resolveDestination} from '../../../src/actions/ssh/ssh-config.ts';

const directory = mkdtempSync(join(tmpdir(), 'tminus-config-'));
afterAll(() => rmSync(directory, {recursive: true, force: true}));

function config(text: string): string {
  const file = join(directory, 'config');
  writeFileSync(file, text);
  return file;
}

describe('parseDestination', () => {
  test.each([
    ['vps', {host: 'vps'}],
    ['deploy@203.0.113.7', {host: '203.0.113.7', user: 'deploy'}],
    ['deploy@host:2222', {host: 'host', user: 'deploy', port: 2222}],
    ['host:2222', {host: 'host', port: 2222}],
    ['ssh://deploy@host:2222', {host: 'host', user: 'deploy', port: 2222}],
    ['ssh://host/', {host: 'host'}],
    ['deploy@[2001:db8::1]:2222', {host: '2001:db8::1', user: 'deploy', port: 2222}],
    ['2001:db8::1', {host: '2001:db8::1'}],
    ['first@last@host', {host: 'host', user: 'first@last'}],
  ])('reads %s', (text, parts) => {
    expect(parseDestination(text)).toEqual(parts);
  });
});

describe('resolveDestination', () => {
  test('takes from the config what the destination leaves open, the first value winning', () => {
    const key = join(directory, 'id_box');
    writeFileSync(key, '');
    const file = config(`host vps
  HostName %h.example.net
  port 2200
  User deploy
  IdentityFile ${directory}/id_%h
  IdentityFile ${key}
  IdentityAgent none
  ProxyJump one,two@three:4
  UserKnownHostsFile ${directory}/a ${directory}/b
  GlobalKnownHostsFile none
  HostKeyAlias filed
  StrictHostKeyChecking accept-new
  ConnectTimeout 3
  BatchMode yes
  PasswordAuthentication no
Host *
  Port 1
`);
    expect(resolveDestination('vps', file)).toEqual({
      host: 'vps.example.net',
      port: 2200,
      user: 'deploy',
      identityFiles: [key],
      identitiesNamed: true,
      identitiesOnly: false,
      jumps: ['one', 'two@three:4'],
      knownHostsFiles: [`${directory}/a`, `${directory}/b`],
      userKnownHostsFile: `${directory}/a`,
      hashKnownHosts: false,
      keyName: 'filed',
      keyPort: 22,
      unknownKey: 'accept',
      connectTimeoutMs: 3000,
      batch: true,
      keyboardInteractive: true,
      password: false,
    });
    expect(resolveDestination('ana@vps:9', file)).toMatchObject({user: 'ana', port: 9});
    expect(resolveDestination('elsewhere', file)).toMatchObject({
      host: 'elsewhere',
      port: 1,
      user: userInfo().username,
      unknownKey: 'ask',
    });
  });

  test('follows Include, with patterns, beside the config', () => {
    mkdirSync(join(directory, 'more'), {recursive: true});
    writeFileSync(join(directory, 'more/10.conf'), 'Host vps\n  Port 77\n');
    const file = config('Include more/*.conf\nHost *\n  User deploy\n');
    expect(resolveDestination('vps', file)).toMatchObject({port: 77, user: 'deploy'});
  });

  test('reads what Include names, also through a folder that is a pattern', () => {
    for (const [folder, line] of [
      ['a.d', 'Host vps\n  Port 2201'],
      ['b.d', 'Host vps\n  User deploy'],
    ] as const) {
      mkdirSync(join(directory, folder), {recursive: true});
      writeFileSync(join(directory, folder, 'host.conf'), `${line}\n`);
    }
    const target = resolveDestination('vps', config(`Include ${directory}/?.d/*.conf\n`));
    expect(target).toMatchObject({port: 2201, user: 'deploy'});
  });

  test('refuses a config that is not there rather than going another way', () => {
    expect(() => resolveDestination('vps', join(directory, 'missing'))).toThrow(LinkError);
  });

  test('never runs a command of a Match line', () => {
    const mark = join(directory, 'ran');
    expect(resolveDestination('vps', config(`Match exec "touch ${mark}"\n  Port 5\n`)).port).toBe(22);
  });
});
