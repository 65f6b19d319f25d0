/** The runs of the whole team, as its ledger tells them. */
import type {Ledger} from '../../ledger/connection.ts';
import {eventsOf} from '../../ledger/team-events.ts';
import {reachLedger} from '../ledger/reach-ledger.ts';
import {type Listed, listedOf, SHOWN} from './runs-table.ts';

export async function teamRuns(env: NodeJS.ProcessEnv): Promise<readonly Listed[]> {
  return await reachLedger(env, async (ledger: Ledger) => {
    const runs = await eventsOf(ledger, [...SHOWN]);
    return runs.flatMap(({id, host, heardAt, events}) => {
      const listed = listedOf(id, events, {live: false, lastAt: heardAt});
      return listed === undefined ? [] : [{...listed, machine: host, heardAt: new Date(heardAt).toISOString()}];
    });
  });
}
