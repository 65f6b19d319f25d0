/** The OpenSSH server that tests log in to: nothing of it outlives its test. */
import {spawn} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {descendantsOf, processesWith} from '../helpers/proc.ts';
import {sshdMissing, startSshd} from '../helpers/sshd.ts';

describe.skipIf(sshdMissing)('the end of the server', () => {
  test('is that of its sessions and of the jobs that outlive a session', async () => {
    const sshd = await startSshd();
    const [server] = processesWith(`${sshd.directory}/sshd_config`);
    // The client hears nothing of the end: without it the session would stay.
    const client = spawn('ssh', ['-F', sshd.configFile, 'box', 'setsid sleep 600 >/dev/null 2>&1 & sleep 601'], {
      stdio: 'ignore',
    });
    await eventually('the job', () => processesWith(sshd.tminusHome).length >= 2);
    client.kill('SIGSTOP');
    const sessions = descendantsOf(server ?? 0);
    expect(sessions.length).toBeGreaterThan(0);
    await sshd.stop();
    await eventually('the end of all', () => [...sessions, ...processesWith(sshd.tminusHome)].every(isGone));
    client.kill('SIGKILL');
  });
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
