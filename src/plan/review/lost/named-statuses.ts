/** Doubts about a figure beside a request that may be the status which is to come back, in words that nobody knows here. */
import {isDone} from '../../doubt.ts';
import {type Plan, requestsOf, type Step} from '../../plan.ts';
import {statusesSaid} from '../../steps/code/statuses.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {type Lead, linesBelow} from '../lines-above.ts';

export function namedStatusDoubts(plan: Plan, lines: LineIndex): FoundDoubt[] {
  return plan.steps.flatMap((step): FoundDoubt | [] => {
    const use = lines.byId.get(step.section)?.use;
    if (!(isDone(use) || use === 'watch') || step.action.kind !== 'http') return [];
    const stated = [...step.expectations, ...requestsOf(step).flatMap(({expectations}) => expectations)];
    if (stated.some(({check}) => check?.kind === 'status' || check?.kind === 'fails')) return [];
    const [found] = ownLines(step, plan, lines).flatMap(({line, text}) =>
      statusesSaid(text)
        .filter(({isSure, codes}) => !isSure && codes.some(code => code >= REDIRECTS))
        .map(({codes}) => ({line, text, code: codes[0]})),
    );
    if (found === undefined) return [];
    return {
      code: 'expectation-assumed',
      line: found.line,
      steps: [step.id],
      message: `"${found.code}" may be the status that is to come back: without it, the request passes with 2xx`,
      because: found.text.trim(),
      settle: 'write "# Expected: HTTP 503" with the right figure, or confirm that 2xx is right',
    };
  });
}

const REDIRECTS = 300;

function ownLines(step: Step, plan: Plan, lines: LineIndex): Pick<Lead, 'line' | 'text'>[] {
  const own = {line: step.line, text: plan.source[step.line - 1] ?? ''};
  return [own, ...linesBelow(step, plan, lines)];
}
