/** Hosts that can keep no job where it belongs: the disk is full, the home is read-only, or nothing can be written at all. */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {proveReadiness} from '../../../src/engine/readiness-watch.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import type {Verdict} from '../../../src/run/outcome.ts';
import {bindings} from '../../helpers/real-world.ts';
import {mountsMissing, startSshd} from '../../helpers/sshd.ts';
import {held} from '../ledger.ts';
import {hostBindings, stepsOf, together, withPerformer} from '../performer.ts';
import {onHost} from '../shared.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

/** `$1`: the directory of the server. What the steps write is kept by a file system of its own below it, for all to see. */
const HOSTS: readonly {name: string; mounts: string; isReady: boolean}[] = [
  {
    name: 'a full disk',
    mounts: `mount -t tmpfs -o size=256k tmpfs "$1/tminus"; head -c 1000000 /dev/zero >"$1/tminus/filler" 2>/dev/null || :
mount -t tmpfs tmpfs /var/tmp`,
    isReady: true,
  },
  {
    name: 'a read-only home',
    mounts: 'mount -t tmpfs -o ro tmpfs "$1/tminus"',
    isReady: true,
  },
  {
    name: 'nothing to write to',
    mounts: `for one in /tmp /var/tmp /dev/shm; do mount --bind $one $one; mount -o remount,ro,bind $one; done
mount --bind "$1/work" "$1/work"; mount -o remount,rw,bind "$1/work"`,
    isReady: false,
  },
];

/** What a step does between two marks, and what is true of it. */
const CASES: readonly (readonly [string, Verdict['kind']])[] = [
  [':', 'passed'],
  ['seq 20000', 'passed'],
  ['export COLOUR="blue two"\n[ "$COLOUR" = "blue two" ]', 'passed'],
  ['cd /\n[ "$PWD" = / ]', 'passed'],
  ['sh -c "exit 3"', 'failed'],
  ['exit 4', 'failed'],
  ['exec true', 'failed'],
  ['kill -9 $$', 'failed'],
  ['sh -c "exit 2" | cat', 'judge'],
  ['cat', 'passed'],
  ['sleep 1', 'passed'],
  ['head -c 300000 /dev/zero | tr "\\0" "\\n"', 'passed'],
];
const AT_ONCE = 4;

export const hostsThatKeepNothing: FaultClass = {
  name: 'host keeps nothing: full, read-only',
  real: () =>
    HOSTS.map(host => ({
      name: host.name,
      impossible: mountsMissing ? 'no file system can be mounted here (root can, outside a container)' : undefined,
      run: () => kept(host),
    })),
  simulate: 'whether anything can be kept, only a file system tells',
};

async function kept({mounts, isReady}: (typeof HOSTS)[number]): Promise<Result> {
  const own = await startSshd({mounts: `mkdir -p "$1/work"; ${mounts}`});
  return await onHost(async host => {
    const {directory} = host;
    const more = hostBindings(host);
    // Below what is still writable there.
    const ledger = join(own.directory, 'work', 'ledger');
    const note = (mark: string) => `echo ${mark} >>${ledger}`;
    const steps = stepsOf(
      CASES.map(([text], index) => `${note(`begin${index}`)}\n${text}\n${note(`end${index}`)}`),
      more,
    );
    const lines = () => (existsSync(ledger) ? readFileSync(ledger, 'utf8').split('\n') : []);
    const problems = await withPerformer({directory, bindings: more}, async performer => {
      const found = await together(
        [...steps.entries()],
        AT_ONCE,
        async ([index, step]): Promise<readonly Problem[]> => {
          const [text, truth] = CASES[index] ?? ['', 'passed'];
          const {verdict, printed} = await performer.perform(step);
          const times = lines().filter(line => line === `begin${index}`).length;
          const hasEnded = lines().includes(`end${index}`);
          const whole = text !== 'seq 20000' || printed.includes('\n19999\n20000\n');
          const may = [times === 0 ? 'failed' : truth] as const;
          return [
            ...held(text, {verdict, times, may, whole}),
            ...(verdict.kind === 'passed' && !hasEnded
              ? [{kind: 'wrong', what: `${text}: its last line never ran`} as const]
              : []),
            ...(/nothing can be kept|kept in/.test(printed)
              ? []
              : [{kind: 'wrong', what: `${text}: where it is kept is not said`} as const]),
          ];
        },
      );
      return [...found.flat(), ...(await readiness(performer.world, more, isReady))];
    });
    return {injected: CASES.length + 1, problems};
  }, own);
}

/** A job could start there now, or not: that is what readiness says. */
async function readiness(
  world: Parameters<typeof proveReadiness>[2],
  more: Parameters<typeof bindings>[0],
  isReady: boolean,
): Promise<readonly Problem[]> {
  const bound = bindings(more);
  const document =
    '# D\n## Deployment\n```bash\nssh user@your-vps-ip\ntrue\n```\n## Rollback\n```bash\nssh user@your-vps-ip\necho back\n```\n';
  const {items} = await proveReadiness(parsePlan(document, bound, {env: {}}), bound, world, () => undefined);
  const said = items.length > 0 && items.every(({ready}) => ready);
  const detail = items.map(item => item.detail).join('; ');
  if (said && !isReady)
    return [{kind: 'false ready', what: `it is said to be ready, and no job can be kept there: ${detail}`}];
  return said === isReady ? [] : [{kind: 'wrong', what: `a job can start there, and readiness is red: ${detail}`}];
}
