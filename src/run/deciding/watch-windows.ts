/** The ends of the times to watch: when they are over, and what is said of them then. */
import type {Plan, Section} from '../../plan/plan.ts';
import {plural} from '../../text/figures.ts';
import type {WindowEnded} from '../events/watch-events.ts';
import {sectionSteps, stepById} from '../plan-index.ts';
import {sectionUse} from '../review.ts';
import {isDone, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {STANDING_WORDS} from '../wording/standing-words.ts';
import {type VerdictLine, verdictLines} from '../wording/verdict-lines.ts';
import type {Draft} from './decision-draft.ts';

const RULES_MAX = 20;
const STEPS_MAX = 8;

/** Says once how each time to watch went that is over by now. After a rollback nobody watches the new version. */
export function endWindows(draft: Draft): void {
  const {plan, state, at} = draft;
  const {deployStartedAt, windowsEndedMs = 0, rollback, run} = state;
  if (deployStartedAt === undefined || rollback.status !== 'none' || run.dryRun) return;
  const isOver = ({window}: Section) =>
    window !== undefined && window.toMs > windowsEndedMs && at >= deployStartedAt + window.toMs;
  const over = Map.groupBy(
    plan.sections.filter(section => isOver(section) && isWatched(plan, state, section)),
    ({window}) => window?.toMs ?? 0,
  );
  for (const [toMs, sections] of [...over].toSorted(([a], [b]) => a - b)) {
    draft.say(ended(draft, deployStartedAt + toMs, toMs, sections));
  }
}

function isWatched(plan: Plan, state: RunState, {id}: Section): boolean {
  const use = sectionUse(plan, state, id);
  return use === 'watch' || use === 'criteria';
}

/** `endedAt`: epoch ms; the rules are told as they stood then. */
function ended({plan, state}: Draft, endedAt: number, toMs: number, sections: readonly Section[]): WindowEnded {
  const ids = new Set(sections.map(({id}) => id));
  const verdicts = verdictLines(plan, state, endedAt);
  const own = verdicts.filter(({rule}) => ids.has(rule.section));
  const others = verdicts.filter(line => !own.includes(line) && isTrouble(line));
  const open = openSteps(plan, state, sections);
  const title = sections
    .filter(({parent}) => parent === undefined || !ids.has(parent))
    .map(one => one.title)
    .join(', ');
  return {
    type: 'window-ended',
    toMs,
    sectionIds: [...ids],
    title,
    summary: [countsOf([...own, ...others]), open.length === 0 ? [] : `${plural(open.length, 'step')} open`]
      .flat()
      .join('; '),
    lines: [
      ...limited(
        [...own, ...others].map(({text}) => text),
        RULES_MAX,
        'more rules',
      ),
      ...limited(open, STEPS_MAX, 'more open steps'),
    ],
  };
}

function isTrouble({assessment: {standing}, rule}: VerdictLine): boolean {
  return (
    standing.kind === 'tripped' || standing.kind === 'breached' || (rule.role === 'trigger' && standing.kind === 'grey')
  );
}

/** `7 ok, 2 not measured`, the worst first. */
function countsOf(verdicts: readonly VerdictLine[]): string {
  if (verdicts.length === 0) return 'no rule to judge';
  const counts = Map.groupBy(verdicts, ({assessment}) => STANDING_WORDS[assessment.standing.kind]);
  return [...counts].map(([word, those]) => `${those.length} ${word}`).join(', ');
}

/** What was to be done in these sections and is not; rules tick their own steps. */
function openSteps(plan: Plan, state: RunState, sections: readonly Section[]): readonly string[] {
  const ids = new Set(sections.flatMap(({id}) => sectionSteps(plan, id).map(step => step.id)));
  return [...ids].flatMap(id => {
    const step = stepById(plan, id);
    if (step === undefined || step.action.kind === 'rule' || isDone(state, step)) return [];
    const {status} = stepState(state, id);
    return [`${status === 'pending' ? 'open' : status}: ${step.title} (line ${step.line})`];
  });
}

function limited(lines: readonly string[], max: number, more: string): readonly string[] {
  return lines.length <= max ? lines : [...lines.slice(0, max), `${lines.length - max} ${more}`];
}
