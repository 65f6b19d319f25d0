/** Doubts about commands behind `ssh -L …`: whoever opens the tunnel is logged in there, and may mean this machine. */
import {isDone} from '../../doubt.ts';
import {commandsOf, type Plan} from '../../plan.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

export function tunnelDoubts({sections, source}: Plan, {stepsIn}: LineIndex): FoundDoubt[] {
  return sections.flatMap(({id, use, line: from}, index): FoundDoubt | [] => {
    if (!isDone(use)) return [];
    const end = Math.min((sections[index + 1]?.line ?? source.length + 1) - 1, from + SECTION_LINES_MAX);
    const at = source.slice(from, end).findIndex(text => TUNNEL.test(text.slice(0, LINE_LENGTH_MAX)));
    if (at === -1) return [];
    const line = from + at + 1;
    const behind = stepsIn(id).filter(step => commandsOf(step).some(one => one.line > line));
    const first = behind[0] === undefined ? undefined : commandsOf(behind[0]).find(one => one.line > line);
    if (first === undefined) return [];
    const because = TUNNEL.exec((source[line - 1] ?? '').slice(0, LINE_LENGTH_MAX))?.[0].trim() ?? '';
    return {
      code: 'place-assumed',
      line: first.line,
      section: id,
      steps: behind.map(step => step.id),
      message: `line ${line} opens a tunnel ("${because}"): whether line ${first.line} runs behind it or on this machine, nothing says`,
      because,
      settle: 'write the host before the commands, or bind the section under contexts:',
    };
  });
}

/** With `-N`, `-f` or `-W` nobody is logged in. */
const TUNNEL =
  /(?<![\w./-])ssh\s(?!(?:[^\x60\n]*\s)?-[A-Za-z0-9]*[NfW])(?:[^\x60\n]{0,200}\s)?-[A-Za-z0-9]*[LRD]\s?[\w.:[\]-]{0,200}/;
const SECTION_LINES_MAX = 400;
const LINE_LENGTH_MAX = 600;
