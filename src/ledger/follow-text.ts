/** Follows what steps print and logs say of a run in the ledger: the newest of it, and more soon after it came. */
import type {TextPiece} from '../journal/spool/newest-text.ts';
import type {LogSource} from '../text/log-text.ts';
import {withoutControls} from '../text/unsafe-signs.ts';
import type {Ledger} from './connection.ts';

export type TextTaker = {
  /** In the order of each source; between two of them lines may be missing. */
  add(source: string, piece: TextPiece & {cameAt: number}): void;
  /** How far the sources have grown where the engine is. Told behind the text. */
  told(sources: readonly LogSource[]): void;
};

export type TextFollower = {
  /** Takes what has come, at most a bounded part of it; true when there may be more. Rejects with a `LedgerError`. */
  look(ledger: Ledger): Promise<boolean>;
};

/** Whoever is not heard of for half a minute is taken for gone, and no more text is sent. */
const HERE_EVERY_MS = 10_000;
/** Of one answer: it has to come in time over a slow line. */
const BYTES_MAX = 64 * 1024;
const ROWS_MAX = 256;

export function followText(runId: string, taker: TextTaker): TextFollower {
  let after = 0;
  let saidAt: number | undefined;
  return {
    async look({ask}) {
      if (saidAt === undefined || performance.now() - saidAt >= HERE_EVERY_MS) {
        saidAt = performance.now();
        await ask('select tminus.watch($1)', [runId]);
      }
      const [row] = await ask('select sources from tminus.sources where run = $1', [runId]);
      const pieces = await ask(
        `select id, source, first_line, lines, came_at, content from (
          select *, sum(octet_length(content)) over (order by id) - octet_length(content) as before
          from (select * from tminus.texts where run = $1 and id > $2 order by id limit ${ROWS_MAX}) as next
        ) as next where before < ${BYTES_MAX} order by id`,
        [runId, after],
      );
      for (const {id, source, first_line, lines, came_at, content} of pieces) {
        after = Number(id);
        const piece = {firstLine: Number(first_line), lines: Number(lines), content: content as Buffer};
        taker.add(String(source), {...piece, cameAt: Number(came_at)});
      }
      if (row !== undefined) taker.told(sourcesIn(String(row['sources'])));
      return pieces.length > 0;
    },
  };
}

/** What an engine said, believing nothing. */
function sourcesIn(text: string): readonly LogSource[] {
  const said: unknown = JSON.parse(text);
  if (!Array.isArray(said)) return [];
  const entries = said.filter(one => typeof one === 'object' && one !== null);
  return entries.map(({id, title, lines, linesPerSecond, up, detail}: Partial<Record<keyof LogSource, unknown>>) => ({
    id: String(id),
    title: withoutControls(String(title)),
    lines: Number(lines),
    linesPerSecond: Number(linesPerSecond),
    up: up === true,
    detail: withoutControls(String(detail)),
  }));
}
