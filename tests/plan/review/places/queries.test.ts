/** A query goes to the database of the bindings: which is meant where several hosts have one, a person says. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

const asked = (...lines: readonly string[]) =>
  (planOf('# Ferry', '', '## Deploy', '', ...lines).proposal?.doubts ?? [])
    .filter(({message}) => /is a query/.test(message))
    .map(({line, proposed}) => [line, proposed]);

const query = ['   ```sql', '   CREATE SUBSCRIPTION s PUBLICATION p;', '   ```'];

test.each([
  ['English', '1. On `db1`: `psql -c "select 1"`', '2. On `db2`: `createdb ferry`', '3. Subscribe, on the new one:'],
  ['German', '1. Auf `db1`: `mysql -e "select 1"`', '2. Auf `db2`: `mysqldump ferry`', '3. Im neuen:'],
  ['Spanish', '1. En `bd1`: `psql -c "select 1"`', '2. En `bd2`: `pg_dump -s ferry`', '3. Suscripción, en el nuevo:'],
  ['with options', '1. `psql -h old1 -c "select 1"`', '2. `psql -h new1 -c "select 1"`', '3. Subscribe:'],
])('is open where commands speak to several (%s)', (_, one, two, three) => {
  expect(asked(one, two, three, '', ...query)).toEqual([[7, undefined]]);
});

test('is not asked where one host has a database', () => {
  expect(asked('1. On `db1`: `psql -c "select 1"`', '2. On `web1`: `./stop`', '3. Subscribe:', '', ...query)).toEqual(
    [],
  );
});
