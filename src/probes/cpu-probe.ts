/** Processor time of a machine or of some of its processes. */
import type {Place} from '../plan/script.ts';
import {ask, type Capture, matchingProcesses} from './host-probe.ts';
import {LIST_PROCESSES, readProcesses} from './process-table.ts';
import {type Bind, type Measure, type Of, type Reading, valueRead, wrongAnswer} from './reading.ts';

/**
 * Processor time since the last reading, in % of what the whole machine had to give in that time: a threshold such as
 * "<70%" then means the same on two cores and on sixteen. Of the processes whose command line matches, or without a
 * pattern of everything that ran. Linux only.
 */
export function cpuProbe(probe: Of<'cpu'>, place: Place, world: Capture, bind: Bind): Measure {
  const {pattern, timeoutMs} = probe;
  return pattern === undefined
    ? wholeMachine(() => ask(world, place, 'head -n 1 /proc/stat', timeoutMs))
    : matching(
        () => ask(world, place, `${LIST_PROCESSES}; ${LIST_TICKS}`, timeoutMs),
        () => bind(pattern),
      );
}

type Asked = () => Promise<string | Reading>;

function wholeMachine(look: Asked): Measure {
  let before: MachineTicks | undefined;
  return async () => {
    const output = await look();
    if (typeof output !== 'string') return output;
    const now = readMachine(output);
    if (now === undefined) return NO_PROC;
    const last = before;
    before = now;
    if (last === undefined || now.all <= last.all) return {kind: 'nothing'};
    return valueRead((100 * (now.all - now.idle - (last.all - last.idle))) / (now.all - last.all));
  };
}

function matching(look: Asked, pattern: () => string): Measure {
  let before: Ticks | undefined;
  return async () => {
    const output = await look();
    if (typeof output !== 'string') return output;
    const [table = '', stats = ''] = output.split(`${TICKS_MARK}\n`);
    const processes = await matchingProcesses(readProcesses(table), pattern());
    if (typeof processes === 'string') return wrongAnswer(processes);
    const now = readTicks(stats);
    if (now === undefined) return NO_PROC;
    const last = before;
    before = now;
    if (last === undefined || now.machine <= last.machine) return {kind: 'nothing'};
    const spent = processes.reduce((sum, {pid}) => sum + ticksSince(now.byPid.get(pid), last.byPid.get(pid)), 0);
    return valueRead((100 * spent) / (now.machine - last.machine));
  };
}

const NO_PROC = wrongAnswer('the place has no /proc/stat');

/** Ticks of all processors together. `idle` includes the time in which they waited for a disk. */
type MachineTicks = {all: number; idle: number};
type Ticks = {machine: number; byPid: ReadonlyMap<number, number>};

const TICKS_MARK = '--ticks--';
// A process may end while it is listed, which is no failure of the reading.
const LIST_TICKS = `echo ${TICKS_MARK}; head -n 1 /proc/stat; cat /proc/[0-9]*/stat 2>/dev/null; true`;
/** In /proc/PID/stat, counted after the name, which may hold spaces and parentheses: user and system time. */
const USER_TICKS_FIELD = 11;
const SYSTEM_TICKS_FIELD = 12;
/** In /proc/stat: user nice system idle iowait irq softirq steal; the guest fields after them are in user already. */
const MACHINE_FIELDS = 8;
const IDLE_FIELD = 3;
const DISK_WAIT_FIELD = 4;

function readMachine(stats: string): MachineTicks | undefined {
  const [first = ''] = stats.split('\n');
  if (!first.startsWith('cpu ')) return undefined;
  const fields = first
    .trim()
    .split(/\s+/)
    .slice(1, 1 + MACHINE_FIELDS)
    .map(Number);
  const all = fields.reduce((sum, ticks) => sum + ticks, 0);
  return {all, idle: (fields[IDLE_FIELD] ?? 0) + (fields[DISK_WAIT_FIELD] ?? 0)};
}

function readTicks(stats: string): Ticks | undefined {
  const machine = readMachine(stats);
  if (machine === undefined) return undefined;
  const byPid = new Map<number, number>();
  for (const row of stats.split('\n').slice(1)) {
    const after = row.slice(row.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(after[USER_TICKS_FIELD]) + Number(after[SYSTEM_TICKS_FIELD]);
    if (Number.isFinite(ticks)) byPid.set(Number.parseInt(row, 10), ticks);
  }
  return {machine: machine.all, byPid};
}

// Fewer ticks than before: the number belongs to another process now.
function ticksSince(now: number | undefined, before: number | undefined): number {
  if (now === undefined) return 0;
  return before === undefined || now < before ? now : now - before;
}
