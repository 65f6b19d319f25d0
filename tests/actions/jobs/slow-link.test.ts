import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {World} from '../../../src/actions/world.ts';
import {eventually, PATIENT} from '../../helpers/eventually.ts';
import {processesWith} from '../../helpers/proc.ts';
import {box, commands, expectKind, openHostWorld, performed, script} from '../../helpers/real-world.ts';
import {type Sshd, sshdMissing, startSshd} from '../../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../../helpers/tcp-proxy.ts';

/** More than the buffers of the way hold, and longer on it than the watcher takes to see that the job's process is gone. */
const BYTES_PER_SECOND = 2_500_000;
const LINES = 150_000;
const LINES_FEWER = 80_000;
const BYTES_LOST = 20_000_000;

describe.skipIf(sshdMissing)('over a link that is slower than its output a job', () => {
  const root = mkdtempSync(join(tmpdir(), 'tminus-slow-link-'));
  let sshd: Sshd;
  let link: TcpProxy;
  let world: World;

  beforeAll(async () => {
    link = await startTcpProxy(() => sshd.port);
    sshd = await startSshd({via: link.port});
    ({world} = openHostWorld(sshd, {directory: root}));
    await world.prove(box, 'main', [{id: 'there', sh: ':', missing: ''}]);
    link.throttle(BYTES_PER_SECOND);
  });

  afterAll(async () => {
    await world.close();
    await sshd.stop();
    await link.stop();
    rmSync(root, {recursive: true, force: true});
  });

  const jobFile = (jobId: string, name: string) => join(sshd.tminusHome, 'jobs', jobId, name);
  const isDone = (jobId: string) =>
    existsSync(jobFile(jobId, 'record')) && readFileSync(jobFile(jobId, 'record'), 'utf8').includes('\n@ done ');

  const isTail = (pid: number) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('tail\0');
    } catch {
      // It has ended since it was listed.
      return false;
    }
  };

  test('is judged only when all that it printed is here', async () => {
    const request = script([commands(`seq -f 'line %0100g' ${LINES}`)], {place: box});
    const {outcome, printed} = await performed(world, request);
    expect(expectKind(outcome, 'exited')).toMatchObject({code: 0});
    expect(printed.split('\n')).toHaveLength(LINES + 2);
    expect(printed.endsWith(`0${LINES}\n`)).toBe(true);
  }, 120_000);

  test('that failed before it was told to end is judged by how it ended', async () => {
    const stopper = new AbortController();
    const request = script([commands(`seq -f 'line %0100g' ${LINES_FEWER}`, 'sh -c "exit 3"')], {place: box});
    const performing = performed(world, request, stopper.signal);
    await eventually('the job is done', () => isDone(request.jobId));
    stopper.abort();
    const {outcome, printed} = await performing;
    expect(expectKind(outcome, 'exited')).toMatchObject({code: 3, commands: [{code: 0}, {code: 3}]});
    expect(printed.split('\n')).toHaveLength(LINES_FEWER + 3);
  }, 120_000);

  test('is read on when what reads it on its host was killed', async () => {
    for (const name of ['out', 'record']) {
      const request = script([commands('echo begun', 'until [ -e go ]; do sleep 0.1; done; rm go', 'echo over')], {
        place: box,
        directory: root,
      });
      const performing = performed(world, request);
      const reading = () => processesWith(`\0${jobFile(request.jobId, name)}\0`).filter(isTail);
      await eventually('somebody to read', () => reading().length === 1);
      for (const pid of reading()) process.kill(pid, 'SIGKILL');
      writeFileSync(join(root, 'go'), '');
      const {outcome, printed} = await performing;
      expect(expectKind(outcome, 'exited').code).toBe(0);
      expect(printed.endsWith('$ echo over\nover\n')).toBe(true);
    }
  }, 120_000);

  test(
    'does not wait for output that its host has no longer, and says so',
    async () => {
      const request = script([commands(`head -c ${BYTES_LOST} /dev/zero`)], {place: box});
      link.throttle(BYTES_LOST / 10);
      const performing = performed(world, request);
      await eventually('the job is done', () => isDone(request.jobId));
      expect(statSync(jobFile(request.jobId, 'out')).size).toBeGreaterThan(BYTES_LOST);
      truncateSync(jobFile(request.jobId, 'out'));
      const {outcome} = await performing;
      const {code, doubts} = expectKind(outcome, 'exited');
      expect([code, doubts]).toEqual([0, [expect.stringMatching(/^\d+ bytes of its output were gone/)]]);
    },
    PATIENT.timeout,
  );
});
