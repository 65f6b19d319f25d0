/** Doubts about commands on a host that need a directory, where the document changed it only in another shell. */
import {moveLine} from '../../checks/directories.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../../plan.ts';
import type {Command} from '../../script.ts';
import {operands, simpleCommands} from '../../shell/words.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

// A `cd` holds for one shell. "First on web-1: cd /srv/app" may have been read for this machine, or for the same host in
// an earlier section; then `./migrate` on web-1 would be looked for in the home directory there.

/** Once for each section and host. */
export function lostDirectoryDoubts({steps, source}: Plan, lines: LineIndex): FoundDoubt[] {
  let moved: {line: number; directory: string; step: Step} | undefined;
  const asked = new Set<string>();
  return steps.flatMap((step): FoundDoubt[] => {
    const use = lines.byId.get(step.section)?.use;
    if (use !== 'run' && use !== 'rollback') return [];
    const context = contextOf(step);
    const before = moved;
    for (const {line, directory} of commandsOf(step))
      if (directory !== undefined && ROOTED.test(directory)) moved = {line, directory, step};
    if (context?.place.kind !== 'host' || context.directory !== undefined || before === undefined) return [];
    const lost = commandsOf(step).find(needsDirectory);
    const key = `${step.section} ${context.id}`;
    if (lost === undefined || asked.has(key)) return [];
    asked.add(key);
    const place = contextOf(before.step)?.place;
    const where = place?.kind === 'host' ? place.host : 'this machine';
    const own = lines.stepsIn(step.section).filter(one => contextOf(one)?.id === context.id);
    return [
      {
        code: 'place-assumed',
        line: lost.line,
        steps: own.filter(one => commandsOf(one).some(needsDirectory)).map(({id}) => id),
        message: `line ${lost.line} runs in the home directory of ${context.place.host}: the cd to ${before.directory} in line ${moveLine(source, before.line)} was for ${where === context.place.host ? 'an earlier section' : where}`,
        because: lost.text.split('\n')[0] ?? '',
        settle: 'write cd before it, or name the directory of the host under hosts: in the bindings',
      },
    ];
  });
}

/** It names a file below the directory, or works on all of it. */
function needsDirectory({text, directory}: Command): boolean {
  if (directory !== undefined) return !ROOTED.test(directory);
  return (
    simpleCommands(text).some(
      words =>
        WORKS_IN_IT.test(words.join(' ')) ||
        operands(words)
          .concat(words[0] ?? '')
          .some(word => BELOW.test(word)),
    ) || READS.test(text)
  );
}

const ROOTED = /^[/~<{[$]/;
const BELOW = /^(?:\.{1,2}\/)?(?!origin\/|upstream\/)[\w.-]+\/[\w./-]*\w$|^\.\/\w/;
const READS = /<\s*(?:\.\/)?[\w.-]+(?:\/[\w./-]+)?\.\w+/;
const WORKS_IN_IT =
  /^(?:sudo\s+(?:-\S+\s+(?:\w+\s+)?)*)?(?:git\s+(?:pull|fetch|checkout|reset|stash|merge|switch|restore|tag)\b|make\b|(?:npm|yarn|pnpm)\s+(?!.*\s-g\b)\S|composer\s|bundle\s|rake\b|docker(?:-|\s+)compose\s+(?!.*(?:-f|--file)[ =]\/))/;
