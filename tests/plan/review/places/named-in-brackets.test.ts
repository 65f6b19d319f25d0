/** Places that an item names: of one machine in brackets, of several, and of a family of machines. */
import {expect, test} from 'vitest';
import {contextOf, type Plan} from '../../../../src/plan/plan.ts';
import {planOf, stepAt} from '../../../helpers/plan-view.ts';

const HOSTS = [
  '# A',
  '',
  '- `bil-web1.lan`, `bil-web2.lan`: the shop',
  '',
  '## Deploy',
  '',
  '- [ ] On `bil-web1`: `./first.sh`',
  '- [ ] On `bil-web2`: `./second.sh`',
];

function placeOf(plan: Plan, line: number) {
  const place = contextOf(stepAt(plan, line))?.place;
  return place?.kind === 'host' ? place.destination : place?.kind;
}

test.each([
  'On `bil-web2`, unpack it as well (on bil-web1 it is there already)',
  'Sur `bil-web2`, déballer à son tour (sur bil-web1 c’est déjà là)',
  'Auf `bil-web2` auspacken (auf bil-web1 ist es schon da)',
  'En `bil-web2`, desempaquetar (en bil-web1 ya está)',
])('%s: the brackets tell of another machine', text => {
  const plan = planOf(...HOSTS, `- [ ] ${text}:`, '  ```bash', '  ./unpack.sh', '  ```');
  expect(placeOf(plan, 9)).toBe('<bil-web2>');
});

test.each([
  'Switch, on web1 then web2',
  'Bascule, sur web1 puis web2',
  'Umschalten, auf web1 und web2',
  'Cambio, en web1 y web2',
  'Troca, em web1 e web2',
])('%s: it is asked on which of the two', text => {
  const plan = planOf('# A', '', '## Deploy', '', `- [ ] ${text}:`, '  ```bash', '  ./switch.sh', '  ```');
  const asked = plan.proposal?.doubts.filter(({code}) => code === 'place-assumed');
  expect(asked?.map(({message}) => message).join()).toContain('is more than one place');
});

test.each(['on both web', 'sur les deux web', 'auf beiden web'])('"%s" of web1 and web2 is no single place', words => {
  const plan = planOf(
    '# A',
    '',
    '## Deploy',
    '',
    '- [ ] On web1: `./a.sh`',
    '- [ ] On web2: `./b.sh`',
    `- [ ] Open it, ${words}: \`./up.sh\``,
  );
  const asked = plan.proposal?.doubts.filter(({code, line}) => code === 'place-assumed' && line === 7);
  expect(asked?.map(({message}) => message).join()).toContain(`"${words}" is more than one place`);
});
