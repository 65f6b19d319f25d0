/** Why a database did not do what it was asked, in words for the operator and never with the password. */
import pg from 'pg';
import {REDACTED} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import {LinkError, messageOf, serverWords} from '../link-error.ts';
import type {Address} from './address.ts';

type About = {state?: string; tells?: boolean; late?: boolean; cause?: unknown};

/**
 * `state`: the SQLSTATE of what the server said; absent when it said nothing. `tells`: that says how the statement ended.
 * `late`: the time was over. The message is for the operator, and without the password.
 */
export class SqlError extends Error {
  readonly state: string | undefined;
  readonly tells: boolean;
  readonly late: boolean;

  constructor(message: string, {state, tells = false, late = false, cause}: About = {}) {
    super(message, {cause});
    this.state = state;
    this.tells = tells;
    this.late = late;
  }
}

/** What ends the connection says nothing of the statement: it may have been done a moment before. */
const ENDS_CONNECTION: readonly (string | undefined)[] = ['FATAL', 'PANIC'];
const END_UNKNOWN = /^(?:08|40003|57P)/;

export function asSqlError(error: unknown, address: Address): SqlError {
  if (error instanceof SqlError) return error;
  const message = explain(error, address);
  if (!(error instanceof pg.DatabaseError)) return new SqlError(message, {cause: error});
  const {code, severity} = error;
  const tells = code !== undefined && !ENDS_CONNECTION.includes(severity) && !END_UNKNOWN.test(code);
  return new SqlError(message, compact({state: code, tells, cause: error}));
}

/** Short, and never with the password in it. */
function explain(error: unknown, address: Address): string {
  if (error instanceof LinkError) return error.message;
  // When every address of a name failed, the first failure speaks for all.
  const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  if ((error as {code?: string}).code === 'ECONNREFUSED') return `connection refused by ${inWords(address)}`;
  const {password} = address;
  const message = messageOf(first);
  return serverWords(password === undefined ? message : message.replaceAll(password, REDACTED));
}

export function inWords({host, port}: Address): string {
  return `${host}:${port}`;
}
