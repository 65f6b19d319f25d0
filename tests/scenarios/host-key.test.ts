import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {finishedSteps} from '../helpers/program.ts';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {makeKey, publicKey, sshdMissing} from '../helpers/sshd.ts';

const checklist = `# Release
## Deployment
### Step 1: Deploy
\`\`\`bash
ssh user@your-vps-ip
touch deployed
\`\`\`
`;

/** `256 SHA256:… comment (ED25519)` */
const fingerprintOf = (file: string) =>
  execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`], {encoding: 'utf8'}).split(' ')[1] ?? '';

describe.skipIf(sshdMissing)('a host whose key is not the one in known_hosts', () => {
  let host: SmallHost;
  const run = () => host.operator.run('run', host.checklist, '-b', host.bindings, '--auto', '--plain');
  const check = () => host.operator.run('check', host.checklist, '-b', host.bindings, '--connect');

  beforeAll(async () => {
    host = await startSmallHost({checklist});
    const {sshd} = host;
    const other = join(sshd.directory, 'other_key');
    makeKey(other);
    writeFileSync(
      sshd.knownHosts,
      `# the server before it was taken over\n[127.0.0.1]:${sshd.port} ${publicKey(other)}\n`,
    );
  });
  afterAll(() => host?.stop());

  test('is refused: nothing runs there, and the message names the entry and the key that was shown', async () => {
    const {code, out} = await run();
    expect(code).toBe(3);
    expect(host.lines('deployed')).toEqual([]);
    expect(host.hasJobs()).toBe(false);
    expect(out).toContain(`${host.sshd.knownHosts}:2`);
    expect(out).toContain(fingerprintOf(host.sshd.hostKeyFile));
    const [step] = finishedSteps(await host.operator.journal());
    expect(step?.outcome).toMatchObject({kind: 'refused', reason: 'host-key-changed'});
  });

  test('is found out by check --connect, which ends with 69', async () => {
    const {code, out} = await check();
    expect(code).toBe(69);
    expect(out).toContain('FAIL host vps');
    expect(out).toContain(`${host.sshd.knownHosts}:2`);
    expect(out).toContain(fingerprintOf(host.sshd.hostKeyFile));
  });

  test('is deployed to once known_hosts has its key again', async () => {
    const {sshd} = host;
    writeFileSync(sshd.knownHosts, `[127.0.0.1]:${sshd.port} ${publicKey(sshd.hostKeyFile)}\n`);
    await host.operator.idle();
    expect(await check()).toMatchObject({code: 0});
    expect(await run()).toMatchObject({code: 0});
    expect(host.lines('deployed')).toEqual(['']);
  });
});
