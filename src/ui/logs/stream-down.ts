/** Whether lines of a log still come in, and since when they do not. */
import {useRef} from 'react';
import {useStore} from 'zustand';
import {compact} from '../../text/compact.ts';
import type {LogSource} from '../../text/log-text.ts';
import type {Session} from '../session.ts';
import type {StreamDown} from '../widgets/pane-words.ts';
import {MERGED_SOURCE} from './merged-log.ts';

/**
 * A source is down when it says so, or when the link to its host is down; all logs as one when the link of any of them
 * is. `since`: from the link, else when first seen here.
 */
export function useDown(
  {run}: Session,
  source: LogSource | undefined,
  real: readonly LogSource[],
  now: number,
): StreamDown | undefined {
  const links = useStore(run, state => state.links);
  const since = useRef(new Map<string, number>());
  if (source === undefined) return undefined;
  const behind = source.id === MERGED_SOURCE ? real : [source];
  // Sources are titled `file · host`.
  const link = Object.entries(links).find(
    ([host, {up}]) => !up && behind.some(({title}) => title.endsWith(` ${host}`)),
  )?.[1];
  if (link !== undefined)
    return compact({link: true, detail: source.detail || link.detail, since: link.since, refused: link.refused});
  if (source.up) {
    since.current.delete(source.id);
    return undefined;
  }
  const first = since.current.get(source.id) ?? now;
  since.current.set(source.id, first);
  return {link: false, detail: source.detail, since: first};
}
