/** What a PostgreSQL server (13 or newer) knows of itself, without anybody's having to write the query. */
import type {Unanswered, World} from '../actions/world.ts';
import {type Bindings, unreachable} from '../plan/plan.ts';
import type {Table} from '../run/outcome.ts';
import {type Bind, type Measure, type Of, type Reading, valueRead, wrongAnswer} from './reading.ts';
import {askDatabase, unanswered} from './sql-probe.ts';

/** `connections` in %, `statements` and `replication-lag` in ms. */
export function postgresProbe(
  probe: Of<'postgres'>,
  databases: Bindings['databases'],
  world: Pick<World, 'query'>,
  bind: Bind,
): Measure {
  const ask: Ask = sql => askDatabase(probe, databases, world, sql);
  const like = () => (probe.like === undefined ? undefined : bind(probe.like));
  switch (probe.about) {
    case 'connections':
      return connections(ask, like, probe.pool);
    case 'statements':
      return statements(ask, like);
    case 'replication-lag':
      return replicationLag(ask);
    default:
      return unreachable(probe.about);
  }
}

type Ask = (sql: string) => Promise<Table | Unanswered>;
type Like = () => string | undefined;

const TOO_MANY_CONNECTIONS = '53300';
const UNDEFINED_TABLE = '42P01';

/** Connections of clients, in % of the server's limit or of `pool`. The connection of T-Minus itself is left out. */
function connections(ask: Ask, like: Like, pool: number | undefined): Measure {
  return async () => {
    const answer = await ask(`select count(*), current_setting('max_connections')
      from pg_stat_activity
      where backend_type = 'client backend' and application_name <> 'tminus'${matching('application_name', like())}`);
    if ('error' in answer) {
      // Nobody is let in because the server is full, and that is the very thing that is asked.
      const full = answer.state === TOO_MANY_CONNECTIONS && pool === undefined && like() === undefined;
      return full ? valueRead(100) : unanswered(answer);
    }
    const [used, limit] = numbersIn(answer);
    return valueRead((100 * (used ?? Number.NaN)) / (pool ?? limit ?? Number.NaN));
  };
}

/**
 * Mean execution time of the calls since the last reading: the counters only grow, so it is their difference that says
 * how fast the database is now. Statement by statement, because each may be reset or be evicted on its own.
 */
function statements(ask: Ask, like: Like): Measure {
  let before: Counters | undefined;
  return async () => {
    const answer = await ask(`select coalesce(string_agg(concat_ws(':', id, calls, total), ' '), '')
      from (
        select concat_ws('/', userid, queryid) as id, sum(calls) as calls, sum(total_exec_time) as total
        from pg_stat_statements
        where dbid = (select oid from pg_database where datname = current_database())
          and query not like '%pg_stat_statements%'${matching('query', like())}
        group by 1
      ) as counted`);
    if ('error' in answer) {
      return answer.state === UNDEFINED_TABLE
        ? wrongAnswer('the database has no pg_stat_statements; create extension pg_stat_statements')
        : unanswered(answer);
    }
    const now = readCounters(answer.rows[0]?.[0] ?? '');
    const last = before;
    before = now;
    if (now.size === 0)
      return wrongAnswer(`no statement${like() === undefined ? '' : ` like ${like()}`} has been run yet`);
    return last === undefined ? {kind: 'nothing'} : meanSince(last, now);
  };
}

type Counters = ReadonlyMap<string, {calls: number; totalMs: number}>;

function readCounters(text: string): Counters {
  const entries = text.split(' ').filter(entry => entry !== '');
  return new Map(
    entries.map(entry => {
      const [id = '', calls, totalMs] = entry.split(':');
      return [id, {calls: Number(calls), totalMs: Number(totalMs)}];
    }),
  );
}

function meanSince(last: Counters, now: Counters): Reading {
  let [calls, totalMs] = [0, 0];
  for (const [id, counter] of now) {
    const known = last.get(id);
    // Fewer calls than before: it was reset in between, and has counted from zero since.
    const from = known === undefined || known.calls > counter.calls ? {calls: 0, totalMs: 0} : known;
    calls += counter.calls - from.calls;
    totalMs += counter.totalMs - from.totalMs;
  }
  return calls === 0 ? {kind: 'nothing'} : valueRead(Math.max(0, totalMs) / calls);
}

/**
 * On a primary how far the slowest replica is behind; on a replica how far it is itself. A replica that has replayed
 * everything is not behind, however long ago that was; one that hears of nothing is as old as what it replayed last.
 */
function replicationLag(ask: Ask): Measure {
  let unsaid = 0;
  return async () => {
    const answer = await ask(LAG);
    if ('error' in answer) return unanswered(answer);
    const [row = []] = answer.rows;
    const [isReplica, replicas, hidden, unknown, lagMs] = row;
    if (isReplica !== 't' && replicas === '0') return wrongAnswer('no replica is connected');
    if (hidden !== '0') return wrongAnswer('the lag is hidden from this user; grant pg_monitor to it');
    unsaid = unknown === '0' ? 0 : unsaid + 1;
    // Between the first record after a lull and the replica's word on it there is nothing to say, for a moment.
    if (unsaid > UNSAID_MAX) return wrongAnswer('a replica is catching up and does not say how far it is behind');
    if (unsaid > 0) return {kind: 'nothing'};
    if (lagMs === null || lagMs === undefined) return wrongAnswer('the replica has not replayed anything yet');
    return valueRead(Number(lagMs));
  };
}

const UNSAID_MAX = 3;

const LAG = `select
  pg_is_in_recovery(),
  replicas.known,
  replicas.hidden,
  replicas.unknown,
  case when pg_is_in_recovery() then
    case
      when exists (select from pg_stat_wal_receiver where pid is not null)
        and pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
      else 1000 * extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())
    end
  else replicas.lag_ms end
from (
  select
    count(*) as known,
    count(*) filter (where state is null) as hidden,
    count(*) filter (where state is not null and not caught_up and replay_lag is null) as unknown,
    max(case when caught_up then 0 else 1000 * extract(epoch from replay_lag) end) as lag_ms
  from (
    select state, replay_lag,
      replay_lsn = case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end as caught_up
    from pg_stat_replication
    where state is distinct from 'backup' and not pg_is_in_recovery()
  ) as each
) as replicas`;

function matching(column: string, pattern: string | undefined): string {
  return pattern === undefined ? '' : ` and ${column} like ${literal(pattern)}`;
}

/** As text of SQL, whatever the server makes of backslashes. */
function literal(text: string): string {
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

function numbersIn({rows}: Table): number[] {
  return (rows[0] ?? []).map(cell => (cell === null ? Number.NaN : Number(cell)));
}
