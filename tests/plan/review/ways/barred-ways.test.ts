/** A rollback that bars the way back in some case does not run without a question, though a step was read from that text. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

function asked(...lines: readonly string[]): readonly number[] {
  const {proposal} = planOf('## Deploy', '', '`tolls load`', '', ...lines);
  return (proposal?.doubts ?? []).flatMap(({line, message, proposed}) =>
    /no way back, and R would run it/.test(message) && proposed === undefined ? [line] : [],
  );
}

const back = ['## Rollback', '', '```bash', 'pg_restore -d tolls /srv/tolls.dump', '```', ''];

test.each([
  'After go, back-out by restore is **not permitted**. Ring the vendor, and fix forward.',
  'Once the lanes are open a restore is no longer possible. Ring the vendor.',
  'Sobald die Schranken offen sind, ist das nicht mehr erlaubt. Den Hersteller anrufen.',
  "Après l'ouverture des voies ce n'est plus possible. Appeler le fournisseur.",
])('%s', text => {
  expect(asked(...back, text)).toEqual([11]);
});

test('what is not allowed in no case of its own bars nothing', () => {
  expect(asked(...back, 'Smoking is not permitted. Ring the vendor.')).toEqual([]);
});
