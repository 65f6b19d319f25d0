-- Up Migration
-- A lease is renewed or taken, never both at once: who takes it has looked at its end before, and would not see that it was
-- renewed in between.
create or replace function tminus.renew_lease(lease_key text, its_number bigint, secret text, ms int) returns jsonb
language plpgsql security definer set search_path = tminus, pg_temp as $$
declare
  time interval := lease_time(ms);
  its_proof text := proof_of(secret);
begin
  -- As it is in take_lease.
  perform pg_advisory_xact_lock(hashtextextended('tminus lease ' || lease_key, 0));
  update leases set ends_at = clock_timestamp() + time
  where key = lease_key and number = its_number and proof = its_proof and taken_by = session_user and not given_back;
  if found then return jsonb_build_object('granted', true, 'number', its_number); end if;
  return coalesce(lease_holder(lease_key), jsonb_build_object('granted', false, 'free', true));
end $$;
