/** The logs of a past run as they stood at the moment that is shown. */
import {readFileSync} from 'node:fs';
import {placeOf} from '../../actions/world.ts';
import {logTitle} from '../../engine/log-sources.ts';
import {spoolTimesPath} from '../../journal/run-directory.ts';
import {OUTPUT_SOURCE, sourcesIn} from '../../journal/spool/error-lines.ts';
import {momentsIn} from '../../journal/spool/line-times.ts';
import {openSpoolReader} from '../../journal/spool/spool-reader.ts';
import type {Bindings, Plan} from '../../plan/plan.ts';
import type {Place} from '../../plan/script.ts';
import {bindStep} from '../../run/requests/bind-step.ts';
import {shownLookup} from '../../run/requests/lookups.ts';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import type {LineMoment, LogSource} from '../../text/log-text.ts';
import type {Spool} from '../../ui/session.ts';
import type {Player} from './player.ts';

/** As long as that of a live log. */
const RATE_OVER_MS = 2000;

/** Nothing later than the moment is read, found or counted. */
export function replaySpool(
  runDirectory: string,
  player: Player,
  logs: ReadonlyMap<string, PastLog>,
): Spool & {close(): void} {
  const reader = openSpoolReader(runDirectory);
  const ids = sourcesIn(runDirectory, [...logs.keys()]);
  const moments = new Map(ids.map(id => [id, momentsOf(runDirectory, id)]));

  /** Lines of the source that had come by then: to the second, as they are kept. At the end the last ones too. */
  function linesAt(id: string, moment = player.now()): number {
    const all = reader.lines(id);
    const known = moments.get(id) ?? [];
    // Lines that came behind the last event belong to no moment that could be shown.
    if (moment >= player.span.to) return all;
    if (known.length === 0) return 0;
    return Math.min(all, known.find(({at}) => at > moment)?.line ?? all);
  }

  function sourceOf(id: string): LogSource {
    const {title = id, host = ''} = logs.get(id) ?? {};
    const {up = true, detail = ''} = player.run.getState().links[host] ?? {};
    const lines = linesAt(id);
    const linesPerSecond = Math.round(((lines - linesAt(id, player.now() - RATE_OVER_MS)) * 1000) / RATE_OVER_MS);
    return {id, title, lines, linesPerSecond, up, detail: up ? '' : detail};
  }

  return {
    sources: () => ids.map(sourceOf).filter(({id, lines}) => id === OUTPUT_SOURCE || lines > 0),
    read: (id, from, count) => reader.read(id, from, Math.max(0, Math.min(count, linesAt(id) - from))),
    async find(id, pattern, from, direction, limit) {
      const end = linesAt(id);
      const found = await reader.find(id, pattern, direction === -1 ? Math.min(from, end - 1) : from, direction, limit);
      return found === undefined || found >= end ? undefined : found;
    },
    // A count of all lines would tell of what is still to come.
    tally: () => undefined,
    density: () => undefined,
    lineAt: (id, at) => reader.lineAt(id, Math.min(at, player.now())),
    async lineAfter(id, at) {
      const line = await reader.lineAfter(id, at);
      return line === undefined || line >= linesAt(id) ? undefined : line;
    },
    moments: async id => (moments.get(id) ?? []).filter(({at}) => at <= player.now()),
    fileOf: () => undefined,
    subscribe: listener => player.subscribe(listener),
    close: () => reader.close(),
  };
}

function momentsOf(runDirectory: string, id: string): readonly LineMoment[] {
  try {
    return momentsIn(readFileSync(spoolTimesPath(runDirectory, id), 'utf8'));
  } catch {
    return [];
  }
}

type PastLog = {title: string; host?: string};

/** By id, in the order in which an engine opens them: those of the bindings, then those of steps. `state`: at the end. */
export function pastLogs(plan: Plan, bindings: Bindings, state: RunState): ReadonlyMap<string, PastLog> {
  const logs = new Map<string, PastLog>();
  const add = (id: string, place: Place, file?: string) => {
    const host = place.kind === 'host' ? place.host : undefined;
    if (!logs.has(id)) logs.set(id, compact({title: logTitle(id, place, file), host}));
  };
  for (const [id, {on, tail}] of Object.entries(bindings.logs)) add(id, placeOf(on, bindings.hosts), tail);
  const binding = {plan, state, lookup: shownLookup(plan, state), attempt: 0, rollback: false};
  for (const step of plan.steps) {
    const bound = step.action.kind === 'tail' ? bindStep(step, binding) : undefined;
    if (bound?.kind !== 'request' || bound.request.kind !== 'tail') continue;
    add(bound.request.source, bound.request.place, bound.request.file);
  }
  return logs;
}
