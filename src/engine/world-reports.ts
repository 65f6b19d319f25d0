/** What the world tells between steps: links, accounts on hosts, and where a step on a group has ended. */
import type {WorldOptions} from '../actions/world.ts';
import type {Plan} from '../plan/plan.ts';
import type {Report} from '../run/event.ts';
import {judge} from '../run/judging/judge.ts';
import type {HostOutcome} from '../run/outcome.ts';
import {runningStep} from '../run/selectors.ts';
import type {RunState} from '../run/state.ts';
import {compact} from '../text/compact.ts';
import {whyOtherAccount} from './team/other-account.ts';

type Heard = Pick<WorldOptions, 'onLink' | 'onLogin' | 'onHosts' | 'wasReached'>;

type Listener = {
  plan: Plan;
  state(): RunState;
  report(report: Report): void;
  /** Other machines may take the run over: they need the accounts. */
  isOfTeam: boolean;
};

export function worldReports({plan, state, report, isOfTeam}: Listener): Heard {
  const accounts = new Map<string, string>();
  return {
    onLink: link => report(compact({type: 'link-reported', ...link, account: accounts.get(link.host)})),
    wasReached: host => state().links[host]?.reached === true,
    onHosts: ended => reportHosts(plan, state(), ended, report),
    ...(isOfTeam
      ? {
          onLogin(login) {
            // A host that could not be looked at when the run was taken over may lead to another account.
            const refusal = state().takenOver === undefined ? undefined : whyOtherAccount(state(), login);
            if (refusal === undefined) accounts.set(login.host, login.user);
            return refusal;
          },
        }
      : {}),
  };
}

/** Only for the step that runs; what a late answer says about another step is told when that step ends. */
function reportHosts(
  plan: Plan,
  state: RunState,
  ended: readonly HostOutcome[],
  report: (report: Report) => void,
): void {
  const step = runningStep(plan, state);
  const own = step === undefined ? undefined : state.steps[step.id];
  if (step === undefined || own?.status !== 'running') return;
  const {hosts = []} = judge(step, {kind: 'on-hosts', hosts: ended, failuresMax: 0, durationMs: 0});
  report({type: 'hosts-reported', stepId: step.id, attempt: own.attempt, hosts});
}
