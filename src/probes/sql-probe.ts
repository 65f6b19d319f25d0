/** A number that an SQL query returns. */
import type {Unanswered, World} from '../actions/world.ts';
import {type Bindings, onlyDatabase} from '../plan/plan.ts';
import type {Table} from '../run/outcome.ts';
import {
  asExpected,
  type Bind,
  type Measure,
  numberIn,
  type Of,
  type Reading,
  unreached,
  valueRead,
  wrongAnswer,
} from './reading.ts';

/** The first column of the first row, or the number of rows. */
export function sqlProbe(
  probe: Of<'sql'>,
  databases: Bindings['databases'],
  world: Pick<World, 'query'>,
  bind: Bind,
): Measure {
  return async () => {
    const answer = await askDatabase(probe, databases, world, bind(probe.sql));
    if ('error' in answer) return unanswered(answer);
    return asExpected(probe.expect?.checks ?? [], {tables: [answer]}, () =>
      probe.rows === true ? valueRead(answer.rowCount) : firstCell(answer),
    );
  };
}

/** Asks the database that the probe names, or the only one. */
export async function askDatabase(
  {on, timeoutMs}: {on?: string; timeoutMs: number},
  databases: Bindings['databases'],
  world: Pick<World, 'query'>,
  sql: string,
): Promise<Table | Unanswered> {
  const database = on ?? onlyDatabase(databases);
  return database === undefined ? {error: 'no database is bound'} : await world.query(database, sql, timeoutMs);
}

/** SQLSTATE classes of a server that lets nobody in, or is going down, or has given up: as good as not reached. */
const NOT_SERVED = /^(?:08|28|3D|53|57)/;

export function unanswered({error, state}: Unanswered): Reading {
  return state === undefined || NOT_SERVED.test(state) ? unreached(error) : wrongAnswer(error);
}

function firstCell({rows}: Table): Reading {
  const first = rows[0];
  if (first === undefined) return wrongAnswer('the query returned no row');
  const cell = first[0] ?? null;
  if (cell === null) return wrongAnswer('the query returned NULL');
  const value = numberIn(cell);
  return value === undefined ? wrongAnswer(`the query returned "${cell}", expected a number`) : valueRead(value);
}
