/** A condition in the title of a section is asked for all of its steps, and hides nothing that one of them says of its own. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

test.each([
  ['## Sonntag, so ab 9', 'Probieren, entweder Jana am Schirm oder, wenn sie schläft, Holger mit `bin/smoke.sh opac`'],
  ['## Monday morning', 'Try it, either Ana in the browser or, if she sleeps, Bob with `bin/smoke.sh mill`'],
  ['## Index (only if the schema changed)', 'Flush the cache, either Ana on the panel or Bob with `bin/flush.sh all`'],
  ['## Le lendemain', "Vider le cache, soit Léa à l'écran, soit Paul avec `bin/vider.sh tout`"],
])('%s: %s', (title, item) => {
  const {proposal, steps} = planOf(
    '# Mill',
    '',
    '## Deploy',
    '',
    '- [ ] Load: `bin/load.sh all`',
    '',
    title,
    '',
    `- [ ] ${item}`,
  );
  const own = proposal?.doubts.filter(({line, code}) => line === 9 && code === 'condition-assumed');
  expect(steps.find(({line}) => line === 9)?.action.kind).toBe('script');
  expect(own?.map(({proposed}) => proposed)).toEqual([undefined]);
});
