/** Doubts about code blocks that took their place from a sentence which tells of its own commands. */

import {isNameIn} from '../../../text/name-in.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {withSectionsAround} from '../../outline/sections-around.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {sentencesOf} from '../../words/warning-words.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {hostOf} from './sessions.ts';
import {namesOfPlace} from './told-hosts.ts';

/** "On db1 `stop.sh` and then `start.sh`. Copy the files back:" above a block: the block may be for another host. */
export function sentencePlaceDoubts({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  return steps.flatMap((step, index): FoundDoubt | [] => {
    const names = namesOfPlace(step);
    if (names.length === 0 || !isDone(byId.get(step.section)?.use)) return [];
    if (entersItself(step, source)) return [];
    const titles = withSectionsAround(step.section, byId).map(({title}) => title);
    const before = steps[index - 1];
    const isThere = before?.section === step.section && hostOf(before) === hostOf(step);
    if (isThere || titles.some(title => namesOne(names, title))) return [];
    const lead = paragraphAbove(step, source);
    const sentences = sentencesOf(lead?.text ?? '');
    const last = sentences.at(-1) ?? '';
    const saying = sentences.filter(one => namesOne(names, one));
    if (lead === undefined || saying.length === 0 || saying.includes(last)) return [];
    if (!saying.every(one => codeSpans(one).some(looksLikeCommand))) return [];
    const because = plainText(saying[0] ?? '');
    return {
      code: 'place-assumed',
      line: step.line,
      steps: [step.id],
      message: `line ${lead.below} is taken for ${hostOf(step)}, but line ${lead.line} says that of its own commands: "${because}"`,
      because,
      settle: 'set the place with p in `tminus review`, or name it under contexts: in the bindings',
    };
  });
}

/** The block begins with `ssh db1`. */
function entersItself(step: Step, source: readonly string[]): boolean {
  const first = commandsOf(step)[0]?.line ?? step.line;
  return ENTERS.test(source[first - 2] ?? '') || ENTERS.test(source[first - 1] ?? '');
}

const ENTERS = /^\s*(?:[$#>%]\s*)?ssh\s/;

function namesOne(names: readonly string[], text: string): boolean {
  const shown = text.toLowerCase();
  return names.some(name => isNameIn(name, shown));
}

/** The paragraph directly above the code block of the step; `below`: the first command. */
function paragraphAbove(step: Step, source: readonly string[]) {
  const below = commandsOf(step)[0]?.line;
  if (below === undefined || contextOf(step) === undefined) return undefined;
  let fence = below - 1;
  while (fence > 0 && below - fence < LINES_MAX && !FENCE.test(source[fence - 1] ?? '')) fence -= 1;
  if (!FENCE.test(source[fence - 1] ?? '')) return undefined;
  let last = fence - 1;
  while (last > 0 && (source[last - 1] ?? '').trim() === '') last -= 1;
  let line = last;
  while (line > 1 && last - line < LINES_MAX && PROSE.test(source[line - 2] ?? '')) line -= 1;
  return {below, line, text: source.slice(line - 1, last).join(' ')};
}

const LINES_MAX = 12;
const FENCE = /^\s*(?:`{3}|~{3})/;
const PROSE = /^\s*(?!#|\||>|`{3}|~{3})\S/;
