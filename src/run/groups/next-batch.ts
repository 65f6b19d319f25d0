/** Why the next batch of a group does not begin yet: its pause, the rules, a person. */
import type {Plan, Rule, Step} from '../../plan/plan.ts';
import {plural} from '../../text/figures.ts';
import {stretchText} from '../../text/times.ts';
import {hostNames} from '../host-lines.ts';
import {outsideOf} from '../rules/assessing.ts';
import type {RunState} from '../state.ts';
import {shareOf} from './batches.ts';
import {batchText} from './evolve-groups.ts';

/**
 * `time`: it will be over by itself, as far as anybody can say. `person`: somebody looks at the batch that is done, and
 * goes on. `rule`: the same, with a reason, because of what was measured. `look`: all hosts are asked once more whether
 * the rollback is ready, by a look that begins at `since` or later.
 */
export type WhyWait = {for: 'time' | 'person' | 'rule'; text: string} | {for: 'look'; text: string; since: number};

/** Undefined where no batch has to wait for anything, and for a step that begins none. */
export function whyNotNextBatch(plan: Plan, state: RunState, step: Step, now: number): WhyWait | undefined {
  const share = shareOf(plan, state, step);
  const done = share === undefined ? undefined : state.groups?.[share.group]?.batch;
  if (share?.next === undefined || done?.endedAt === undefined) return undefined;
  const what = `${batchText({batch: done.number, of: done.of})} is done on ${hostNames(done.hosts)}`;
  const next = `the next one is of ${plural(share.hosts.length, 'host')}`;
  const say = <W>(why: W, text: string) => ({for: why, text: `${what}; ${next}: ${text}`});
  const judged = judgedRules(plan, state, now);
  const bad = judged.find(rule => isBad(state, rule));
  if (bad !== undefined) return say('rule', ruleText(state, bad));
  const {pause} = plan.groups?.[share.group] ?? {};
  const pauseMs = pause ?? longestWindow(judged) ?? 'person';
  const waited = done.endedAt + (pauseMs === 'person' ? 0 : pauseMs);
  if (now >= waited && !isWholeSince(plan, state, waited))
    return {...say('look' as const, `all hosts of ${share.group} are looked at first`), since: waited};
  if (pauseMs === 'person') {
    return say('person', pause === 'person' ? 'a person begins it' : 'nothing is measured here, so a person begins it');
  }
  if (now < waited) return say('time', `it waits ${stretchText(waited - now)} more`);
  const open = judged.find(rule => !isGood(state, rule));
  if (open === undefined) return undefined;
  // Who has had the time for two windows and has no verdict gets none by waiting.
  return say(now - waited > open.windowMs ? 'rule' : 'time', ruleText(state, open));
}

/** Between two batches hosts are looked at in turn; before each all of them are. */
function isWholeSince(plan: Plan, {readiness}: RunState, since: number): boolean {
  if (plan.rollback === null) return true;
  return readiness !== null && (readiness.oldestAt ?? readiness.at) >= since;
}

/** What something measures, and what is in its hours. How many complaints there are is judged, too: it is never open. */
function judgedRules(plan: Plan, state: RunState, now: number): readonly Rule[] {
  return plan.rules.filter(
    rule =>
      rule.role !== 'criterion' &&
      rule.signal !== undefined &&
      !rule.person &&
      outsideOf(plan, state, rule, now) === undefined,
  );
}

function longestWindow(rules: readonly Rule[]): number | undefined {
  return rules.length === 0 ? undefined : Math.max(...rules.map(({windowMs}) => windowMs));
}

/** Past its bound for long enough, or not to be seen any more: no time makes that good by itself. */
function isBad({rules}: RunState, {id}: Rule): boolean {
  const own = rules[id];
  return own?.standing.kind === 'tripped' || (own?.standing.kind === 'blind' && own.n > 0);
}

/** What the deploy is not held against (`disarmed`) is in nobody's way. */
function isGood({rules}: RunState, {id}: Rule): boolean {
  const kind = rules[id]?.standing.kind;
  return kind === 'ok' || kind === 'grey' || kind === 'disarmed';
}

function ruleText({rules}: RunState, {id, text}: Rule): string {
  const own = rules[id];
  return `${text} is ${own?.standing.kind ?? 'not judged yet'}${own === undefined ? '' : ` (${own.because})`}`;
}
