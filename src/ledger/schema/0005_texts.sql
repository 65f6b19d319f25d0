-- Up Migration
-- What steps print and logs say, for consoles on other machines: the newest of it, sent only while one of them watches. It is
-- no record: old text goes as new text comes, and all of a run when nobody has watched it for an hour.

-- That somebody watches a run, and when last. One row a run: nothing grows with those who look.
create table tminus.watched (
  run text primary key references tminus.runs,
  seen_at timestamptz not null default clock_timestamp()
);

-- How far the sources of a run have grown, as JSON; written anew each time.
create table tminus.sources (
  run text primary key references tminus.runs,
  sources text not null check (octet_length(sources) <= 65536)
);

-- Whole lines, without secrets, as they stand in the files of the engine.
create table tminus.texts (
  id bigint generated always as identity,
  run text not null references tminus.runs,
  source text not null check (length(source) between 1 and 255),
  -- Counted from 0, as the journal counts them.
  first_line bigint not null check (first_line >= 0),
  lines int not null check (lines > 0),
  -- When its first line came, epoch ms.
  came_at bigint not null,
  -- So many bytes of this source have been sent, with these: old ones are found by it.
  until_byte bigint not null,
  content bytea not null check (octet_length(content) between 1 and 65536),
  primary key (run, id)
);

create unique index texts_by_line on tminus.texts (run, source, first_line);
create index texts_by_end on tminus.texts (run, source, until_byte);

create trigger only_new before update on tminus.texts for each row execute function tminus.refuse_change();

-- Refuses everybody but the engine with the highest number of the run; nobody gets a higher one before this transaction ends.
create function tminus.only_its_engine(run_id text, secret text) returns void
language plpgsql set search_path = tminus, pg_temp as $$
begin
  perform from writers where run = run_id and proof = proof_of(secret) for share;
  if not found then
    raise exception 'the text of run % comes from its engine alone', run_id using errcode = 'TM006';
  end if;
end $$;

-- Somebody is there who looks, again and again. A reader may say so, too: it leads to no more than that text is sent.
create function tminus.watch(run_id text) returns void
language plpgsql security definer set search_path = tminus, pg_temp as $$
declare last timestamptz := (select seen_at from watched where run = run_id);
begin
  if last > clock_timestamp() - interval '5 s' then return; end if;
  insert into watched (run) values (run_id) on conflict (run) do update set seen_at = clock_timestamp();
  if last is null or last < clock_timestamp() - interval '20 s' then perform pg_notify('tminus_asked', run_id); end if;
end $$;

-- An engine begins to send: what one before it has sent goes, and so does what nobody looks at any more.
create function tminus.begin_text(run_id text, secret text) returns void
language plpgsql security definer set search_path = tminus, pg_temp as $$
begin
  perform only_its_engine(run_id, secret);
  delete from texts t where run = run_id
    or not exists (select from watched w where w.run = t.run and w.seen_at > clock_timestamp() - interval '1 hour');
  delete from sources s where run = run_id or not exists (select from texts t where t.run = s.run);
end $$;

-- Adds lines behind those that are there; what is there already is passed over. Of each source the newest half megabyte stays.
create function tminus.add_text(run_id text, its_source text, first bigint, count int, came bigint, its_content bytea, secret text)
returns void language plpgsql security definer set search_path = tminus, pg_temp as $$
declare
  last texts%rowtype;
  until bigint;
begin
  perform only_its_engine(run_id, secret);
  select * into last from texts where run = run_id and source = its_source order by first_line desc limit 1;
  if not found and (select count(distinct source) from texts where run = run_id) >= 32 then
    raise exception 'the text of 32 sources is kept of a run' using errcode = 'TM005';
  end if;
  if first < last.first_line + last.lines then return; end if;
  until := coalesce(last.until_byte, 0) + octet_length(its_content);
  insert into texts (run, source, first_line, lines, came_at, until_byte, content)
  values (run_id, its_source, first, count, came, until, its_content);
  delete from texts where run = run_id and source = its_source and until_byte <= until - 524288;
end $$;

-- Says how far the sources have grown, and tells those who look that there is something new.
create function tminus.tell_sources(run_id text, its_sources text, secret text) returns void
language plpgsql security definer set search_path = tminus, pg_temp as $$
begin
  perform only_its_engine(run_id, secret);
  insert into sources (run, sources) values (run_id, its_sources) on conflict (run) do update set sources = excluded.sources;
  perform pg_notify('tminus_text', run_id);
end $$;

-- Down Migration
drop table tminus.texts, tminus.sources, tminus.watched cascade;
drop function tminus.watch, tminus.begin_text, tminus.add_text, tminus.tell_sources, tminus.only_its_engine;
