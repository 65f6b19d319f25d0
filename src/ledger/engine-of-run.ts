/** Which engine goes on with a run, as the ledger has it: the one with the highest number that was given out for the run. */
import {connectLedger, type Ledger} from './connection.ts';

/**
 * The checklist of a run, and who has it now. `first`: the lowest number that the run ever had. `free`: nobody has it; else
 * `holder`, which may be another run, until `endsAt` by the clock of the ledger (epoch ms), `endsInMs` from now.
 */
export type RunChecklist = {checklist: string; first: number; free: boolean; endsAt: number; endsInMs: number} & {
  holder: {run: string; host: string; account: string; pid: number; since: number};
};

/** Undefined of a run that never had a number. Rejects with a `LedgerError`. */
export async function checklistOf({ask}: Ledger, runId: string): Promise<RunChecklist | undefined> {
  const [row] = await ask(
    `select w.key as checklist, (select min(number) from tminus.lease_numbers n where n.run = w.run) as first,
      l.given_back or l.ends_at <= clock_timestamp() as free, extract(epoch from l.ends_at) * 1000 as ends_at,
      greatest(0, extract(epoch from l.ends_at - clock_timestamp()) * 1000) as ends_in_ms,
      l.run, l.host, l.account, l.pid, extract(epoch from l.taken_at) * 1000 as since
    from tminus.writers w join tminus.leases l on l.key = w.key where w.run = $1`,
    [runId],
  );
  if (row === undefined) return undefined;
  return {
    checklist: String(row['checklist']),
    first: Number(row['first']),
    free: row['free'] === true,
    endsAt: Number(row['ends_at']),
    endsInMs: Math.round(Number(row['ends_in_ms'])),
    holder: {
      run: String(row['run']),
      host: String(row['host']),
      account: String(row['account']),
      pid: Number(row['pid']),
      since: Math.round(Number(row['since'])),
    },
  };
}

/** Whether the newest number of the run was given to an engine with another secret. Rejects with a `LedgerError`. */
export async function isAnothers({ask}: Ledger, runId: string, secret: string): Promise<boolean> {
  const [row] = await ask(
    `select proof <> encode(sha256(convert_to($2, 'UTF8')), 'hex') as other from tminus.writers where run = $1`,
    [runId, secret],
  );
  return row?.['other'] === true;
}

/** The same, asked now; false where the ledger does not answer in time. */
export async function isTakenOver(
  {url, run, secret}: {url: string; run: {id: string}; secret: string},
  withinMs: number,
): Promise<boolean> {
  let ledger: Ledger | undefined;
  try {
    // A connection of its own: another one may be what hangs.
    ledger = await connectLedger(url, {signal: AbortSignal.timeout(withinMs), answerMs: withinMs});
    return await isAnothers(ledger, run.id, secret);
  } catch {
    return false;
  } finally {
    ledger?.close();
  }
}
