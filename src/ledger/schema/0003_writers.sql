-- Up Migration
-- The journal of a run is added to by one engine: the one with the highest number that was given out for that run. An engine
-- that was cut off, and whose run another has taken over, adds nothing any more.

create table tminus.writers (
  run text primary key,
  -- The checklist that the run has the number of.
  key text not null,
  number bigint not null,
  proof text not null,
  role name not null
);

insert into tminus.writers (run, key, number, proof, role)
select distinct on (run) run, key, number, proof, taken_by from tminus.lease_numbers order by run, number desc;

create trigger only_higher before update on tminus.writers for each row execute function tminus.refuse_lower();
create trigger none_removed before delete on tminus.writers for each row execute function tminus.refuse_change();
create trigger none_emptied before truncate on tminus.writers for each statement execute function tminus.refuse_change();

-- Holds the journal of the run until the transaction ends, and refuses everybody but the engine with its highest number. A
-- run that never had a number is added to by the role that opened it.
create function tminus.only_its_writer(run_id text, secret text) returns void
language plpgsql set search_path = tminus, pg_temp as $$
declare known writers%rowtype;
begin
  -- Another level would see the numbers as they were when the transaction began.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'a journal is added to in a transaction that is read committed' using errcode = 'TM005';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('tminus ' || run_id, 0));
  select * into known from writers where run = run_id;
  if not found then
    if exists (select from runs where id = run_id and opened_by <> session_user) then
      raise exception 'run % is added to by the role that opened it', run_id using errcode = 'TM006';
    end if;
  elsif secret is null or known.proof <> proof_of(secret) then
    raise exception 'run % is added to by another engine, under number %: this one has none, or a lower one', run_id, known.number
      using errcode = 'TM006';
  end if;
end $$;

drop function tminus.open_run(text, text, text);
drop function tminus.keep_file(text, text, bytea);
drop function tminus.append(text, text[], int[], text[]);

-- Makes the run known, once. Returns the number of the event behind which the engine sends: the line that the ledger has
-- last is sent again, and must be the same. 0 where it has none.
create function tminus.open_run(run_id text, its_host text, its_account text, secret text) returns bigint
language plpgsql security definer set search_path = tminus, pg_temp as $$
begin
  perform only_its_writer(run_id, secret);
  insert into runs (id, host, account) values (run_id, its_host, its_account) on conflict (id) do nothing;
  -- Who has its number has taken it over, or may: the machine is another one then.
  if not exists (select from writers where run = run_id)
    and not exists (select from runs where id = run_id and host = its_host and account = its_account) then
    raise exception 'run % is known from another machine or account', run_id using errcode = 'TM004';
  end if;
  return (select coalesce(max(first_seq) - 1, 0) from lines where run = run_id);
end $$;

-- Keeps a file as the run was opened with it: the first content of a name stays.
create function tminus.keep_file(run_id text, file_name text, its_content bytea, secret text) returns void
language plpgsql security definer set search_path = tminus, pg_temp as $$
begin
  perform only_its_writer(run_id, secret);
  insert into files (run, name, content) values (run_id, file_name, its_content) on conflict do nothing;
end $$;

-- Appends lines in order. What is there already is passed over when it is the same. `counts`: how many events each line
-- has; `kinds`: their types, with commas between them. A line itself is not read as JSON: it may hold what no text of
-- PostgreSQL can. Returns the last event's number.
create function tminus.append(run_id text, new_lines text[], counts int[], kinds text[], secret text) returns bigint
language plpgsql security definer set search_path = tminus, pg_temp as $$
declare
  known bigint;
  first bigint;
  added boolean := false;
begin
  perform only_its_writer(run_id, secret);
  select coalesce(max(last_seq), 0) into known from lines where run = run_id;
  for i in 1 .. cardinality(new_lines) loop
    first := substring(new_lines[i] from '^\{"v":\d+,"seq":(\d+),')::bigint;
    if first <= known then
      if not exists (select from lines where run = run_id and first_seq = first and line = new_lines[i]) then
        raise exception 'the ledger holds another journal of run %: event % differs', run_id, first using errcode = 'TM001';
      end if;
    elsif first = known + 1 then
      insert into lines (run, first_seq, last_seq, types, line)
      values (run_id, first, first + counts[i] - 1, string_to_array(kinds[i], ','), new_lines[i]);
      known := first + counts[i] - 1;
      added := true;
    else
      raise exception 'event % of run % is due, not event %', known + 1, run_id, coalesce(first::text, 'none') using errcode = 'TM002';
    end if;
  end loop;
  if added then perform pg_notify('tminus', run_id || ' ' || known); end if;
  return known;
end $$;

-- Takes the checklist for so long, under the next number: where nobody has it, where its time is over, and for the engine
-- that has it already. `before`: the run that had it last, when that was another. Otherwise says who has it. From then on
-- this engine alone adds to the journal of its run.
create or replace function tminus.take_lease(lease_key text, run_id text, its_host text, its_account text, its_pid int, secret text, ms int)
returns jsonb language plpgsql security definer set search_path = tminus, pg_temp as $$
declare
  known leases%rowtype;
  time interval := lease_time(ms);
  its_proof text := proof_of(secret);
  next bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('tminus lease ' || lease_key, 0));
  -- What is being added to its journal comes before this: who takes a run over reads all of it.
  perform pg_advisory_xact_lock(hashtextextended('tminus ' || run_id, 0));
  -- A run that another engine has taken over is never given back to the one before.
  if exists (
    select from lease_numbers later where later.key = lease_key and later.run = run_id and later.proof <> its_proof
      and later.number > (select max(own.number) from lease_numbers own
        where own.key = lease_key and own.run = run_id and own.proof = its_proof)
  ) then
    return lease_holder(lease_key) || jsonb_build_object('taken_over', true);
  end if;
  if exists (select from writers where run = run_id and key <> lease_key)
    or exists (select from runs where id = run_id and opened_by <> session_user
      and not exists (select from writers where run = run_id)) then
    raise exception 'run % is not one of % that could be taken over', run_id, lease_key using errcode = 'TM006';
  end if;
  select * into known from leases where key = lease_key;
  if found and not known.given_back and known.ends_at > clock_timestamp() and known.proof <> its_proof then
    return lease_holder(lease_key);
  end if;
  -- Never lower than the seconds since 2026 began: hosts keep what they were told by a ledger that was made anew, or put
  -- back from a copy.
  select greatest(coalesce(max(number), 0) + 1, floor(extract(epoch from clock_timestamp() - timestamptz '2026-01-01 00:00Z'))::bigint)
  into next from lease_numbers where key = lease_key;
  insert into lease_numbers (key, number, run, host, account, proof)
  values (lease_key, next, run_id, its_host, its_account, its_proof);
  insert into writers (run, key, number, proof, role) values (run_id, lease_key, next, its_proof, session_user)
  on conflict (run) do update set number = excluded.number, proof = excluded.proof, role = excluded.role;
  insert into leases (key, number, run, host, account, pid, proof, taken_by, taken_at, ends_at)
  values (lease_key, next, run_id, its_host, its_account, its_pid, its_proof, session_user, clock_timestamp(), clock_timestamp() + time)
  on conflict (key) do update set number = excluded.number, run = excluded.run, host = excluded.host,
    account = excluded.account, pid = excluded.pid, proof = excluded.proof, taken_by = excluded.taken_by,
    taken_at = excluded.taken_at, ends_at = excluded.ends_at, given_back = false;
  return jsonb_build_object('granted', true, 'number', next, 'before', case when known.run <> run_id then known.run end);
end $$;
