create extension pg_stat_statements;

create schema core;

create schema identity;

create schema lead;

create schema newsletter;

create schema integra;

create schema feedback;

create table ai_conversations (id bigint generated always as identity primary key, customer_id text not null unique, last_message_at timestamptz not null default now());

create table ai_messages (id bigint generated always as identity primary key, conversation_id bigint references ai_conversations, content text not null, created_at timestamptz not null default now());

create table emotion_history (id bigint generated always as identity primary key, conversation_id bigint, message_id bigint, emotion text not null, created_at timestamptz not null default now());

create table api_logs (id bigint generated always as identity primary key, endpoint text not null, status int not null, response_time_ms double precision not null, created_at timestamptz not null default now());

create table core.bookings (id bigint generated always as identity primary key, customer_id text not null, guests int not null, created_at timestamptz not null default now());

create table lead.follow_ups (id bigint generated always as identity primary key, conversation_id bigint, due_at timestamptz not null default now() + interval '1 day');

do $$
declare
  place text;
begin
  foreach place in array array['core', 'identity', 'lead', 'newsletter', 'integra', 'feedback'] loop
    execute format('create table %I.records (id bigint primary key, a text, b text, c text, d text, e text, f text, g text, h text)', place);
    for letter in 0..7 loop
      exit when place = 'feedback' and letter > 4;
      execute format('create index idx_%s_records_%s on %I.records (%I)', place, chr(97 + letter), place, chr(97 + letter));
    end loop;
  end loop;
end
$$;

insert into ai_conversations (customer_id) select 'customer-' || n from generate_series(1, 40) n;

insert into ai_messages (conversation_id, content, created_at) select 1 + n % 40, 'message ' || n, now() - n * interval '20 seconds' from generate_series(1, 4000) n;

insert into emotion_history (conversation_id, message_id, emotion, created_at) select conversation_id, id, 'neutral', created_at from ai_messages;

insert into api_logs (endpoint, status, response_time_ms, created_at) select '/api/ai/chat', 200, 1930 + random() * 140, now() - n * interval '20 seconds' from generate_series(1, 4000) n;

insert into api_logs (endpoint, status, response_time_ms, created_at) select '/api/bookings', 201, 290 + random() * 30, now() - n * interval '20 seconds' from generate_series(1, 4000) n;

grant usage on schema core, identity, lead, newsletter, integra, feedback to myhibachi;

grant all on all tables in schema public, core, identity, lead, newsletter, integra, feedback to myhibachi;

grant pg_read_all_stats to myhibachi;

select pg_stat_statements_reset();
