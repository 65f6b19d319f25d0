/** Links that are lost now, and what that means for the step that runs behind one. */
import {contextOf, type Plan, type Step} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import {rollbackHosts} from '../evolve-steps.ts';
import {hostOf} from '../operations.ts';
import {sourceOf} from '../rules/signal-readings.ts';
import {runningStep, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';

export type LostLink = {
  host: string;
  /** Epoch ms. */
  since: number;
  detail: string;
  /** The host is not trusted or lets nobody in; waiting does not help. */
  refused?: true;
  /** Runs on that host now. */
  step?: Step;
  /** The step has not begun. */
  waits?: true;
};

/** A refusal comes first, then the one that a running step hangs on. A closed run needs no link. */
export function lostLinks(plan: Plan, state: RunState): readonly LostLink[] {
  const {links, closed} = state;
  if (closed !== null) return [];
  const running = runningStep(plan, state);
  const needed = running === undefined ? undefined : neededHost(state, running);
  const lost = Object.entries(links).flatMap(([host, {up, since, detail, refused}]): LostLink[] => {
    if (up) return [];
    const link = compact({host, since, detail, refused});
    if (running === undefined || needed !== host) return [link];
    return [{...link, step: running, ...(awaitedLink(state, running) === undefined ? {} : {waits: true})}];
  });
  return lost.toSorted(
    (a, b) =>
      Number(b.refused === true) - Number(a.refused === true) ||
      Number(b.step !== undefined) - Number(a.step !== undefined) ||
      a.since - b.since,
  );
}

/** Of a run that is closed no link matters. */
export function isAnyLinkLost({links, closed}: Pick<RunState, 'links' | 'closed'>): boolean {
  return closed === null && Object.values(links).some(({up}) => !up);
}

/** Whether the end of a running step cannot be seen now, because the link to its host is lost. */
export function isCutOff(state: RunState, step: Step): boolean {
  const host = neededHost(state, step);
  return stepState(state, step.id).status === 'running' && host !== undefined && state.links[host]?.up === false;
}

/** The host whose link a running step waits for before anything of it is sent; undefined once it may have begun. */
export function awaitedLink(state: RunState, step: Step): string | undefined {
  const own = stepState(state, step.id);
  return own.status === 'running' ? own.awaitsLink : undefined;
}

/** A query may go through a host that only the engine knows of. */
function neededHost(state: RunState, step: Step): string | undefined {
  return awaitedLink(state, step) ?? hostOf(step);
}

/** The host of the rollback whose link is lost, so that nothing there is proved now; undefined where that is not all that is missing. */
export function wayBackCutAt(plan: Plan, {links, readiness}: RunState): string | undefined {
  if (readiness !== null && !readiness.ready && readiness.link.up) return undefined;
  return rollbackHosts(plan).find(host => links[host]?.up === false);
}

/** What it means, for one who sees it for the first time. */
export function meaningOf({host, step, waits}: Pick<LostLink, 'host' | 'step' | 'waits'>): string {
  if (step === undefined)
    return `nothing runs on ${host} now; its logs and readings stand still until the link is back`;
  if (waits === true) return `the step has not begun; it waits for the link to ${host}`;
  if (contextOf(step) === undefined) return `what ${host} answered is unknown until the link is back`;
  return `the step may still run on ${host}; nobody sees it until the link is back`;
}

/** The host that a signal is measured on, when the link to it is lost. */
export function cutHostOf(plan: Plan, {links, closed}: RunState, signal: string): string | undefined {
  const host = sourceOf(plan, signal)?.on;
  return closed === null && host !== undefined && links[host]?.up === false ? host : undefined;
}

/** What brings the link back: nobody has to do anything, or somebody has to look. */
export function wayBackTo({refused}: Pick<LostLink, 'refused'>): string {
  return refused === true ? 'waiting does not help: a person has to look' : 'T-Minus reconnects by itself';
}
