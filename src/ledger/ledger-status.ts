/** What the ledger knows: of whoever asks, how far it has got with a run, and who runs what now. */
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

export type LeaseNow = {checklist: string; number: number; run: string; account: string; host: string; role: string};

/** The checklists that are being run now, as far as anybody holds them. Rejects with a `LedgerError`. */
export async function leasesNow({ask}: Ledger): Promise<readonly LeaseNow[]> {
  const rows = await ask(`select key as checklist, number, run, account, host, taken_by::text as role from tminus.leases
    where ends_at > clock_timestamp() and not given_back order by key`);
  return rows.map(({number, ...row}) => ({...row, number: Number(number)}) as LeaseNow);
}
