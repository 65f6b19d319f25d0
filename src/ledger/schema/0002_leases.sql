-- Up Migration
-- One live run a checklist, across machines: a lease for a time, with a number that only grows. Hosts refuse a lower one.

-- Who has each checklist now. Taken, renewed and given back by the functions below alone.
create table tminus.leases (
  -- Names the checklist with its bindings.
  key text primary key check (length(key) between 1 and 500),
  number bigint not null check (number > 0),
  run text not null check (run ~ '^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}$'),
  -- The machine, the account there and the process that the engine says it is.
  host text not null,
  account text not null,
  pid int not null,
  -- The digest of what that engine alone knows.
  proof text not null,
  -- The role that the server knows.
  taken_by name not null,
  taken_at timestamptz not null,
  ends_at timestamptz not null,
  given_back boolean not null default false
);

-- Every number that was ever given out, and to whom. Nothing of it changes.
create table tminus.lease_numbers (
  key text not null,
  number bigint not null,
  run text not null,
  host text not null,
  account text not null,
  proof text not null,
  taken_by name not null default session_user,
  taken_at timestamptz not null default clock_timestamp(),
  primary key (key, number)
);

create function tminus.refuse_lower() returns trigger language plpgsql as $$
begin
  if new.key <> old.key or new.number < old.number then
    raise exception 'the number of a lease only grows: % of %', new.number, old.key using errcode = 'TM003';
  end if;
  return new;
end $$;

create trigger only_new before update or delete on tminus.lease_numbers for each row execute function tminus.refuse_change();
create trigger none_emptied before truncate on tminus.lease_numbers for each statement execute function tminus.refuse_change();
create trigger only_higher before update on tminus.leases for each row execute function tminus.refuse_lower();
create trigger none_removed before delete on tminus.leases for each row execute function tminus.refuse_change();
create trigger none_emptied before truncate on tminus.leases for each statement execute function tminus.refuse_change();

-- The digest of a secret of an engine.
create function tminus.proof_of(secret text) returns text language plpgsql immutable as $$
begin
  if length(secret) < 16 then
    raise exception 'the secret of an engine has 16 signs at least' using errcode = 'TM005';
  end if;
  return encode(sha256(convert_to(secret, 'UTF8')), 'hex');
end $$;

create function tminus.lease_time(ms int) returns interval language plpgsql immutable as $$
begin
  if ms is null or ms not between 100 and 600000 then
    raise exception 'a lease is for 0.1 to 600 seconds, not for % ms', ms using errcode = 'TM005';
  end if;
  return make_interval(secs => ms / 1000.0);
end $$;

-- Who has the checklist, as an engine is told.
create function tminus.lease_holder(lease_key text) returns jsonb language sql stable set search_path = tminus, pg_temp as $$
  select jsonb_build_object('granted', false, 'number', number, 'run', run, 'host', host, 'account', account, 'pid', pid,
    'role', taken_by, 'since', round(extract(epoch from taken_at) * 1000), 'free', given_back or ends_at <= clock_timestamp(),
    'ends_in_ms', greatest(0, round(extract(epoch from ends_at - clock_timestamp()) * 1000)))
  from leases where key = lease_key
$$;

-- Takes the checklist for so long, under the next number: where nobody has it, where its time is over, and for the engine
-- that has it already. `before`: the run that had it last, when that was another. Otherwise says who has it.
create function tminus.take_lease(lease_key text, run_id text, its_host text, its_account text, its_pid int, secret text, ms int)
returns jsonb language plpgsql security definer set search_path = tminus, pg_temp as $$
declare
  known leases%rowtype;
  time interval := lease_time(ms);
  its_proof text := proof_of(secret);
  next bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('tminus lease ' || lease_key, 0));
  -- A run that another engine has taken over is never given back to the one before.
  if exists (
    select from lease_numbers later where later.key = lease_key and later.run = run_id and later.proof <> its_proof
      and later.number > (select max(own.number) from lease_numbers own
        where own.key = lease_key and own.run = run_id and own.proof = its_proof)
  ) then
    return lease_holder(lease_key) || jsonb_build_object('taken_over', true);
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
  insert into leases (key, number, run, host, account, pid, proof, taken_by, taken_at, ends_at)
  values (lease_key, next, run_id, its_host, its_account, its_pid, its_proof, session_user, clock_timestamp(), clock_timestamp() + time)
  on conflict (key) do update set number = excluded.number, run = excluded.run, host = excluded.host,
    account = excluded.account, pid = excluded.pid, proof = excluded.proof, taken_by = excluded.taken_by,
    taken_at = excluded.taken_at, ends_at = excluded.ends_at, given_back = false;
  return jsonb_build_object('granted', true, 'number', next, 'before', case when known.run <> run_id then known.run end);
end $$;

-- Has it for so long from now on, unless somebody has taken it meanwhile: then says who.
create function tminus.renew_lease(lease_key text, its_number bigint, secret text, ms int) returns jsonb
language plpgsql security definer set search_path = tminus, pg_temp as $$
declare
  time interval := lease_time(ms);
  its_proof text := proof_of(secret);
begin
  update leases set ends_at = clock_timestamp() + time
  where key = lease_key and number = its_number and proof = its_proof and taken_by = session_user and not given_back;
  if found then return jsonb_build_object('granted', true, 'number', its_number); end if;
  return coalesce(lease_holder(lease_key), jsonb_build_object('granted', false, 'free', true));
end $$;

-- Nobody waits for its end then. Returns whether it was this engine's.
create function tminus.give_back_lease(lease_key text, its_number bigint, secret text) returns boolean
language plpgsql security definer set search_path = tminus, pg_temp as $$
declare
  its_proof text := proof_of(secret);
begin
  update leases set given_back = true
  where key = lease_key and number = its_number and proof = its_proof and taken_by = session_user and not given_back;
  return found;
end $$;

-- Down Migration
drop table tminus.leases, tminus.lease_numbers cascade;
