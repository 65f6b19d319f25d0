import type {World} from '../actions/world.ts';
import type {Bindings, ProbeBinding} from '../plan/bindings.ts';
import type {Place} from '../plan/script.ts';
import {LIST_PROCESSES, type Process, readProcesses} from './process-table.ts';
import {type Bind, type Measure, numberIn, type Reading, valueRead, wrongAnswer} from './reading.ts';

type Of<Kind extends ProbeBinding['kind']> = Extract<ProbeBinding, {kind: Kind}>;
type Capture = Pick<World, 'capture'>;

/** Resident memory in MB (MiB) of all processes whose command line matches, taken together. */
export function rssProbe(probe: Of<'rss'>, place: Place, world: Capture, bind: Bind): Measure {
  return async () => {
    const output = await ask(world, place, LIST_PROCESSES, probe.timeoutMs);
    if (typeof output !== 'string') return output;
    const matching = matchingProcesses(readProcesses(output), bind(probe.pattern));
    if (typeof matching === 'string') return wrongAnswer(matching);
    return valueRead(matching.reduce((sum, process) => sum + process.rssKb, 0) / 1024);
  };
}

/**
 * CPU time of the matching processes since the last reading, in % of what the whole machine had to give in that time:
 * a threshold such as "<70%" then means the same on two cores and on sixteen. Linux only.
 */
export function cpuProbe(probe: Of<'cpu'>, place: Place, world: Capture, bind: Bind): Measure {
  let before: Ticks | undefined;
  return async () => {
    const output = await ask(world, place, `${LIST_PROCESSES}; ${LIST_TICKS}`, probe.timeoutMs);
    if (typeof output !== 'string') return output;
    const [table = '', stats = ''] = output.split(`${TICKS_MARK}\n`);
    const matching = matchingProcesses(readProcesses(table), bind(probe.pattern));
    if (typeof matching === 'string') return wrongAnswer(matching);
    const now = readTicks(stats);
    if (now === undefined) return wrongAnswer('the place has no /proc/stat');
    const last = before;
    before = now;
    if (last === undefined || now.machine <= last.machine) return {kind: 'nothing'};
    const spent = matching.reduce((sum, {pid}) => sum + ticksSince(now.byPid.get(pid), last.byPid.get(pid)), 0);
    return valueRead((100 * spent) / (now.machine - last.machine));
  };
}

/** A command that prints a number on its last line. */
export function runProbe(probe: Of<'run'>, place: Place, world: Capture, bind: Bind): Measure {
  return async () => {
    const output = await ask(world, place, bind(probe.run, 'shell'), probe.timeoutMs);
    if (typeof output !== 'string') return output;
    const line = lastLine(output);
    const value = numberIn(line);
    return value === undefined ? wrongAnswer(`printed "${line}", expected a number`) : valueRead(value);
  };
}

/** Where a probe's `on` runs; without it, here. A name the bindings do not hold is taken for an ssh alias. */
export function placeOf(on: string | undefined, hosts: Bindings['hosts']): Place {
  if (on === undefined || on === 'local') return {kind: 'local'};
  return {kind: 'host', host: on, destination: hosts[on]?.destination ?? on};
}

async function ask(world: Capture, place: Place, command: string, timeoutMs: number): Promise<string | Reading> {
  const {code, output} = await world.capture(place, command, timeoutMs);
  if (code === 0) return output;
  const said = lastLine(output);
  return wrongAnswer(said === '' ? `exit ${code}` : `exit ${code}: ${said}`);
}

/** The processes, or why there are none, in words. */
function matchingProcesses(processes: readonly Process[], pattern: string): readonly Process[] | string {
  try {
    const regex = new RegExp(pattern);
    const matching = processes.filter(process => regex.test(process.commandLine));
    return matching.length > 0 ? matching : `no process matches ${pattern}`;
  } catch {
    return `${pattern} is not a regular expression`;
  }
}

/** `machine`: of all processors together, idle included. */
type Ticks = {machine: number; byPid: ReadonlyMap<number, number>};

const TICKS_MARK = '--ticks--';
// A process may end while it is listed, which is no failure of the reading.
const LIST_TICKS = `echo ${TICKS_MARK}; head -n 1 /proc/stat; cat /proc/[0-9]*/stat 2>/dev/null; true`;
/** In /proc/PID/stat, counted after the name, which may hold spaces and parentheses: user and system time. */
const USER_TICKS_FIELD = 11;
const SYSTEM_TICKS_FIELD = 12;
/** In /proc/stat: user nice system idle iowait irq softirq steal; the guest fields after them are in user already. */
const MACHINE_FIELDS = 8;

function readTicks(stats: string): Ticks | undefined {
  const [first = '', ...rows] = stats.split('\n');
  if (!first.startsWith('cpu ')) return undefined;
  const fields = first
    .trim()
    .split(/\s+/)
    .slice(1, 1 + MACHINE_FIELDS);
  const byPid = new Map<number, number>();
  for (const row of rows) {
    const after = row.slice(row.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(after[USER_TICKS_FIELD]) + Number(after[SYSTEM_TICKS_FIELD]);
    if (Number.isFinite(ticks)) byPid.set(Number.parseInt(row, 10), ticks);
  }
  return {machine: fields.reduce((sum, field) => sum + Number(field), 0), byPid};
}

// Fewer ticks than before: the number belongs to another process now.
function ticksSince(now: number | undefined, before: number | undefined): number {
  if (now === undefined) return 0;
  return before === undefined || now < before ? now : now - before;
}

function lastLine(output: string): string {
  return output.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
