/** Keys of the charts: which signal stands where, how much time is shown, and the samples behind a line. */

import {age, localClock} from '../../text/times.ts';
import {type ChartId, chartKey, chartList, chartsShown} from '../charts/chart-list.ts';
import {baseSpanMs, spanMsAt, spanName, zoomedBy} from '../charts/chart-span.ts';
import {chartModel} from '../charts/charts-model.ts';
import {sampleList} from '../charts/sample-list.ts';
import type {SpoolMoment} from '../session.ts';
import {boxOf} from '../view/layout.ts';
import {currentLayout, type Desk, dispatch, say} from './console-context.ts';
import {logSource} from './pane-commands.ts';

/** Up and down: the place the other keys act on. */
export function selectChart(desk: Desk, by: 1 | -1): void {
  const {shown, selected} = charts(desk);
  const next = Math.max(0, Math.min(shown.length - 1, selected + by));
  dispatch(desk, {type: 'chart', selected: next});
}

/** Left and right: another signal into the selected place, of those that stand in no other. */
export function changeSignal(desk: Desk, by: 1 | -1): void {
  const {list, shown, selected} = charts(desk);
  const taken = new Set(shown.filter((_, place) => place !== selected).map(({position}) => position));
  const from = shown[selected]?.position ?? 0;
  for (let step = 1; step < list.length; step++) {
    const position = (from + by * step + step * list.length) % list.length;
    const id = list[position];
    if (id !== undefined && !taken.has(position))
      return dispatch(desk, {type: 'chart', selected, chosen: chartKey(id)});
  }
  say(desk, 'nothing else is measured; probes: in the bindings file adds signals', 'warn');
}

/** From the palette: the signal comes into the selected place, unless it is on the screen already. */
export function showSignal(desk: Desk, id: ChartId): void {
  const {shown, selected} = charts(desk);
  const place = shown.findIndex(each => chartKey(each.id) === chartKey(id));
  dispatch(desk, {type: 'chart', ...(place < 0 ? {selected, chosen: chartKey(id)} : {selected: place})});
  dispatch(desk, {type: 'focus', panel: 'charts'});
}

/** `by` 1 shows less time. */
export function zoomCharts(desk: Desk, by: 1 | -1): void {
  const {plan, run} = desk.session;
  const {shown} = charts(desk);
  const base = baseSpanMs(shown.flatMap(({id}) => chartModel(plan, run.getState(), id).rule?.windowMs ?? []));
  const {zoom} = desk.view.getState().chart;
  const next = zoomedBy(base, zoom, by);
  const name = spanName(spanMsAt(base, next));
  dispatch(desk, {type: 'chart', zoom: next});
  if (next === zoom) return say(desk, by > 0 ? `${name} is the least time shown` : 'this is the whole run', 'warn');
  say(desk, name === 'all' ? 'the charts show the whole run' : `the charts show ${name}`);
}

export function toggleSignals(desk: Desk): void {
  const on = desk.view.getState().centre === 'signals';
  dispatch(desk, {type: 'centre', shows: on ? 'output' : 'signals'});
  if (!on || desk.view.getState().focus === 'charts')
    dispatch(desk, {type: 'focus', panel: on ? 'checklist' : 'output'});
}

export function openSamples(desk: Desk): void {
  const {shown, selected} = charts(desk);
  const signal = shown[selected]?.id.signal;
  if (signal === undefined) return say(desk, 'nothing measures this: no probe is bound', 'warn');
  dispatch(desk, {type: 'open', overlay: {kind: 'samples', signal, at: null}});
}

/** The sample so many rows further down the list; the newest is followed while the cursor stands on it. */
export function moveSample(desk: Desk, overlay: {signal: string; at: number | null}, by: number): void {
  const {plan, run} = desk.session;
  const samples = sampleList(plan, run.getState(), overlay.signal);
  const from =
    overlay.at === null
      ? 0
      : Math.max(
          0,
          samples.findIndex(({at}) => at <= (overlay.at ?? 0)),
        );
  const next = Math.max(0, Math.min(samples.length - 1, from + by));
  dispatch(desk, {type: 'sample', at: next === 0 ? null : (samples[next]?.at ?? null)});
}

/** What the logs said in the second of the sample under the cursor. */
export async function showMoment(desk: Desk, {signal, at}: {signal: string; at: number | null}): Promise<void> {
  const {plan, run, spool} = desk.session;
  const sample = at ?? sampleList(plan, run.getState(), signal)[0]?.at;
  const source = plan.signals?.[signal]?.kind === 'log' ? plan.signals[signal] : undefined;
  const own = logSource(desk);
  const sources = spool.sources().filter(({id}) => id !== 'output');
  if (sample === undefined || sources.length === 0)
    return say(desk, 'no log source is open: nothing to jump to', 'warn');
  const found: (SpoolMoment & {source: string})[] = [];
  for (const {id} of sources) {
    const moment = await spool.lineAt(id, sample);
    if (moment !== undefined) found.push({...moment, source: id});
  }
  const distance = ({at: lineAt}: SpoolMoment) => Math.abs(Math.floor(sample / SECOND_MS) * SECOND_MS - lineAt);
  const rank = ({source: id}: {source: string}) => (source?.what.includes(id) === true ? 2 : id === own ? 1 : 0);
  const [nearest] = found.sort((a, b) => distance(a) - distance(b) || rank(b) - rank(a));
  if (nearest === undefined) {
    return say(desk, 'the times of log lines were not kept in this run: there is no line to jump to', 'warn');
  }
  goTo(desk, nearest, distance(nearest), sample);
}

const SECOND_MS = 1000;

function goTo(desk: Desk, {source, line}: {source: string; line: number}, distanceMs: number, sample: number): void {
  dispatch(desk, {type: 'close'});
  dispatch(desk, {type: 'focus', panel: 'logs'});
  dispatch(desk, {type: 'source', source});
  dispatch(desk, {type: 'matched', source, line});
  const height = boxOf(currentLayout(desk), 'logs').height - 2;
  const top = Math.max(0, line - Math.floor(height / 2));
  dispatch(desk, {type: 'scroll', source, to: {follow: false, top, column: 0}});
  const far = distanceMs < 2 * SECOND_MS ? '' : `; the nearest line came ${age(distanceMs)} away from it`;
  say(desk, `${localClock(sample)} in ${source}${far}`, far === '' ? 'good' : 'warn');
}

function charts({session, view}: Desk) {
  const state = session.run.getState();
  const list = chartList(session.plan, state);
  const {chosen, selected} = view.getState().chart;
  const shown = chartsShown(list, chosen);
  return {list, shown, selected: Math.max(0, Math.min(selected, shown.length - 1))};
}
