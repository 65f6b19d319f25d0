-- Up Migration
-- Consoles on other machines: who is there, and what they ask of the engine of a run. The engine alone decides. Who asks is
-- the role that the server knows; a console belongs to the role that came with it.

create table tminus.consoles (
  run text not null references tminus.runs,
  -- The console's own number.
  console text not null check (console ~ '^[0-9a-f]{16}$'),
  role name not null default session_user,
  -- How the person wishes to be called, and the machine: both only said.
  name text not null check (length(name) between 1 and 64),
  host text not null check (length(host) between 1 and 253),
  observes boolean not null,
  seen_at timestamptz not null default clock_timestamp(),
  has_left boolean not null default false,
  primary key (run, console)
);

create table tminus.intents (
  id bigint generated always as identity primary key,
  run text not null,
  console text not null,
  role name not null default session_user,
  -- As JSON. Nothing once it is answered: what came of it is in the journal, and it may have held what is no longer needed.
  intent text check (length(intent) <= 65536),
  sent_at timestamptz not null default clock_timestamp(),
  answered_at timestamptz,
  -- Why it was refused; nothing where it was done.
  refusal text,
  foreign key (run, console) references tminus.consoles
);

create index intents_open on tminus.intents (run, id) where answered_at is null;

create function tminus.keep_console() returns trigger language plpgsql as $$
begin
  if (new.run, new.console, new.role) is distinct from (old.run, old.console, old.role) then
    raise exception 'a console stays what it is' using errcode = 'TM003';
  end if;
  return new;
end $$;

create function tminus.keep_intent() returns trigger language plpgsql as $$
begin
  if old.answered_at is not null or new.answered_at is null or new.intent is not null
    or (new.id, new.run, new.console, new.role, new.sent_at) is distinct from (old.id, old.run, old.console, old.role, old.sent_at) then
    raise exception 'an intent is answered once, and never changed' using errcode = 'TM003';
  end if;
  return new;
end $$;

create trigger only_seen before update on tminus.consoles for each row execute function tminus.keep_console();
create trigger none_removed before delete on tminus.consoles for each row execute function tminus.refuse_change();
create trigger only_answered before update on tminus.intents for each row execute function tminus.keep_intent();
create trigger none_removed before delete on tminus.intents for each row execute function tminus.refuse_change();
create trigger none_emptied before truncate on tminus.consoles for each statement execute function tminus.refuse_change();
create trigger none_emptied before truncate on tminus.intents for each statement execute function tminus.refuse_change();

-- The console is there: again and again, for as long as it is.
create function tminus.attend(run_id text, console_id text, its_name text, its_host text, only_observes boolean) returns void
language plpgsql security definer set search_path = tminus, pg_temp as $$
begin
  insert into consoles (run, console, role, name, host, observes)
  values (run_id, console_id, session_user, its_name, its_host, only_observes)
  on conflict (run, console) do update set seen_at = clock_timestamp(), has_left = false where consoles.role = session_user;
  if not found then
    raise exception 'console % belongs to another role', console_id using errcode = 'TM006';
  end if;
  perform pg_notify('tminus_asked', run_id);
end $$;

create function tminus.leave(run_id text, console_id text) returns void
language plpgsql security definer set search_path = tminus, pg_temp as $$
begin
  update consoles set has_left = true where run = run_id and console = console_id and role = session_user;
  perform pg_notify('tminus_asked', run_id);
end $$;

-- Asks something of the engine. Returns the number under which it is answered.
create function tminus.ask(run_id text, console_id text, its_intent text) returns bigint
language plpgsql security definer set search_path = tminus, pg_temp as $$
declare asked bigint;
begin
  if not exists (select from consoles where run = run_id and console = console_id and role = session_user and not has_left) then
    raise exception 'console % is not one of yours in run %', console_id, run_id using errcode = 'TM006';
  end if;
  if (select count(*) from intents where run = run_id and console = console_id and answered_at is null) >= 16 then
    raise exception 'nothing of what was asked before is answered yet' using errcode = 'TM005';
  end if;
  insert into intents (run, console, role, intent) values (run_id, console_id, session_user, its_intent) returning id into asked;
  perform pg_notify('tminus_asked', run_id);
  return asked;
end $$;

-- By the engine that goes on with the run alone, once.
create function tminus.answer(intent_id bigint, why_not text, secret text) returns void
language plpgsql security definer set search_path = tminus, pg_temp as $$
declare its_run text := (select run from intents where id = intent_id);
begin
  if not exists (select from writers where run = its_run and proof = proof_of(secret)) then
    raise exception 'what is asked of run % is answered by its engine', its_run using errcode = 'TM006';
  end if;
  update intents set answered_at = clock_timestamp(), refusal = why_not, intent = null where id = intent_id and answered_at is null;
  perform pg_notify('tminus_answered', its_run || ' ' || intent_id);
end $$;

-- Down Migration
drop table tminus.intents, tminus.consoles cascade;
drop function tminus.attend, tminus.leave, tminus.ask, tminus.answer, tminus.keep_console, tminus.keep_intent;
