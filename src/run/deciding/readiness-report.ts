/** What a look at the rollback's inputs has found: whether that is news, and what of it stood there before the deploy. */
import {compact} from '../../text/compact.ts';
import type {Report} from '../event.ts';
import {isSetAnew} from '../requests/seen-before-deploy.ts';
import type {Draft} from './decision-draft.ts';

/** It is looked at four times a minute for days: what it found is said in full only when that is news. */
export function onReadiness(draft: Draft, report: Extract<Report, {type: 'readiness-reported'}>): void {
  const {items, link, asOf, oldestAt} = report;
  const ready = link.up && items.every(item => item.ready || item.optional);
  const known = draft.state.readiness;
  // How large a directory is changes with every line of a log in it.
  const inPlace = Object.entries(report.seen ?? {}).filter(([id]) => !isSize(id) && !isLeft(id));
  const seen = inPlace.length === 0 ? undefined : Object.fromEntries(inPlace);
  const before = stoodBefore(draft, report);
  const wasSaid = known === null ? '' : JSON.stringify([known.ready, known.items, known.link, known.seen]);
  if (before === undefined && wasSaid === JSON.stringify([ready, items, link, seen]))
    draft.say(compact({type: 'readiness-confirmed', asOf, oldestAt} as const));
  else draft.say(compact({type: 'readiness-changed', ready, items, link, asOf, oldestAt, seen, before} as const));
}

/**
 * Until the deploy begins, whatever is there; from then on only what a step of the document has made since, which is the
 * last that is known of it: a tag that the deploy itself sets.
 */
function stoodBefore(draft: Draft, {seen = {}, asOf = draft.at}: Extract<Report, {type: 'readiness-reported'}>) {
  const {before = {}, deployStartedAt, rollback} = draft.state;
  if (rollback.status === 'running' || rollback.status === 'finished') return undefined;
  const found = Object.entries(seen).filter(([id, value]) => {
    const recorded = before[id];
    if (isLeft(id)) return recorded === undefined && !hasStepSince(draft, asOf);
    if (deployStartedAt === undefined)
      return recorded === undefined || (isSize(id) ? hasGrown(recorded.value, value) : recorded.value !== value);
    if (!id.startsWith('ref|') || recorded?.value === value) return false;
    return recorded === undefined || isSetAnew(draft.plan, draft.state, id, recorded.at, asOf);
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** What is there before the run has made it: once a step may have made it, nobody can say that any more. */
function isLeft(id: string): boolean {
  return id.startsWith('left|');
}

function hasStepSince({state}: Draft, since: number): boolean {
  return Object.values(state.steps).some(
    own => ('startedAt' in own && (own.startedAt ?? 0) >= since) || ('at' in own && own.at >= since),
  );
}

function isSize(id: string): boolean {
  return id.startsWith('size|');
}

/** By a tenth or more, files or bytes; or shrunk. */
function hasGrown(before: string, now: string): boolean {
  const then = before.split(' ').map(Number);
  return now.split(' ').some((value, index) => Math.abs(Number(value) - (then[index] ?? 0)) * 10 > (then[index] ?? 0));
}
