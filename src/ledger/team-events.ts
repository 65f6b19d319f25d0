/** Reads runs of the whole team from the ledger. */
import {type Decision, recordedEvents} from '../journal/journal-line.ts';
import type {Recorded} from '../run/event.ts';
import type {Ledger} from './connection.ts';

export type TeamRun = {
  id: string;
  /** The machine of its engine. */
  host: string;
  /** When its last line came to the ledger, epoch ms. */
  heardAt: number;
  /** Those of the wanted types, in order. */
  events: readonly Recorded[];
};

/** Oldest first. Of each run only the lines with events of these types are read. Rejects with a `LedgerError`. */
export async function eventsOf({ask}: Ledger, types: readonly Recorded['type'][]): Promise<readonly TeamRun[]> {
  const heard = await ask(`select id, coalesce((select host from tminus.lease_numbers n where n.run = id
      order by number desc limit 1), host) as host, extract(epoch from max(arrived_at)) * 1000 as heard
    from tminus.runs join tminus.lines on run = id group by id, host order by id`);
  const lines = await ask('select run, line from tminus.lines where types && $1 order by run, first_seq', [types]);
  const eventsByRun = new Map<string, Recorded[]>();
  for (const {run, line} of lines) {
    const events = eventsByRun.get(String(run)) ?? [];
    events.push(...recordedEvents(JSON.parse(String(line)) as Decision).filter(({type}) => types.includes(type)));
    eventsByRun.set(String(run), events);
  }
  return heard.map(({id, host, heard: at}) => ({
    id: String(id),
    host: String(host),
    heardAt: Math.round(Number(at)),
    events: eventsByRun.get(String(id)) ?? [],
  }));
}
