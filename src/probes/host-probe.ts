/** Probes that run a command where they look: memory, disk space, a number that a command prints. */
import {directoryWord} from '../actions/short-command.ts';
import type {World} from '../actions/world.ts';
import type {Place} from '../plan/script.ts';
import {patternOf, whyNoPattern} from '../text/pattern.ts';
import {LIST_PROCESSES, type Process, readProcesses} from './process-table.ts';
import {
  asExpected,
  type Bind,
  type Measure,
  numberIn,
  type Of,
  type Reading,
  valueRead,
  wrongAnswer,
} from './reading.ts';

export type Capture = Pick<World, 'capture'>;

/** Resident memory in MB (MiB) of all processes whose command line matches, taken together. */
export function rssProbe(probe: Of<'rss'>, place: Place, world: Capture, bind: Bind): Measure {
  return async () => {
    const output = await ask(world, place, LIST_PROCESSES, probe.timeoutMs);
    if (typeof output !== 'string') return output;
    const matching = await matchingProcesses(readProcesses(output), bind(probe.pattern));
    if (typeof matching === 'string') return wrongAnswer(matching);
    return valueRead(matching.reduce((sum, process) => sum + process.rssKb, 0) / 1024);
  };
}

/**
 * The file system that holds the path: how much of what its users may have is in use in %, as `df` shows it but not
 * rounded, or what is left of it in MB (MiB).
 */
export function diskProbe(probe: Of<'disk'>, place: Place, world: Capture, bind: Bind): Measure {
  return async () => {
    const output = await ask(world, place, `LC_ALL=C df -Pk ${directoryWord(bind(probe.path))}`, probe.timeoutMs);
    if (typeof output !== 'string') return output;
    // The name of a file system may hold anything; the figures stand before the last percent sign.
    const match = /\s(\d+)\s+(-?\d+)\s+\d+%\s[^\n]*$/.exec(output.trimEnd());
    if (match === null) return wrongAnswer(`df said "${lastLine(output)}"`);
    const [usedKb, leftKb] = [Number(match[1]), Math.max(0, Number(match[2]))];
    return valueRead(probe.free === true ? leftKb / 1024 : (100 * usedKb) / (usedKb + leftKb));
  };
}

/** A command that prints a number on its last line. */
export function runProbe(probe: Of<'run'>, place: Place, world: Capture, bind: Bind): Measure {
  return async () => {
    const output = await ask(world, place, bind(probe.run, 'shell'), probe.timeoutMs);
    if (typeof output !== 'string') return output;
    return asExpected(probe.expect?.checks ?? [], {output, code: 0}, () => {
      const line = lastLine(output);
      const value = numberIn(line);
      return value === undefined ? wrongAnswer(`printed "${line}", expected a number`) : valueRead(value);
    });
  };
}

/** What it prints, or why it could not be run to its end. */
export async function ask(world: Capture, place: Place, command: string, timeoutMs: number): Promise<string | Reading> {
  const {code, output} = await world.capture(place, command, timeoutMs);
  if (code === 0) return output;
  const said = lastLine(output);
  return wrongAnswer(said === '' ? `exit ${code}` : `exit ${code}: ${said}`);
}

/** The processes, or why there are none, in words. */
export async function matchingProcesses(
  processes: readonly Process[],
  source: string,
): Promise<readonly Process[] | string> {
  const why = whyNoPattern(source);
  if (why !== undefined) return `${source} ${why}`;
  const pattern = patternOf(source);
  await pattern.ready;
  const matching = processes.filter(({commandLine}) => pattern.test(commandLine));
  return matching.length > 0 ? matching : `no process matches ${source}`;
}

function lastLine(output: string): string {
  return output.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
