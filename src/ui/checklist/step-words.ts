/** The few words in which panels speak of a step. Pure. */
import type {Expectation, Step} from '../../plan/plan.ts';
import type {Verdict} from '../../run/outcome.ts';

/** What the step does in a word; bindings may look into a log or ask Prometheus where the document only had a box. */
export function kindWord({kind, action}: Step): string {
  if (action.kind === 'log') return 'log';
  return action.kind === 'prometheus' ? 'query' : kind;
}

/** An expectation that is the title again would be read twice. */
export function ownExpectations({title, expectations}: Step): readonly Expectation[] {
  return expectations.filter(({text}) => bare(text) !== bare(title));
}

/** What was not met, except what the reason of the verdict names itself. */
export function furtherUnmet({because, checks}: Verdict): Verdict['checks'] {
  return checks.filter(({result, text}) => result === 'unmet' && !bare(because).includes(bare(withoutLead(text))));
}

function withoutLead(text: string): string {
  return text.replace(/^\W*expected:?\s*/i, '');
}

function bare(text: string): string {
  return text.replace(/[^\p{Letter}\p{Number}<>=%]/gu, '').toLowerCase();
}
