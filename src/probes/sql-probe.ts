import type {World} from '../actions/world.ts';
import type {Bindings, ProbeBinding} from '../plan/bindings.ts';
import {type Bind, type Measure, numberIn, unreached, valueRead, wrongAnswer} from './reading.ts';

export type SqlProbe = Extract<ProbeBinding, {kind: 'sql'}>;

/** The first column of the first row. */
export function sqlProbe(
  probe: SqlProbe,
  databases: Bindings['databases'],
  world: Pick<World, 'query'>,
  bind: Bind,
): Measure {
  return async () => {
    const database = probe.on ?? defaultDatabase(databases);
    if (database === undefined) return unreached('no database is bound');
    const answer = await world.query(database, bind(probe.sql), probe.timeoutMs);
    if ('error' in answer) return unreached(answer.error);
    const first = answer.rows[0];
    if (first === undefined) return wrongAnswer('the query returned no row');
    const cell = first[0] ?? null;
    if (cell === null) return wrongAnswer('the query returned NULL');
    const value = numberIn(cell);
    return value === undefined ? wrongAnswer(`the query returned "${cell}", expected a number`) : valueRead(value);
  };
}

function defaultDatabase(databases: Bindings['databases']): string | undefined {
  const names = Object.keys(databases);
  return names.find(name => databases[name]?.default) ?? (names.length === 1 ? names[0] : undefined);
}
