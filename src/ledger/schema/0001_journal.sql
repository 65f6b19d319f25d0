-- Up Migration
-- The team's copy of the journals. Lines come by tminus.append alone, in order, and are never changed or removed.

create schema if not exists tminus;

create table tminus.runs (
  id text primary key check (id ~ '^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}$'),
  -- The machine and the account there that the engine says it runs as.
  host text not null,
  account text not null,
  -- The role that the server knows, and when.
  opened_by name not null default session_user,
  opened_at timestamptz not null default now()
);

create table tminus.lines (
  run text not null references tminus.runs,
  -- The numbers of the first and the last event of the line.
  first_seq bigint not null check (first_seq > 0),
  last_seq bigint not null check (last_seq >= first_seq),
  -- The types of its events, to find the few that a list of runs needs.
  types text[] not null,
  -- The journal's line as it stands, byte for byte, with its checksum.
  line text not null,
  written_by name not null default session_user,
  arrived_at timestamptz not null default now(),
  primary key (run, first_seq)
);

create index lines_by_type on tminus.lines using gin (types);

-- What the run was opened with: checklist, bindings, review, options. Another machine takes the run over with these.
create table tminus.files (
  run text not null references tminus.runs,
  name text not null,
  content bytea not null,
  primary key (run, name)
);

create function tminus.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'nothing in the ledger is changed or deleted: % of %', tg_op, tg_table_name using errcode = 'TM003';
end $$;

do $$
declare name text;
begin
  foreach name in array array['runs', 'lines', 'files'] loop
    execute format('create trigger only_new before update or delete on tminus.%I for each row execute function tminus.refuse_change()', name);
    execute format('create trigger none_emptied before truncate on tminus.%I for each statement execute function tminus.refuse_change()', name);
  end loop;
end $$;

-- Makes the run known, once. Returns the number of the event behind which the engine sends: the line that the ledger has
-- last is sent again, and must be the same. 0 where it has none.
create function tminus.open_run(run_id text, its_host text, its_account text) returns bigint
language plpgsql security definer set search_path = tminus, pg_temp as $$
begin
  insert into runs (id, host, account) values (run_id, its_host, its_account) on conflict (id) do nothing;
  if not exists (select from runs where id = run_id and host = its_host and account = its_account) then
    raise exception 'run % is known from another machine or account', run_id using errcode = 'TM004';
  end if;
  return (select coalesce(max(first_seq) - 1, 0) from lines where run = run_id);
end $$;

-- Keeps a file as the run was opened with it: the first content of a name stays.
create function tminus.keep_file(run_id text, file_name text, its_content bytea) returns void
language sql security definer set search_path = tminus, pg_temp as $$
  insert into files (run, name, content) values (run_id, file_name, its_content) on conflict do nothing
$$;

-- Appends lines in order. What is there already is passed over when it is the same. `counts`: how many events each line
-- has; `kinds`: their types, with commas between them. A line itself is not read as JSON: it may hold what no text of
-- PostgreSQL can. Returns the last event's number.
create function tminus.append(run_id text, new_lines text[], counts int[], kinds text[]) returns bigint
language plpgsql security definer set search_path = tminus, pg_temp as $$
declare
  known bigint;
  first bigint;
  added boolean := false;
begin
  perform pg_advisory_xact_lock(hashtextextended('tminus ' || run_id, 0));
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

-- Down Migration
drop schema tminus cascade;
