/** What a job has printed is here although it, and whoever watched it, was ended in the middle. */
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi} from 'vitest';
import type {World} from '../../../src/actions/world.ts';
import type {Place} from '../../../src/plan/script.ts';
import {eventually} from '../../helpers/eventually.ts';
import {endProcessesWith, killQuietly, processesWith} from '../../helpers/proc.ts';
import {
  bindings,
  box,
  commands,
  expectKind,
  here,
  hostAt,
  openTestWorld,
  performed,
  script,
} from '../../helpers/real-world.ts';
import {type Sshd, sshdMissing, startSshd} from '../../helpers/sshd.ts';

const LINE = 'printed right before the end';

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

describe.skipIf(sshdMissing)('when everything is killed at once', () => {
  const root = mkdtempSync(join(tmpdir(), 'tminus-killed-'));
  const jobsDirectory = join(root, 'jobs');
  let sshd: Sshd;
  let world: World;

  beforeAll(async () => {
    sshd = await startSshd();
    vi.stubEnv('TMINUS_KILLED', root);
    const hosts = {vps: hostAt('box', sshd.configFile)};
    world = openTestWorld({directory: root, jobsDirectory, bindings: bindings({hosts})}).world;
    await world.prove(box, 'main', [{id: 'there', sh: ':', missing: ''}]);
  });

  afterAll(async () => {
    await world.close();
    await sshd.stop();
    endProcessesWith(root);
    vi.unstubAllEnvs();
    rmSync(root, {recursive: true, force: true});
  });

  test.each<[string, Place]>([
    ['a host', box],
    ['this machine', here],
  ])(
    'what it printed on %s is read from there, and its end is unknown',
    async (_, place) => {
      const go = join(root, `go-${place.kind}`);
      const text = `until [ -e ${go} ]; do sleep 0.1; done; echo ${LINE}; sleep 1000`;
      const request = script([commands(text)], {place});
      const performing = performed(world, request);
      const out = join(place.kind === 'local' ? jobsDirectory : join(sshd.tminusHome, 'jobs'), request.jobId, 'out');
      const isTailOf = (pid: number) => commandLine(pid).startsWith('tail ') && commandLine(pid).includes(out);
      const all = () =>
        processesWith(place.kind === 'local' ? root : sshd.tminusHome).filter(
          pid => !/^\S*sshd/.test(commandLine(pid)),
        );
      const [reading = 0] = await eventually('it to be read', () => {
        const tails = all().filter(isTailOf);
        return tails.length > 0 ? tails : undefined;
      });
      // The line is not on its way yet when the end comes.
      process.kill(reading, 'SIGSTOP');
      writeFileSync(go, '');
      await eventually('the line', () => readFileSync(out, 'utf8').includes(`\n${LINE}\n`));
      for (const pid of all()) killQuietly(pid);
      const {outcome, printed} = await performing;
      expect(printed).toBe(`$ ${text}\n${LINE}\n`);
      expect(expectKind(outcome, 'lost').detail).toContain('had begun and not ended');
    },
    60_000,
  );
});

describe('a watcher of a job here', () => {
  let root: string;
  let world: World;
  const at = (name: string) => join(root, name);
  const stub = (name: string, text: string) => {
    writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(root, 'bin', name), 0o755);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tminus-watcher-'));
    mkdirSync(at('bin'));
    vi.stubEnv('PATH', [at('bin'), process.env['PATH']].join(delimiter));
    world = openTestWorld({directory: root, jobsDirectory: at('jobs')}).world;
  });

  afterEach(async () => {
    await world.close();
    // A job whose watcher gave it up waits on.
    endProcessesWith(root);
    vi.unstubAllEnvs();
    rmSync(root, {recursive: true, force: true});
  });

  test('says nothing of a job that is gone before it knows how much is to be read', async () => {
    // The first look at the size fails, and what is read comes only behind the second.
    stub('ls', `[ -e ${at('once')} ] || { : >${at('once')}; exit 1; }\n: >${at('twice')}; exec /bin/ls "$@"`);
    stub(
      'tail',
      `case "$*" in *-f*/out) until [ -e ${at('twice')} ]; do sleep 0.1; done;; esac; exec /usr/bin/tail "$@"`,
    );
    const request = script([commands(`echo ${LINE}`, 'kill -9 $PPID $$')]);
    const {outcome, printed} = await performed(world, request);
    expect(existsSync(at('twice'))).toBe(true);
    expect(printed).toContain(`\n${LINE}\n`);
    expect(expectKind(outcome, 'lost').detail).toContain('had begun and not ended');
  }, 60_000);

  const pauses = () => processesWith(root).filter(pid => commandLine(pid) === 'sleep 2 ');
  const nextPause = async (before: readonly number[]) =>
    await eventually('it to look again', () => pauses().find(pid => !before.includes(pid)));

  test('does not take the end of what it waits with for the end of the job', async () => {
    const request = script([commands(`until [ -e ${at('go')} ]; do sleep 0.1; done; echo ${LINE}`)]);
    const performing = performed(world, request);
    const seen: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const pid = await nextPause(seen);
      seen.push(pid);
      killQuietly(pid);
    }
    await nextPause(seen);
    writeFileSync(at('go'), '');
    const {outcome, printed} = await performing;
    expect(expectKind(outcome, 'exited').code).toBe(0);
    expect(printed).toContain(`\n${LINE}\n`);
  }, 60_000);

  test('waits for a job that is slow to say which process it is', async () => {
    stub('setsid', `until [ -e ${at('go')} ]; do sleep 0.1; done\nexec /usr/bin/setsid "$@"`);
    const performing = performed(world, script([commands(`echo ${LINE}`)]));
    const seen: number[] = [];
    for (let round = 0; round < 3; round += 1) seen.push(await nextPause(seen));
    writeFileSync(at('go'), '');
    const {outcome, printed} = await performing;
    expect(expectKind(outcome, 'exited').code).toBe(0);
    expect(printed).toContain(`\n${LINE}\n`);
  }, 60_000);
});
