/** Whether the release or the database is behind a rule that tripped: said only where it was measured. */
import type {Plan, Rule, SignalSource} from '../../plan/plan.ts';
import {baselineOf} from '../rules/baseline.ts';
import {isBad} from '../rules/measure.ts';
import {readingsOf} from '../rules/signal-readings.ts';
import {hasValue} from '../rules/statistics.ts';
import {unansweredOf} from '../rules/unanswered.ts';
import type {RunState} from '../state.ts';
import {healthOf} from './health.ts';
import {measuredText} from './standing-words.ts';

/**
 * `Likely the release: the database itself answers to our probe; before the deploy it was 0 in 60 s.` where both were
 * measured; where the database does not answer, what is seen of both, always the service first; undefined where no
 * database is probed, or where it is itself what tripped. Of memory no database is the cause, so none is named.
 */
export function likelyCause(plan: Plan, state: RunState, ruleId: string): string | undefined {
  const rule = plan.rules.find(({id}) => id === ruleId);
  const own = rule?.signal === undefined ? undefined : plan.signals?.[rule.signal]?.kind;
  if (rule === undefined || own === 'sql') return undefined;
  const before = wellBefore(plan, state, rule);
  if (rule.unit === 'MB' || rule.unit === 'MB/h')
    return before === undefined ? undefined : `Likely the release: it was ${before} before the deploy.`;
  const database = answering(plan, state, 'sql');
  if (database === undefined) return undefined;
  if (database === 'answers') {
    if (before === undefined) return undefined;
    return `Likely the release: the database itself answers to our probe; before the deploy it was ${before}.`;
  }
  const service = answering(plan, state, 'http');
  const both = [...(service === undefined ? [] : [`the service ${service}`]), `the database ${database}`];
  return `Release or database? ${both.join(', ')}.`;
}

/** What was measured before the deploy; undefined where it was past the bound then, too. */
function wellBefore(plan: Plan, state: RunState, rule: Rule): string | undefined {
  const before = baselineOf(plan, state, rule);
  if (before?.from !== 'samples' || before.unit !== undefined || isBad(rule, before.value)) return undefined;
  return measuredText(rule, before.value);
}

/** Whether the probes of this kind get answers; undefined where there are none, or where nobody can see it now. */
function answering(plan: Plan, state: RunState, kind: SignalSource['kind']): 'answers' | 'does not answer' | undefined {
  const signals = Object.entries(plan.signals ?? {}).flatMap(([name, source]) => {
    const signal = source.kind === kind ? readingsOf(state, name) : undefined;
    return signal === undefined ? [] : [{name, signal}];
  });
  const seen = signals.filter(({name, signal}) => {
    const {staleMs, cutAt} = healthOf(plan, state, name, signal, state.lastAt, hasValue);
    return signal.samples.length > 0 && cutAt === undefined && (staleMs === undefined || signal.failing !== undefined);
  });
  if (seen.length === 0) return undefined;
  return seen.every(({signal}) => unansweredOf(signal.samples) !== undefined) ? 'does not answer' : 'answers';
}
