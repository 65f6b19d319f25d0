/** Who works with a ledger in these tests: ana, bob and cyd are operators, rita only reads. */
import type pg from 'pg';

const ROLES = {ana: 'operator', bob: 'operator', cyd: 'operator', rita: 'reader'} as const;

/** The password of each is the name with `-1` behind it. */
export async function addPeople(owner: pg.Client): Promise<void> {
  for (const [name, role] of Object.entries(ROLES))
    await owner.query(`create role ${name} login password '${name}-1' in role tminus_${role}`);
}
