/** The last line that commands printed: often the only one that says why they failed. Pure. */
import type {CommandResult, Outcome} from '../outcome.ts';

/** A command as the engine writes it at the head of what it prints. */
export function echoOf({text}: CommandResult): readonly string[] {
  return text.split('\n').map((line, index) => `${index === 0 ? '$' : '>'} ${line}`);
}

/** The commands stand among what they printed, and are not meant. */
export function lastPrinted(outcome: Outcome | undefined): string | undefined {
  if (outcome === undefined || !('output' in outcome)) return undefined;
  const commands = 'commands' in outcome ? (outcome.commands ?? []) : [];
  const echoed = new Set(commands.flatMap(echoOf));
  return outcome.output.split('\n').findLast(line => line.trim() !== '' && !echoed.has(line));
}
