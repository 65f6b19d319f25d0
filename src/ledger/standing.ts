/** What the ledger knows: of whoever asks, and how far it has got with a run. */
import type {Ledger} from './connection.ts';

export type Rights = 'owner' | 'operator' | 'reader' | 'none';

/** Of the role that the connection has. Rejects with a `LedgerError`. */
export async function rightsOf({ask}: Ledger): Promise<{role: string; rights: Rights}> {
  const [row] = await ask(`select session_user::text as role, case
    when pg_has_role(session_user, (select nspowner from pg_namespace where nspname = 'tminus'), 'usage') then 'owner'
    when pg_has_role(session_user, 'tminus_operator', 'usage') then 'operator'
    when pg_has_role(session_user, 'tminus_reader', 'usage') then 'reader'
    else 'none' end as rights`);
  return {role: String(row?.['role']), rights: row?.['rights'] as Rights};
}

/** The last event that the ledger has of each of these runs; a run that it does not know is left out. */
export async function seqsOf({ask}: Ledger, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await ask('select run, max(last_seq) as seq from tminus.lines where run = any($1) group by run', [ids]);
  return new Map(rows.map(({run, seq}) => [String(run), Number(seq)]));
}
