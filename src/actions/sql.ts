/** SQL over one connection per batch, straight or through a host; an end that nobody saw is not called a failure. */
import type {DatabaseBinding} from '../plan/plan.ts';
import {onlyReads} from '../plan/script.ts';
import type {CommandResult, Outcome, Table} from '../run/outcome.ts';
import {compact} from '../text/compact.ts';
import {connect, type Session} from './sql/database-session.ts';
import {SqlError} from './sql/sql-error.ts';
import type {Tunnel} from './sql/stream.ts';
import {textTable} from './sql-result-text.ts';
import {elapsedMs} from './waiting.ts';
import type {Unanswered} from './world.ts';

export type SqlStatement = {line: number; text: string};

type SqlOptions = {timeoutMs: number; tunnel?: Tunnel; output: (text: string) => void; signal: AbortSignal};

/** The server's own word that it stopped a statement is waited for so long after it was told to. */
const GRACE_MS = 2000;
/** The server counts from the moment at which a statement arrived, and may be first. */
const CLOCKS_APART_MS = 1000;
const QUERY_CANCELED = '57014';

/**
 * A statement that fails is an exit code; `refused` is kept for a database that cannot be reached. `timeoutMs` is for all
 * of it together, by the clock of this side: a server or a link may fall silent.
 */
export async function performSql(
  database: DatabaseBinding,
  statements: readonly SqlStatement[],
  options: SqlOptions,
): Promise<Outcome> {
  const startedAt = performance.now();
  const durationMs = () => elapsedMs(startedAt);
  const {signal, output} = options;
  const until = startedAt + options.timeoutMs;
  let session: Session;
  try {
    session = await connect(database, options);
  } catch (error) {
    if (signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs: durationMs()};
    return {kind: 'refused', reason: 'database', detail: sqlError(error).message, durationMs: durationMs()};
  }
  const tables: Table[] = [];
  const commands: CommandResult[] = [];
  try {
    for (const statement of statements) {
      if (signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs: durationMs(), commands};
      output(`${statement.text.trim()}\n`);
      const begunAt = performance.now();
      const done = {...statement, durationMs: 0};
      try {
        const table = await session.ask(statement.text, {
          until,
          timeoutMs: options.timeoutMs,
          graceMs: GRACE_MS,
          signal,
        });
        tables.push(table);
        output(textTable(table));
        commands.push({...done, code: 0, durationMs: elapsedMs(begunAt)});
      } catch (error) {
        const changed = commands.some(({text}) => !onlyReads(text));
        const failure = {commands: [...commands, {...done, durationMs: elapsedMs(begunAt)}], changed, until};
        return {...outcomeOf(sqlError(error), statement, failure, options), durationMs: durationMs()};
      }
    }
    return {kind: 'returned', tables, durationMs: durationMs()};
  } finally {
    session.close();
  }
}

/**
 * One statement over a connection of its own, for probes: no probe waits for another, and a server that hangs holds
 * none of them up longer than `timeoutMs`.
 */
export async function querySql(
  database: DatabaseBinding,
  sql: string,
  timeoutMs: number,
  tunnel?: Tunnel,
): Promise<Table | Unanswered> {
  const until = performance.now() + timeoutMs;
  let session: Session | undefined;
  try {
    session = await connect(database, {timeoutMs, tunnel});
    return await session.ask(sql, {until, timeoutMs, graceMs: 0});
  } catch (error) {
    const {message, state} = sqlError(error);
    return compact({error: message, state});
  } finally {
    session?.close();
  }
}

/** `commands`: the last one is the statement that failed. `changed`: one before it may have changed something. */
type Failure = {commands: readonly CommandResult[]; changed: boolean; until: number};

function outcomeOf(error: SqlError, {text, line}: SqlStatement, failure: Failure, options: SqlOptions): Outcome {
  const {commands, until} = failure;
  // An administrator stops statements with the same word.
  const isOver = error.late || (error.state === QUERY_CANCELED && performance.now() > until - CLOCKS_APART_MS);
  const durationMs = 0;
  if (error.tells && options.signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs, commands};
  options.output(`ERROR: ${error.message}\n`);
  if (error.tells && !isOver) {
    const ended = commands.map((command, index) => (index === commands.length - 1 ? {...command, code: 1} : command));
    return {kind: 'exited', code: 1, durationMs, commands: ended, output: `ERROR: ${error.message}\n`};
  }
  if (!error.tells && !onlyReads(text)) {
    const detail = `${error.message}; whether the statement of line ${line} took effect, nobody saw: look before you run it again`;
    return {kind: 'lost', detail, durationMs, commands};
  }
  if (options.signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs, commands};
  const changed = failure.changed ? {changed: true as const} : {};
  if (isOver) {
    const detail = error.tells ? `statement took longer than ${options.timeoutMs / 1000} s` : error.message;
    return {kind: 'timed-out', detail, durationMs, commands, ...changed};
  }
  return {kind: 'refused', reason: 'database', detail: error.message, durationMs, commands, ...changed};
}

function sqlError(error: unknown): SqlError {
  return error instanceof SqlError ? error : new SqlError(error instanceof Error ? error.message : String(error));
}
