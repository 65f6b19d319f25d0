/** What stands below one failure of several is run only once somebody says so. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../../src/plan/plan.ts';

const WORK = '## Deploy\n\n```bash\n./deploy.sh\n```\n\n';

function askedOf(way: string, heading = '## If it goes wrong'): string[] {
  const plan = parsePlan(`# Bakery\n\n${WORK}${heading}\n\n${way}`, emptyBindings);
  const open = (plan.proposal?.doubts ?? []).filter(({code, proposed}) => code !== 'place-assumed' && !proposed);
  const asked = new Set(open.filter(({code}) => code === 'rollback-assumed').flatMap(({steps}) => steps));
  return plan.steps.filter(({id}) => asked.has(id)).map(({title}) => title);
}

test.each([
  [
    'labelled items',
    '- E1. The conversion fails\n  - `./restore.sh`\n  - `./old.sh`\n- E2. The oven does not come up\n  - call Ada\n',
  ],
  ['numbered items', '1. Import is wrong\n   - `./restore.sh`\n   - `./old.sh`\n2. Nothing prints\n   - call Ada\n'],
  [
    'fences in the items',
    '- F-1: printer fails\n  ```bash\n  ./restore.sh\n  ```\n  ```bash\n  ./old.sh\n  ```\n- F-2: till fails\n  ```bash\n  ./till.sh\n  ```\n',
  ],
  [
    'titles',
    '### E1. The import fails\n\n```bash\n./restore.sh\n```\n\n### E2. No till answers\n\n```bash\n./old.sh\n```\n',
  ],
  [
    'French items',
    '- E1. La conversion échoue\n  - `./restore.sh`\n  - `./old.sh`\n- E2. Le four ne démarre pas\n  - appeler Ada\n',
  ],
  [
    'German items',
    '- E1. Die Umwandlung schlägt fehl\n  - `./restore.sh`\n  - `./old.sh`\n- E2. Kasse startet nicht\n  - Ada anrufen\n',
  ],
])('%s', (_, way) => {
  expect(askedOf(way).length).toBeGreaterThanOrEqual(2);
});

test('parts of one way back are not asked about', () => {
  expect(askedOf('- Database\n  - `./restore.sh`\n- Web\n  - `./old.sh`\n', '## Rollback')).toEqual([]);
  expect(askedOf('1. Stop the oven\n   - `./stop.sh`\n2. Start the old one\n   - `./old.sh`\n', '## Rollback')).toEqual(
    [],
  );
});
