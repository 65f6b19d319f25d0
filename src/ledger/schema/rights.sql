-- Who may do what in the ledger. Run again whenever it changed; give these roles to people:
--   create role ana login password '…' in role tminus_operator;

do $$
declare name text;
begin
  foreach name in array array['tminus_operator', 'tminus_reader'] loop
    if not exists (select from pg_roles where rolname = name) then execute format('create role %I nologin', name); end if;
  end loop;
end $$;

revoke all on schema tminus from public;
revoke all on all tables in schema tminus from public, tminus_operator, tminus_reader;
revoke all on all functions in schema tminus from public, tminus_operator, tminus_reader;

grant usage on schema tminus to tminus_operator, tminus_reader;
grant select on all tables in schema tminus to tminus_operator, tminus_reader;
-- What is asked of an engine may hold what only its operators are to know.
revoke select on tminus.intents from tminus_reader;
grant execute on function tminus.open_run, tminus.keep_file, tminus.append to tminus_operator;
grant execute on function tminus.attend, tminus.leave, tminus.ask, tminus.answer to tminus_operator;
grant execute on function tminus.take_lease, tminus.renew_lease, tminus.give_back_lease to tminus_operator;
grant execute on function tminus.begin_text, tminus.add_text, tminus.tell_sources to tminus_operator;
-- Who only looks says that, too.
grant execute on function tminus.watch to tminus_operator, tminus_reader;

do $$
declare name text;
begin
  foreach name in array array['runs', 'lines', 'files', 'leases', 'lease_numbers', 'writers', 'consoles', 'intents',
    'watched', 'sources', 'texts'] loop
    execute format('alter table tminus.%I enable row level security', name);
    execute format('drop policy if exists team_reads on tminus.%I', name);
    execute format('create policy team_reads on tminus.%I for select to tminus_operator, tminus_reader using (true)', name);
  end loop;
end $$;
