/** A place beside a command is read; what is for several places, or for none that is known, is asked about. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {contextOf, emptyBindings} from '../../../../src/plan/plan.ts';

const HALL = `# Pump hall

"LS" means server \`leit-s1\`; "PU" means servers \`pumpe-a1\` and \`pumpe-b1\`.

## Deploy

`;

function placesOf(source: string): (string | undefined)[] {
  return parsePlan(source, emptyBindings).steps.map(step => {
    const place = contextOf(step)?.place;
    return place?.kind === 'host' ? place.destination : place?.kind;
  });
}

function placeDoubtsOf(source: string): string[] {
  const doubts = parsePlan(source, emptyBindings).proposal?.doubts ?? [];
  return doubts.flatMap(({code, line, proposed}) =>
    code === 'place-assumed' ? [`${line}${proposed === undefined ? ' open' : ''}`] : [],
  );
}

test.each([
  ['Command (LS): `systemctl stop leitd`', '<LS>'],
  ['Command (leit-s1): `systemctl stop leitd`', '<leit-s1>'],
  ['1. Stop it (LS): `systemctl stop leitd`', '<LS>'],
  ['- [ ] LS: `systemctl stop leitd`', '<LS>'],
  ['- [ ] `systemctl stop leitd` (LS)', '<LS>'],
  ['| Step | Command |\n|---|---|\n| Stop | `systemctl stop leitd` (LS) |', '<LS>'],
  ['Befehl (LS): `systemctl stop leitd`', '<LS>'],
  ['- [ ] Stop it (now): `systemctl stop leitd`', 'local'],
])('beside a command, a name of the document is its place: %s', (text, place) => {
  expect(placesOf(`${HALL}${text}\n`)).toEqual([place]);
});

test.each([
  ['- [ ] `systemctl stop pumpd` (both PU)'],
  ['- [ ] PU: `systemctl stop pumpd`'],
  ['Sur chaque serveur :\n\n```bash\nsystemctl stop pumpd\n```'],
  ['- Auf jedem Server:\n\n```bash\nsystemctl stop pumpd\n```'],
  ['On both machines:\n\n```bash\nsystemctl stop pumpd\n```'],
  ['- [ ] On both front ends: `systemctl stop pumpd`'],
  ['1. Stop the pumps on leit-s1: `pumps off`, and restart\n   on the three panels: `systemctl restart panel`'],
  ['### Neustart auf den beiden Bedienpulten\n\n```bash\nsystemctl restart pult\n```'],
  ['1. Reiniciar en los dos paneles: `systemctl restart panel`'],
  ['- Redémarrer sur les deux frontaux :\n\n  ```bash\n  systemctl restart php-fpm\n  ```'],
  ['- [ ] `systemctl stop pumpd`\n\nThen the same on pumpe-b1.'],
  ['- [ ] `systemctl stop pumpd`\n\nDanach das Gleiche auf dem zweiten Server.'],
  ['- [ ] `systemctl stop pumpd`\n\nPuis la même chose sur pumpe-b1.'],
])('for several places, it runs once and asks: %s', text => {
  expect(placeDoubtsOf(`${HALL}${text}\n`).some(doubt => doubt.endsWith('open'))).toBe(true);
});

test('commands that go to each host themselves ask for nothing', () => {
  const text = 'On both machines:\n\n```bash\nfor h in pumpe-a1 pumpe-b1; do ssh $h uptime; done\n```\n';
  expect(placeDoubtsOf(`${HALL}${text}`).filter(doubt => doubt.endsWith('open'))).toEqual([]);
});

test('hosts that are only named still raise the question where the commands run', () => {
  const source =
    '# Tills\n\nMachines: till-01 at the door, tillsrv in the cellar.\n\n## Update\n\n```bash\nsystemctl stop tilld\n```\n';
  expect(placeDoubtsOf(source)).toEqual(['7']);
  expect(
    placeDoubtsOf('# Blog\n\n## Deploy\n\n```bash\ngit push origin main\n```\n\nSee https://blog.test.\n'),
  ).toEqual([]);
});

test.each([
  'Same on all three:',
  'On the other two:',
  'Auf beiden:',
  'Auf den anderen zwei:',
  'Sur les trois :',
  'En los dos:',
  'For both:',
])('"%s" is no single place, whatever stands above it', lead => {
  const doubts = placeDoubtsOf(
    `${HALL}On leit-s1:\n\n\`\`\`bash\nsystemctl stop leitd\n\`\`\`\n\n${lead}\n\n\`\`\`bash\nsystemctl start pumpd\n\`\`\`\n`,
  );
  expect(doubts).toContain('13 open');
});

test.each([['on both counts'], ['on the two files'], ['en dos pasos'], ['auf zwei Wochen'], ['on the one hand']])(
  'no places: %s',
  words => {
    expect(placeDoubtsOf(`# Panel\n\n## Deploy\n\n1. Check it ${words}: \`systemctl status panel\`\n`)).toEqual([]);
  },
);

test('a host that is bound makes no proposal of what is for several', () => {
  const source = '# Panel\n\n## Deploy\n\nOn each server with the old panel:\n\n```bash\npanel update\n```\n';
  const [described] = placesOf(source);
  const values = {[described ?? '']: {value: 'ops@panel-7', secret: false, line: 1}};
  const doubts = parsePlan(source, {...emptyBindings, values}).proposal?.doubts ?? [];
  expect(doubts.filter(({code}) => code === 'place-assumed').map(({line, proposed}) => [line, proposed])).toEqual([
    [5, undefined],
  ]);
});
