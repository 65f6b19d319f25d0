/** A tunnel is no login, and a host in code beside commands is asked about in languages without words too. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {contextOf, emptyBindings} from '../../../../src/plan/plan.ts';

function planOf(...lines: readonly string[]) {
  return parsePlan(['# Release', '', '## Deploy', '', ...lines].join('\n'), emptyBindings);
}

test.each([
  'Hold the tunnel open: `ssh -N -D 1080 deploy@web1`',
  'Ouvrir le tunnel : `ssh -NL 5433:db:5432 deploy@web1`',
])('nothing behind it runs there: %s', tunnel => {
  const plan = planOf(`1. ${tunnel}`, '2. `systemctl restart till`');
  const restart = plan.steps.find(({action}) => action.kind === 'script');
  expect(restart && contextOf(restart)?.place.kind).toBe('local');
});

test.each([
  'Look at it through a tunnel: `ssh -L 8090:localhost:8090 web1`',
  'Ein Tunnel: `ssh -A -R 9000:localhost:9000 deploy@web1`',
])('whether somebody is logged in behind it is asked: %s', tunnel => {
  const {proposal, steps} = planOf(`1. ${tunnel}`, '2. `systemctl restart till`');
  const open = (proposal?.doubts ?? []).filter(
    ({code, proposed}) => code === 'place-assumed' && proposed === undefined,
  );
  const restart = steps.find(({line}) => line === 6);
  expect(open.flatMap(one => one.steps)).toContain(restart?.id);
});

test('a login in an item still holds', () => {
  const plan = planOf('1. `ssh -A deploy@web1`', '2. `systemctl restart till`');
  const restart = plan.steps.find(({action}) => action.kind === 'script');
  expect(restart && contextOf(restart)?.place.kind).toBe('host');
});

/** The hosts that open doubts name, and the places that are read. */
function asked(...lines: readonly string[]): string[] {
  const {steps, proposal} = planOf(...lines);
  const places = steps.flatMap(step => {
    const place = contextOf(step)?.place;
    return place?.kind === 'host' ? [place.destination] : [];
  });
  const doubts = (proposal?.doubts ?? []).flatMap(({code, message, proposed}) =>
    code === 'place-assumed' && proposed === undefined ? [message.replace(/.* (?:names|says) /, '')] : [],
  );
  return [...places, ...doubts];
}

test.each([
  ['Na `kas-prd-lb01`:', 'kas-prd-lb01'],
  ['Tam, kde je `kas-prd-db02`:', 'kas-prd-db02'],
  ['Az `kas-prd-web03` gépen:', 'kas-prd-web03'],
])('%s', (lead, host) => {
  const named = ['Frontend `kas-prd-web01`, `kas-prd-web02`.', ''];
  expect(asked(...named, lead, '', '```sh', 'systemctl reload nginx', '```').join(' ')).toContain(host);
});

test('an item names its own host, beside one that names another place', () => {
  const found = asked(
    'Frontend `kas-prd-web01`, `kas-prd-web02`.',
    '',
    '1. On both: `systemctl start till`',
    '2. Na `kas-prd-lb01`: `nginx -s reload`',
    '3. Na web01: `systemctl start queue`',
  );
  expect(found.join(' ')).toMatch(/kas-prd-lb01/);
  expect(found.join(' ')).toMatch(/web01/);
});

test('counted names that the commands work on are no hosts', () => {
  expect(
    asked('Jobs `ldr-job01` and `ldr-job02`.', '', 'Wczytać `ldr-job01`:', '', '```sh', 'load ldr-job01', '```'),
  ).toEqual([]);
});
