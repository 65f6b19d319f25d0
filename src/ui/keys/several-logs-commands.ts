/** Keys that show several logs at once: all of them as one by time, or two of them one above the other. */
import {setTimeout as sleep} from 'node:timers/promises';
import {logSources, shownHeight} from '../logs/logs-panel.tsx';
import {MERGED_SOURCE, mergedLogs} from '../logs/merged-log.ts';
import {boxOf} from '../view/layout.ts';
import {scrollOf} from '../view/view-state.ts';
import {type ConsoleContext, currentLayout, dispatch, say} from './console-context.ts';
import {lineInView, logSource} from './pane-commands.ts';

/** All logs as one, or from there the log alone that the line comes from; the place stays. */
export async function toggleMerged(context: ConsoleContext): Promise<void> {
  const {spool} = context.session;
  dispatch(context, {type: 'focus', panel: 'logs'});
  const merged = mergedLogs(spool);
  const source = logSource(context);
  if (merged === undefined || source === undefined || !logSources(spool).some(({id}) => id === MERGED_SOURCE))
    return say(context, 'there is no second log to show with it', 'warn');
  const {follow, top} = scrollOf(context.view.getState(), source);
  if (source === MERGED_SOURCE) {
    const own = merged.at(lineInView(context, source));
    const next = own?.source ?? logSources(spool)[0]?.id ?? '';
    dispatch(context, {type: 'source', source: next});
    if (!follow && own !== undefined)
      dispatch(context, {type: 'scroll', source: next, to: {follow: false, top: own.line}});
    return;
  }
  dispatch(context, {type: 'source', source: MERGED_SOURCE});
  dispatch(context, {type: 'scroll', source: MERGED_SOURCE, to: {follow: true, top: 0}});
  if (follow) return;
  // Where the line stands among all is known when all are in order.
  while (merged.advance(context.now())) {
    await sleep(LOOK_AGAIN_MS);
    if (logSource(context) !== MERGED_SOURCE) return;
  }
  dispatch(context, {type: 'scroll', source: MERGED_SOURCE, to: {follow, top: merged.indexOf(source, top)}});
}

const LOOK_AGAIN_MS = 10;

/** A second log below the first, the next one; again: one log. */
export function toggleSplit(context: ConsoleContext): void {
  const {split} = context.view.getState();
  dispatch(context, {type: 'focus', panel: 'logs'});
  if (split !== null) return dispatch(context, {type: 'split', split: null});
  const logs = logSources(context.session.spool);
  const at = logs.findIndex(({id}) => id === logSource(context));
  const next = logs[(at + 1) % logs.length];
  if (next === undefined || logs.length < 2) return say(context, 'there is no second log to show below', 'warn');
  dispatch(context, {type: 'split', split: {source: next.id, isFocused: true}});
  const {height} = boxOf(currentLayout(context), 'logs');
  if (shownHeight({source: next.id, isFocused: true}, height) === height)
    say(context, 'the second log is shown when there is room; z makes room', 'warn');
}
