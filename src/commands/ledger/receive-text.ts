/** What steps print and logs say on another machine, in the files of a directory here, where the reader of any run finds it. */
import {mkdirSync} from 'node:fs';
import {dirname} from 'node:path';
import {spoolPath, spoolTimesPath} from '../../journal/run-directory.ts';
import {openTextCopy, type TextCopy} from '../../journal/spool/text-copy.ts';
import type {TextTaker} from '../../ledger/follow-text.ts';
import {compact} from '../../text/compact.ts';
import type {LogSource} from '../../text/log-text.ts';

export type TextHere = TextTaker & {
  /** As far as their lines are here. */
  sources(): readonly LogSource[];
  onChange(listener: () => void): () => void;
};

export function keepText(directory: string): TextHere {
  const copies = new Map<string, TextCopy>();
  const listeners = new Set<() => void>();
  let known: readonly LogSource[] = [];

  function copyOf(source: string): TextCopy {
    const before = copies.get(source);
    if (before !== undefined) return before;
    const path = spoolPath(directory, source);
    mkdirSync(dirname(path), {recursive: true, mode: 0o700});
    const copy = openTextCopy(path, spoolTimesPath(directory, source));
    copies.set(source, copy);
    return copy;
  }

  return {
    add: (source, piece) => copyOf(source).add(piece),
    told(sources) {
      known = sources;
      for (const listener of listeners) listener();
    },
    sources: () =>
      known.map(({id, ...source}) => {
        const copy = copies.get(id);
        return compact({id, ...source, lines: copy?.lines() ?? 0, gone: copy?.firstLine() || undefined});
      }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
