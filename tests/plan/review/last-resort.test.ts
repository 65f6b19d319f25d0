/** A further, stronger way back inside a rollback never follows the usual one by itself. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';

function openIn(back: string): {line: number; steps: readonly string[]}[] {
  const text = `# Release

## Deploy

\`\`\`bash
sudo systemctl stop shop
git checkout v7
sudo systemctl start shop
\`\`\`

${back}`;
  const {proposal} = parsePlan(text, emptyBindings);
  return (proposal?.doubts ?? []).flatMap(({code, line, steps, proposed}) =>
    code === 'rollback-assumed' && proposed === undefined ? [{line, steps}] : [],
  );
}

test.each([
  ['English', '## Rollback', 'Worst case, every order of today is gone:'],
  ['English', '## Rollback', '**If all else fails**'],
  ['English', '## Rollback', 'And if none of that helped, put the whole database back.'],
  ['German', '## Rückweg', 'Wenn sonst nichts hilft (die Bestellungen von heute sind weg):'],
  ['French', '## Retour arrière', 'En dernier recours, on perd les commandes du jour :'],
  ['Spanish', '## Reversión', 'En el peor de los casos, se pierde lo de hoy:'],
  ['Portuguese', '## Reversão', 'Se nada mais resolver, perde-se o que entrou hoje:'],
  ['Dutch', '## Rollback', 'Als niets anders helpt:'],
])('%s, below %s: %s', (_, title, words) => {
  const found = openIn(
    `${title}\n\n\`\`\`bash\ngit checkout v6\nsudo systemctl restart shop\n\`\`\`\n\n${words}\n\n\`\`\`bash\ndropdb shop\npg_restore -C -d postgres /backup/shop.dump\n\`\`\`\n`,
  );
  expect(found).toHaveLength(1);
  expect(found[0]?.line).toBeGreaterThan(15);
});

test('a section of the rollback that is called so waits with all of its steps', () => {
  const found = openIn(
    '## Rollback\n\n### The code\n\n```bash\ngit checkout v6\n```\n\n### Last resort: the data\n\n- Stop it: `sudo systemctl stop shop`\n- Load it: `pg_restore --clean -d shop /backup/shop.dump`\n',
  );
  expect(found.map(({line}) => line)).toEqual([21, 22]);
});

test('an item of the list waits, and those before it do not', () => {
  const found = openIn(
    '## Rollback\n\n1. Old code: `git checkout v6`\n2. Restart: `sudo systemctl restart shop`\n3. As a last resort: `pg_restore --clean -d shop /backup/shop.dump`\n',
  );
  expect(found.map(({line}) => line)).toEqual([15]);
});
