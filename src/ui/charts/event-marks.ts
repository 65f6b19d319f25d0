/** Events of the run as marks on the time axis of a chart. Pure. */
import {outageText} from '../../run/rules/settling.ts';
import type {RunState} from '../../run/state.ts';
import {localClock, missionTime} from '../../text/times.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Marker} from './moment-lines.ts';

/** `lostAt`: since when there is no engine. */
type Happened = Pick<RunState, 'rollback' | 'timeline'> & {
  deployStartedAt?: number | undefined;
  lostAt?: number | undefined;
};

/** The marks, the most important first: where there is room for one name, it is named. */
export function chartMarkers(state: Happened, glyphs: Glyphs): readonly Marker[] {
  const {deployStartedAt, timeline, rollback, lostAt} = state;
  const marked = timeline.flatMap(entry => markerOf(entry, state, glyphs));
  const deploy: Marker[] =
    deployStartedAt === undefined
      ? []
      : [
          {
            at: deployStartedAt,
            names: [`deploy ${minuteOf(deployStartedAt)}`, 'deploy'],
            line: true,
            token: 'chart.deploy',
          },
        ];
  const began: Marker[] =
    rollback.status === 'running' ? [lineAt(state, rollback.startedAt, 'rollback', 'chart.deploy')] : [];
  const lost: Marker[] =
    lostAt === undefined ? [] : [{at: lostAt, names: ['engine lost', glyphs.failed], line: false, token: 'bad'}];
  return [...deploy, ...began, ...marked.filter(({line}) => line), ...lost, ...marked.filter(({line}) => !line)];
}

/**
 * The marks of each signal that a requested restart interrupted, with the outage. No rule judges the samples of the
 * outage. Signals without an outage are left out.
 */
export function withOutages(
  markers: readonly Marker[],
  downtimes: NonNullable<RunState['downtimes']> = [],
): ReadonlyMap<string, readonly Marker[]> {
  const marked = new Map<string, readonly Marker[]>();
  for (const {signal, outFrom, to, n} of downtimes) {
    const whole = outageText(outFrom, to, n);
    const names = [whole, whole.split(',')[0] ?? '', 'outage'] as const;
    const outage: Marker = {at: outFrom, names, line: false, token: 'chart.axis'};
    marked.set(signal, [...(marked.get(signal) ?? markers), outage]);
  }
  return marked;
}

function markerOf({at, type, text}: RunState['timeline'][number], state: Happened, glyphs: Glyphs): Marker[] {
  switch (type) {
    case 'trigger-fired':
      return [lineAt(state, at, 'trip', 'log.error')];
    case 'rollback-finished':
      return endMarker(state, at, text);
    case 'phase-changed':
      return text.startsWith('rolling-back') ? [lineAt(state, at, 'rollback', 'chart.deploy')] : [];
    case 'link-lost':
      return [{at, names: ['link lost', glyphs.failed], line: false, token: 'bad'}];
    case 'complaint-counted':
      return [{at, names: ['complaint', 'c'], line: false, token: 'warn'}];
    case 'note-added':
      return [{at, names: ['note', 'n'], line: false, token: 'chart.axis'}];
    default:
      return [];
  }
}

/** A rollback that failed, or that nothing verified, is not marked as one that brought the old version back. */
function endMarker(state: Happened, at: number, text: string): Marker[] {
  if (text.startsWith('rollback cancelled')) return [];
  if (text.startsWith('rollback rolled-back')) return [lineAt(state, at, 'rolled back', 'chart.deploy')];
  return [lineAt(state, at, text.includes('NOT verified') ? 'not verified' : 'rollback failed', 'bad')];
}

function lineAt({deployStartedAt}: Happened, at: number, name: string, token: Marker['token']): Marker {
  const when = deployStartedAt === undefined ? minuteOf(at) : missionTime(at - deployStartedAt).replace('T+00:', 'T+');
  return {at, names: [`${name} ${when}`, name], line: true, token};
}

function minuteOf(at: number): string {
  return localClock(at).slice(0, 5);
}
