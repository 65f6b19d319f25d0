/** Doubts about what a person is asked to do with the deploy, and what the document asks for on a later day. */
import {withoutCode} from '../../document/inline.ts';
import type {Plan} from '../../plan.ts';
import {topicPattern} from '../../words/vocabulary.ts';
import {laterIn} from '../../words/warning-words.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';

/** One for each step that shows several lines to a person, of which one is for later. */
export function laterWorkDoubts({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt | [] => {
    if (step.action.kind !== 'manual' || isAskedBefore(step) || byId.get(step.section)?.use !== 'run') return [];
    for (let line = step.line; line <= Math.min(step.endLine, step.line + LINES_MAX); line += 1) {
      const text = withoutCode(source[line - 1] ?? '');
      const words = laterIn(text) ?? LATER.exec(text)?.[0];
      if (words === undefined) continue;
      return {
        code: 'condition-assumed',
        line,
        steps: [step.id],
        message: `line ${line} is for later, and would be asked for with the deploy: "${text.trim().slice(0, SHOWN_MAX)}"`,
        because: words,
        settle: 'confirm that it is done now, or leave it out',
      };
    }
    return [];
  });
}

const LINES_MAX = 200;
const SHOWN_MAX = 100;
const LATER = topicPattern('later');
