import {setTimeout as pause} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {World} from '../../../src/actions/world.ts';
import {alternatives, box, commands, expectKind, openHostWorld, performed, script} from '../../helpers/real-world.ts';
import {mountsMissing, type Sshd, startSshd} from '../../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../../helpers/tcp-proxy.ts';

/** What keeps the jobs of a host is a file system of its own, which is full; `/var/tmp` is the only other place to write. */
const FULL_HOME = `for one in /tmp /dev/shm; do mount --bind $one $one; mount -o remount,ro,bind $one; done
mount -t tmpfs -o size=256k tmpfs "$1/tminus"
head -c 1000000 /dev/zero >"$1/tminus/filler" 2>/dev/null || :
mount -t tmpfs tmpfs /var/tmp
mount -t tmpfs tmpfs "$1/home"`;

/** A host on which nobody can write anything but in the home that its files are in. */
const READ_ONLY = `for one in /tmp /var/tmp /dev/shm; do mount --bind $one $one; mount -o remount,ro,bind $one; done
mount -t tmpfs tmpfs "$1/home"`;

describe.skipIf(mountsMissing)('a job on a host', () => {
  let link: TcpProxy;
  let sshd: Sshd;
  let world: World;

  const start = (mounts: string) => async () => {
    link = await startTcpProxy(() => sshd.port);
    sshd = await startSshd({via: link.port, mounts});
    ({world} = openHostWorld(sshd));
  };
  const stop = async () => {
    await world.close();
    await sshd.stop();
    await link.stop();
  };
  const run = (stages: Parameters<typeof script>[0], signal?: AbortSignal) =>
    performed(world, script(stages, {place: box, directory: `${sshd.directory}/home`}), signal);

  describe('whose disk is full', () => {
    beforeAll(start(FULL_HOME));
    afterAll(stop);

    test('runs from another directory, names the disk, and may free it', async () => {
      const {outcome, printed} = await run([commands('echo begun', `rm ${sshd.tminusHome}/filler`)]);
      expect(expectKind(outcome, 'exited')).toMatchObject({code: 0, commands: [{code: 0}, {code: 0}]});
      const [notice, ...rest] = printed.split('\n');
      expect(notice).toMatch(/^# kept in \/var\/tmp\/tminus-\d+\/jobs, because nothing can be kept in /);
      expect(notice).toContain(`${sshd.tminusHome}/jobs: `);
      expect(notice).toContain('No space left on device');
      expect(notice).toContain(`(tmpfs on ${sshd.tminusHome}, 100% used)`);
      expect(rest.join('\n')).toBe(`$ echo begun\nbegun\n$ rm ${sshd.tminusHome}/filler\n`);
      const after = await run([commands('echo again')]);
      expect(after.printed).toBe('$ echo again\nagain\n');
    });

    test('could begin, and to ask so leaves nothing there', async () => {
      const proof = {id: 'there', sh: ':', missing: ''};
      expect(await world.prove(box, 'rollback', [proof])).toEqual({there: true});
      const {output} = await world.capture(box, `ls -A ${sshd.tminusHome}/jobs /var/tmp/tminus-*/jobs`, 9000);
      expect(output).not.toContain('proof');
    });

    test('says how it ended though it has filled the disk itself', async () => {
      const {outcome} = await run([commands({line: 3, text: `head -c 1000000 /dev/zero >${sshd.tminusHome}/filler`})]);
      expect(expectKind(outcome, 'exited')).toMatchObject({code: 1, commands: [{line: 3, code: 1}]});
    });

    test('is found there by a watcher that comes later, and stopped', async () => {
      const stopper = new AbortController();
      const running = run([commands('until [ -e go ]; do sleep 0.1; done')], stopper.signal);
      await expect
        .poll(async () => (await world.capture(box, 'ls -d /var/tmp/tminus-*/jobs/*/record', 9000)).code)
        .toBe(0);
      link.cut();
      link.mend();
      await world.capture(box, `touch ${sshd.directory}/home/go`, 60_000).catch(() => {});
      await expect
        .poll(
          async () => (await world.capture(box, `touch ${sshd.directory}/home/go`, 9000).catch(() => ({code: 1}))).code,
          {timeout: 60_000},
        )
        .toBe(0);
      expect(expectKind((await running).outcome, 'exited').code).toBe(0);
      const stopped = run([commands('sleep 60')], stopper.signal);
      await pause(300);
      stopper.abort();
      expectKind((await stopped).outcome, 'cancelled');
    }, 120_000);
  });

  describe('on which nothing can be written', () => {
    beforeAll(start(READ_ONLY));
    afterAll(stop);

    test('could not be kept, which readiness says', async () => {
      const proof = {id: 'there', sh: ':', missing: ''};
      await expect(world.prove(box, 'rollback', [proof])).rejects.toThrow(
        /no job can be kept there: .*Read-only file system/,
      );
      expect(await world.prove(box, 'main', [proof])).toEqual({there: true});
    });

    test('is held on the connection, with what that costs', async () => {
      const captures = [{expression: '$(date +%N)', name: 'STAMP'}];
      const {outcome, printed} = await run([
        commands('cat', 'export COLOUR=blue', 'mkdir sub', 'cd sub', {line: 5, text: 'echo "$(date +%N)"', captures}),
        alternatives(['false'], ['echo second; false | cat']),
      ]);
      const exited = expectKind(outcome, 'exited');
      expect(exited).toMatchObject({code: 0, directory: `${sshd.directory}/home/sub`, exports: {COLOUR: 'blue'}});
      expect(exited.commands.map(({code}) => code)).toEqual([0, 0, 0, 0, 0, 1, 0]);
      expect(exited.doubts).toHaveLength(1);
      const [why, cost, ...rest] = printed.split('\n');
      expect(why).toMatch(/^# nothing can be kept on vps: .*Read-only file system/);
      expect(cost).toContain('held on the connection');
      expect(rest.slice(0, 2)).toEqual(['$ cat', '$ export COLOUR=blue']);
      expect(rest.join('\n')).toContain(`${exited.captures?.['STAMP']}\n`);
    });

    test('prints all, leaves alone what runs on behind it, and ends with the status of what failed', async () => {
      const {outcome, printed} = await run([
        commands('sleep 100 & echo $! >left', 'seq 100000', 'sh -c "exit 3"', 'echo'),
      ]);
      expect(expectKind(outcome, 'exited')).toMatchObject({code: 3});
      expect(printed).toContain('\n100000\n$ sh -c "exit 3"\n');
      await run([commands('kill "$(cat left)"')]);
    });

    test('can be stopped', async () => {
      const stopper = new AbortController();
      const running = run([commands('touch begun; sleep 271')], stopper.signal);
      await expect.poll(async () => (await world.capture(box, `ls ${sshd.directory}/home/begun`, 9000)).code).toBe(0);
      stopper.abort();
      expectKind((await running).outcome, 'cancelled');
      const {output} = await world.capture(box, 'ps -A -o args', 9000);
      expect(output).not.toContain('sleep 271');
    });

    test('is unknown once the link has dropped, and is not begun again', async () => {
      const running = run([commands('echo x >>times; sleep 2; echo x >>times')]);
      await expect.poll(async () => (await world.capture(box, `ls ${sshd.directory}/home/times`, 9000)).code).toBe(0);
      link.cut();
      link.mend();
      const {detail} = expectKind((await running).outcome, 'lost');
      expect(detail).toContain('held');
      await expect
        .poll(
          async () =>
            (await world.capture(box, `cat ${sshd.directory}/home/times`, 9000).catch(() => ({output: ''}))).output,
          {timeout: 60_000},
        )
        .toMatch(/^x\n(x\n)?$/);
    });
  });
});
