/** "If A: stop. Otherwise restore:": the commands are for the other case. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const conditionsOf = (...lines: readonly string[]) =>
  planOf('# Silo', '', '## Deploy', '', '- [ ] Load: `bin/load.sh all`', '', '## Backing out', '', ...lines)
    .steps.filter(({line}) => line > 8)
    .map(({action, condition}) => [action.kind, condition]);

test.each([
  [
    'If there are new loads: stop, ring Ada. Otherwise restore:',
    'if there are new loads',
    'unless there are new loads',
  ],
  ['If the belt is full, ring the foreman. If not, put the old one back:', 'if the belt is full', undefined],
  [
    'Falls neue Wagen da sind: Ada anrufen. Sonst zurückspielen:',
    'falls neue wagen da sind',
    'not: falls neue wagen da sind',
  ],
  ['S’il y a de nouvelles livraisons : appeler Ada. Sinon restaurer :', undefined, undefined],
])('%s', (lead, first, other) => {
  for (const lines of [
    [lead, '', '```bash', 'siloctl back', '```'],
    [`1. ${lead}`, '', '   ```bash', '   siloctl back', '   ```'],
  ]) {
    const found = conditionsOf(...lines);
    const [, condition] = found.find(([kind]) => kind === 'script') ?? [];
    if (other !== undefined) expect(found).toContainEqual(['manual', first]);
    expect(condition).not.toBe(first ?? '');
    if (other !== undefined) expect(condition).toBe(other);
  }
});

test.each([
  ['Page on first (1). Then, if nobody has paid on 5.3:', 'if nobody has paid on 5.3'],
  ['Tell the yard. Then, only if the belt is empty:', 'if the belt is empty'],
])('%s', (lead, condition) => {
  expect(conditionsOf(lead, '', '```bash', 'siloctl back', '```')).toContainEqual(['script', condition]);
});

test('a sentence with a case of its own is not for the case above it', () => {
  const lead = ['If nobody has paid:', '', '```bash', 'siloctl back', '```', ''];
  const found = conditionsOf(
    ...lead,
    'If people have paid: NO restore, tickets would be lost. Tell finance which hour.',
  );
  expect(found).toEqual([
    ['script', 'if nobody has paid'],
    ['manual', 'if people have paid'],
  ]);
});
