/**
 * A host is restarted in the middle of its jobs: their processes are gone, and it says of itself that it began again. A
 * stand-in for a restart: the processes are killed, and what the kernel of the host says of its start is put in its place.
 */
import {rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {eventually} from '../../helpers/eventually.ts';
import {processesWith} from '../../helpers/proc.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {mountsMissing, startSshd} from '../../helpers/sshd.ts';
import {held} from '../ledger.ts';
import {hostBindings, stepsOf, together, withPerformer} from '../performer.ts';
import {onHost, type SharedHost} from '../shared.ts';
import {simulateRestarts} from '../simulated-host.ts';
import type {FaultClass, Result} from '../tally.ts';

const JOBS = 17;
const BOOTS = ['11111111-1111-1111-1111-111111111111\n', '22222222-2222-2222-2222-222222222222\n'] as const;
/** What the kernel says of its start comes from files of ours. */
const MOUNTS = `printf %s '${BOOTS[0].trim()}\n' >"$1/boot_id"; echo 99999.00 1.00 >"$1/uptime"
mount --bind "$1/boot_id" /proc/sys/kernel/random/boot_id; mount --bind "$1/uptime" /proc/uptime`;

export const restartedHosts: FaultClass = {
  name: 'host restarted',
  real: () =>
    [false, true].map(clears => ({
      name: clears ? 'and it keeps nothing of before' : 'and its files are still there',
      impossible: mountsMissing
        ? 'no file can be mounted over another here (root can, outside a container)'
        : undefined,
      run: () => restart(clears),
    })),
  simulate: simulateRestarts,
};

async function restart(clears: boolean): Promise<Result> {
  const own = await startSshd({mounts: MOUNTS});
  return await onHost(async host => {
    const {directory, ledger} = host;
    const random = seededRandom(clears ? 1 : 2);
    const more = hostBindings(host);
    // Some have ended by then, most have not.
    const seconds = Array.from({length: JOBS}, (_, index) => (index % 4 === 0 ? 0 : 4 + random.below(20)));
    const steps = stepsOf(
      seconds.map((time, index) => `sh mark.sh job${index} ${time}\nsh mark.sh job${index}b`),
      more,
    );
    const found = await withPerformer({directory, bindings: more}, async performer => {
      const claims = together([...steps.entries()], JOBS, async ([index, step]) => ({
        index,
        ...(await performer.perform(step)),
      }));
      await eventually('all to begin', () => seconds.every((_, index) => ledger().includes(`job${index} begin`)));
      await sleep(500);
      goDown(host, clears);
      const ended = await claims;
      return ended.map(({index, verdict}) => {
        const times = ledger().filter(line => line === `job${index} begin`).length;
        // What had ended may have been seen, or not any more.
        const isOver = ledger().includes(`job${index}b end 0`);
        return held(`job ${index}`, {
          verdict,
          times,
          may: isOver ? ['passed', ...(clears ? (['unknown'] as const) : [])] : ['unknown'],
        });
      });
    });
    return {injected: JOBS, problems: found.flat()};
  }, own);
}

function goDown({sshd, link}: SharedHost, clears: boolean): void {
  link.cut();
  // All at once, as power goes: none may see another end and write it down.
  const running = processesWith(sshd.tminusHome);
  for (const signal of ['SIGSTOP', 'SIGKILL'] as const) for (const pid of running) signalQuietly(pid, signal);
  writeFileSync(join(sshd.directory, 'boot_id'), BOOTS[1]);
  writeFileSync(join(sshd.directory, 'uptime'), '3.00 1.00\n');
  if (clears) rmSync(join(sshd.tminusHome, 'jobs'), {recursive: true, force: true});
  link.mend();
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the listing and the signal.
  }
}
