/** Nothing is proposed for a section that only tells of commands in its text. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** What is proposed for the section "Releasing", or its like. */
function proposed(title: string, ...text: readonly string[]): (string | undefined)[] {
  const lines = [
    '## Prepare',
    '',
    '- Run `make build`',
    '',
    title,
    '',
    ...text,
    '',
    '## Deploy',
    '',
    '- Run `make it`',
  ];
  const {proposal} = planOf('# Till', '', 'It serves the tills.', '', ...lines);
  return (proposal?.doubts ?? []).flatMap(one => (one.code === 'role-assumed' ? [one.proposed] : []));
}

test.each([
  ['## Releasing', 'Patch releases go out with', '`helm upgrade till charts/till`', 'and nobody needs to know.'],
  ['## Small fixes', 'Small fixes were always shipped by', '`kubectl apply -f till.yaml`', 'without notice.'],
  ['## Ausliefern', 'Kleine Korrekturen gehen sonst mit', '`helm upgrade kasse charts/kasse`', 'hinaus.'],
  ['## Livraisons', 'Les correctifs partent avec', '`helm upgrade caisse charts/caisse`', 'sans un mot.'],
])('%s', (title, ...text) => {
  expect(proposed(title, ...text)).toEqual([undefined]);
});

test.each([
  ['## Kiosks', '`systemctl restart kiosk`'],
  ['## Kiosks', 'The restart is done by', '`systemctl restart kiosk`', 'as ever.', '', '```sh', 'make kiosks', '```'],
  ['## Kiosks', 'The kiosks are restarted one by one:', '', '    systemctl restart kiosk'],
])('where work stands, its use is proposed: %s %s', (title, ...text) => {
  expect(proposed(title, ...text)).toEqual(['run']);
});
