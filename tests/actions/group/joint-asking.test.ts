import {randomUUID} from 'node:crypto';
import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {askJointly} from '../../../src/actions/group/joint-asking.ts';
import {ansibleMissing} from '../../helpers/group.ts';
import {endProcessesWith} from '../../helpers/proc.ts';
import {temporaryDirectory} from '../../helpers/temporary-directory.ts';

const HOUR_MS = 3_600_000;

describe.skipIf(ansibleMissing)('a host that has stalled', () => {
  test('keeps no other waiting for longer than its own time, and only its answer is missing', async () => {
    const directory = await temporaryDirectory();
    const name = `stalled-${randomUUID()}`;
    const stalls = join(directory, 'stalls');
    writeFileSync(stalls, `#!/bin/sh\nexec env NAME=${name} sleep 600\n`);
    chmodSync(stalls, 0o755);
    const hosts = ['web1', 'web2', 'web3'];
    const lines = hosts.map(
      host => `${host} ansible_connection=local${host === 'web2' ? ` ansible_shell_executable=${stalls}` : ''}`,
    );
    writeFileSync(join(directory, 'hosts.ini'), `[web]\n${lines.join('\n')}\n`);
    const group = {inventory: 'hosts.ini', name: 'web', maxFailures: {hosts: 0}};
    // Whoever waits for the whole task does not end in this test.
    const ask = askJointly({group, directory}, hosts, {beginMs: HOUR_MS, answerMs: 1000});
    const [first, second] = await Promise.all([
      ask(hosts, {text: 'echo one', withinS: 1}),
      ask(['web1', 'web2'], {text: '( exit 3 )', withinS: 1}),
    ]);
    const stalled = {host: 'web2', silent: 'no answer in time'};
    expect(first.answers).toEqual([
      {host: 'web1', code: 0, output: 'one\n'},
      stalled,
      {host: 'web3', code: 0, output: 'one\n'},
    ]);
    expect(second.answers.slice(0, 2)).toEqual([{host: 'web1', code: 3, output: ''}, stalled]);
    endProcessesWith(name);
  });
});
