/** Keys of the charts: which signal is in which place, how much time is shown, and the samples of a chart. */
import type {LineMoment} from '../../text/log-text.ts';
import {age, localClock} from '../../text/times.ts';
import {chartModel} from '../charts/chart-content.ts';
import {type ChartId, chartKey, chartList, chartsShown} from '../charts/chart-list.ts';
import {baseSpanMs, spanMsAt, spanName, zoomedBy} from '../charts/chart-span.ts';
import {sampleList} from '../charts/sample-list.ts';
import {logSources} from '../logs/logs-panel.tsx';
import {type ConsoleContext, dispatch, say} from './console-context.ts';
import {showLine} from './find-commands.ts';
import {logSource} from './pane-commands.ts';

/** Up and down: select the place that the other keys act on. */
export function selectChart(context: ConsoleContext, by: 1 | -1): void {
  const {shown, selected} = charts(context);
  const next = Math.max(0, Math.min(shown.length - 1, selected + by));
  dispatch(context, {type: 'chart', selected: next});
}

/** Left and right: put the next signal into the selected place. Signals shown in other places are left out. */
export function changeSignal(context: ConsoleContext, by: 1 | -1): void {
  const {list, shown, selected} = charts(context);
  const taken = new Set(shown.filter((_, place) => place !== selected).map(({position}) => position));
  const from = shown[selected]?.position ?? 0;
  for (let step = 1; step < list.length; step++) {
    const position = (from + by * step + step * list.length) % list.length;
    const id = list[position];
    if (id !== undefined && !taken.has(position))
      return dispatch(context, {type: 'chart', selected, chosen: chartKey(id)});
  }
  say(context, 'nothing else is measured; probes: in the bindings file adds signals', 'warn');
}

/** For the palette: selects the place that shows the signal, or puts the signal into the selected place. */
export function showSignal(context: ConsoleContext, id: ChartId): void {
  const {shown, selected} = charts(context);
  const place = shown.findIndex(each => chartKey(each.id) === chartKey(id));
  dispatch(context, {type: 'chart', ...(place < 0 ? {selected, chosen: chartKey(id)} : {selected: place})});
  dispatch(context, {type: 'focus', panel: 'charts'});
}

/** `by` 1 shows less time. */
export function zoomCharts(context: ConsoleContext, by: 1 | -1): void {
  const {plan, run} = context.session;
  const {shown} = charts(context);
  const base = baseSpanMs(shown.flatMap(({id}) => chartModel(plan, run.getState(), id).rule?.windowMs ?? []));
  const {zoom} = context.view.getState().chart;
  const next = zoomedBy(base, zoom, by);
  const name = spanName(spanMsAt(base, next));
  dispatch(context, {type: 'chart', zoom: next});
  if (next === zoom) return say(context, by > 0 ? `${name} is the least time shown` : 'this is the whole run', 'warn');
  say(context, name === 'all' ? 'the charts show the whole run' : `the charts show ${name}`);
}

export function toggleSignals(context: ConsoleContext): void {
  const on = context.view.getState().centre === 'signals';
  dispatch(context, {type: 'centre', shows: on ? 'output' : 'signals'});
  if (!on || context.view.getState().focus === 'charts')
    dispatch(context, {type: 'focus', panel: on ? 'checklist' : 'output'});
}

export function openSamples(context: ConsoleContext): void {
  const {shown, selected} = charts(context);
  const signal = shown[selected]?.id.signal;
  if (signal === undefined) return say(context, 'nothing measures this: no probe is bound', 'warn');
  dispatch(context, {type: 'open', overlay: {kind: 'samples', signal, at: null}});
}

/** Moves the cursor down by `by` rows. On the first row it follows the newest sample. */
export function moveSample(context: ConsoleContext, overlay: {signal: string; at: number | null}, by: number): void {
  const samples = sampleList(context.session.run.getState(), overlay.signal);
  const {at: chosen} = overlay;
  const found = chosen === null ? 0 : samples.findIndex(({at}) => at <= chosen);
  const from = Math.max(0, found);
  const next = Math.max(0, Math.min(samples.length - 1, from + by));
  dispatch(context, {type: 'sample', at: next === 0 ? null : (samples[next]?.at ?? null)});
}

/** Jumps to the log line of the second in which the sample under the cursor was taken. */
export async function showMoment(
  context: ConsoleContext,
  {signal, at}: {signal: string; at: number | null},
): Promise<void> {
  const {plan, run, spool} = context.session;
  const sample = at ?? sampleList(run.getState(), signal)[0]?.at;
  const source = plan.signals?.[signal]?.kind === 'log' ? plan.signals[signal] : undefined;
  const own = logSource(context);
  const sources = logSources(spool);
  if (sample === undefined || sources.length === 0)
    return say(context, 'no log source is open: nothing to jump to', 'warn');
  const found: (LineMoment & {source: string})[] = [];
  for (const {id} of sources) {
    const moment = await spool.lineAt(id, sample);
    if (moment !== undefined) found.push({...moment, source: id});
  }
  const distance = ({at: lineAt}: LineMoment) => Math.abs(Math.floor(sample / SECOND_MS) * SECOND_MS - lineAt);
  const rank = ({source: id}: {source: string}) => (source?.what.includes(id) === true ? 2 : id === own ? 1 : 0);
  const [nearest] = found.sort((a, b) => distance(a) - distance(b) || rank(b) - rank(a));
  if (nearest === undefined) {
    return say(context, 'the times of log lines were not kept in this run: there is no line to jump to', 'warn');
  }
  goTo(context, nearest, distance(nearest), sample);
}

const SECOND_MS = 1000;

function goTo(
  context: ConsoleContext,
  {source, line}: {source: string; line: number},
  distanceMs: number,
  sample: number,
): void {
  dispatch(context, {type: 'close'});
  dispatch(context, {type: 'focus', panel: 'logs'});
  dispatch(context, {type: 'source', source});
  showLine(context, source, line);
  const far = distanceMs < 2 * SECOND_MS ? '' : `; the nearest line came ${age(distanceMs)} away from it`;
  say(context, `${localClock(sample)} in ${source}${far}`, far === '' ? 'good' : 'warn');
}

function charts({session, view}: ConsoleContext) {
  const state = session.run.getState();
  const list = chartList(session.plan, state);
  const {chosen, selected} = view.getState().chart;
  const shown = chartsShown(list, chosen);
  return {list, shown, selected: Math.max(0, Math.min(selected, shown.length - 1))};
}
