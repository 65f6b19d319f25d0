/** Whoever watches over a job on its host is killed: its runner, its shell, what it runs, the watcher, or all of them. */
import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {eventually} from '../../helpers/eventually.ts';
import {killQuietly, processesWith} from '../../helpers/proc.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {held} from '../ledger.ts';
import {hostBindings, stepsOf, together, withPerformer} from '../performer.ts';
import {onHost, type SharedHost} from '../shared.ts';
import type {Result, Scenario} from '../tally.ts';

const SEEDS = 2;
const JOBS = 16;
const AT_ONCE = 8;
const STEP_SECONDS = 1;

const VICTIMS = ['its runner', 'its shell', 'what it runs', 'who reads of it', 'all of it'] as const;
type Victim = (typeof VICTIMS)[number];

export const killedRunners: readonly Scenario[] = Array.from({length: SEEDS}, (_, seed) => ({
  name: `runner killed, seed ${seed}`,
  run: () => onHost(host => killed(host, seed)),
}));

async function killed(host: SharedHost, seed: number): Promise<Result> {
  const random = seededRandom(800 + seed);
  const {directory} = host;
  const marks = Array.from({length: JOBS}, (_, index) => `s${seed}j${index}`);
  const steps = stepsOf(
    marks.map(mark => `sh mark.sh ${mark} ${STEP_SECONDS}\nsh mark.sh ${mark}b`),
    hostBindings(host),
  );
  const found = await withPerformer({directory, bindings: hostBindings(host)}, performer =>
    together([...steps.entries()], AT_ONCE, async ([index, step]) => {
      const mark = marks[index] ?? '';
      const claim = performer.perform(step);
      await eventually('the step to begin', () => host.ledger().includes(`${mark} begin`));
      await sleep(random.below(STEP_SECONDS * 900));
      const victim = random.pick(VICTIMS);
      kill(mark, victim);
      const {verdict} = await claim;
      const begun = host.ledger().filter(line => line === `${mark} begin`).length;
      const ended = host.ledger().includes(`${mark}b end 0`);
      // Between its last word and its exit status it can be killed as well.
      const mayFail = !ended || ['its shell', 'what it runs', 'all of it'].includes(victim);
      const may = [...(ended ? ['passed' as const] : []), ...(mayFail ? ['failed' as const] : []), 'unknown' as const];
      return held(`${mark}`, {verdict, times: begun, may});
    }),
  );
  return {injected: JOBS, problems: found.flat()};
}

function kill(mark: string, whom: Victim): void {
  // It may have ended on its own by now, and the next command run.
  const [own] = [...processesWith(`mark.sh\0${mark}\0`), ...processesWith(`mark.sh\0${mark}b\0`)];
  const session = own === undefined ? undefined : statOf(own)[3];
  const members = session === undefined ? [] : processesWith('').filter(pid => statOf(pid)[3] === session);
  const directory = commandOf(Number(session)).split('\0')[2] ?? '';
  const watching = directory === '' ? [] : processesWith(`${directory}/`);
  for (const pid of whom === 'who reads of it' ? watching : members)
    if (isVictim(whom, pid, Number(session))) killQuietly(pid);
}

function isVictim(whom: Victim, pid: number, runner: number): boolean {
  const command = commandOf(pid);
  switch (whom) {
    case 'its runner':
      return pid === runner;
    case 'its shell':
      return /\/body\0/.test(command);
    case 'what it runs':
      return command.includes('mark.sh');
    case 'who reads of it':
      return command.startsWith('tail\0');
    case 'all of it':
      return true;
  }
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`);
}

/** State, parent, group, session … */
function statOf(pid: number): readonly string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Of a process that has gone there is nothing. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
