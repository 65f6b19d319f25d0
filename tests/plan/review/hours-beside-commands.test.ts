/** An hour that a sentence beside commands gives: nothing waits for it. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function asked(...lines: readonly string[]) {
  const {proposal} = planOf('# Ferry', '', '## Deploy', '', ...lines);
  return (proposal?.doubts ?? []).filter(({message, proposed}) => /for a later hour/.test(message) && !proposed);
}

test.each([
  ['La copia tarda entre 5 y 7 horas. Lanzarla después de las 20. A la mañana siguiente:'],
  ['La copie est longue. La lancer à partir de 20h30. Puis :'],
])('"%s" holds what it leads to, and what stands above it', lead => {
  const steps = asked('1. Load: `./ferry load`', `2. ${lead} \`./ferry count\``).flatMap(one => one.steps);
  expect(steps).toEqual(['L5', 'L6']);
});

test.each(['It takes hours. Start it after 20:00. The next morning:', 'Das dauert. Erst nach 20 Uhr starten. Danach:'])(
  'what "%s" leads to is asked anyway; what stands above it waits too',
  lead => {
    const [one] = asked('1. Load: `./ferry load`', `2. ${lead} \`./ferry count\``);
    expect(one?.steps).toContain('L5');
  },
);

test('behind a block it holds the block', () => {
  const steps = asked('Load:', '', '```bash', './ferry load', '```', '', 'Not before 22:00.').flatMap(one => one.steps);
  expect(steps).toEqual(['L5']);
});

test.each(['Never after 21:00.', 'If it is after 21:00, call the harbour.', 'It is done after 20 minutes.'])(
  '"%s" gives no hour to wait for',
  text => {
    expect(asked('Load:', '', '```bash', './ferry load', '```', '', text)).toEqual([]);
  },
);
