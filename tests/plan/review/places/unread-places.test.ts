/** Words beside commands that say where they run, in whatever way: they become the place of the step, or a doubt. */
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {contextOf} from '../../../../src/plan/plan.ts';

/** Where each step runs; `?` if that is asked and nothing is proposed. */
function placesOf(...lines: readonly string[]): string[] {
  const {steps, proposal} = parsePlan(lines.join('\n'), emptyBindings);
  const open = (proposal?.doubts ?? []).filter(
    ({code, proposed}) => code === 'place-assumed' && proposed === undefined,
  );
  return steps.flatMap(step => {
    const place = contextOf(step)?.place;
    if (place === undefined) return [];
    if (open.some(one => one.steps.includes(step.id))) return ['?'];
    return [place.kind === 'host' ? place.destination : 'here'];
  });
}

const block = (...commands: readonly string[]) => ['', '```bash', ...commands, '```', ''];

describe('a document that names no host', () => {
  test.each([
    ['a heading', '### Database server', ...block('systemctl restart postgresql')],
    ['a heading with a letter', '### Router A', ...block('birdc configure')],
    ['a heading with its short name', '### Load balancer (LB)', ...block('systemctl reload haproxy')],
    ['a label', 'Primary:', ...block('systemctl stop slapd')],
    ['a label of an item', '- [ ] Firewall: `systemctl reload nftables`'],
    ['a label in brackets behind the commands', '- [ ] `systemctl restart shop` (both web servers)'],
    ['a label in brackets before them', '- Restart (app server) `systemctl restart shop`'],
    ['an item above a block', '- Start it on the database server', '', '  ```bash', '  systemctl start db', '  ```'],
    ['the item around an item', '1. Stop it (standby)', '   - `systemctl stop slapd`', '   - `systemctl stop nscd`'],
    ['the line above a list', 'Then, over on the firewall, as agreed with the night shift', '', '- `nft -f new.conf`'],
    ['a comment', ...block('# back on the passive node', 'systemctl start keepalived')],
    [
      'a comment among commands',
      ...block('systemctl stop keepalived', '# now on the other one', 'systemctl start nfs'),
    ],
    ['a German label', 'Ersatzrechner:', ...block('systemctl stop waage')],
    ['a German comment', ...block('# am Kassenrechner', 'systemctl restart kasse')],
    ['a German heading', '### Lagerrechner 2', ...block('systemctl stop lager')],
    ['a French item', '- [ ] Côté répartiteur `systemctl reload haproxy`'],
    ['a French heading', '### Serveur de secours', ...block('systemctl stop slapd')],
    ['a Spanish item', '- Reiniciar en el balanceador: `systemctl reload haproxy`'],
    ['a Spanish comment', ...block('# en el cortafuegos', 'systemctl reload nftables')],
    ['a Portuguese comment', ...block('# no balanceador', 'systemctl reload haproxy')],
    ['a Portuguese heading', '### Servidor reserva', ...block('systemctl stop slapd')],
  ])('%s', (_, ...lines) => {
    const places = placesOf('# Change', '', '## Deploy', '', ...lines);
    expect(places.length).toBeGreaterThan(0);
    expect(places).not.toContain('here');
  });

  test.each([
    ['a column that nobody knows', '| # | Box | Do |', '| 1 | standby | `pg_ctl promote` |'],
    ['a column of devices', '| Nr | Gerät | Befehl |', '| 1 | Kassenrechner 3 | `systemctl restart kasse` |'],
    ['a column of systems', '| Step | System | Command |', '| Stop | old server | `systemctl stop shop` |'],
    ['a column of targets', '| Step | Target | Command |', '| Stop | till 4 | `systemctl stop till` |'],
    ['a title of the row', '| Étape | Commande |', '| Sur le routeur B | `systemctl reload frr` |'],
  ])('%s', (_, head, row) => {
    expect(placesOf('# Change', '', '## Deploy', '', head, head.replaceAll(/[^|]+/g, '---'), row)).not.toContain(
      'here',
    );
  });

  test.each([
    ['- [ ] Check that the server has room: `df -h`'],
    ['- [ ] Back up the database: `pg_dump shop > shop.sql`'],
    ['- [ ] Load the dump from the database backup: `./load.sh`'],
    ['- [ ] Run it locally: `make build`'],
    ['- [ ] On your laptop: `make build`'],
    ['### Database', ...block('./migrate.sh')],
    ['### Workers', ...block('systemctl restart worker')],
    ['Restart the server:', ...block('# stop the server', 'systemctl stop web', 'systemctl start web')],
    ['- Den Server neu starten: `systemctl restart web`'],
    ['- Vérifier les journaux du serveur : `tail -3 /var/log/web.log`'],
    ['- Restaurar la base de datos: `./load.sh`'],
    ['In the cluster:', ...block('kubectl apply -f shop.yaml')],
  ])('says nothing about a place: %s', (...lines) => {
    expect(placesOf('# Change', '', '## Deploy', '', ...lines).filter(place => place !== 'here')).toEqual([]);
  });
});

describe('short names for machines', () => {
  test.each([
    [
      'declared, in brackets behind a heading',
      '## Deploy',
      'bh = bastion, lb = the pair in front',
      '### Stop (bh)',
      ...block('systemctl stop slapd'),
    ],
    ['declared, as a label', '## Deploy', 'bh = bastion', '', 'bh:', ...block('systemctl stop slapd')],
    [
      'with N for a figure',
      '## Deploy',
      '1. stop it (mxN)',
      '   - `systemctl stop postfix`',
      '   - `systemctl stop nscd`',
    ],
    [
      'capitals, several times',
      '## Deploy',
      '- [ ] (ADM) `systemctl stop slapd`',
      '- [ ] (ADM) `systemctl start slapd`',
    ],
    ['in German', '## Umstellung', 'WR = Waagenrechner', '', '- [ ] WR: `systemctl stop waage`'],
  ])('%s', (_, ...lines) => {
    const places = placesOf('# Change', ...lines);
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter(place => place !== '?' && !place.startsWith('<'))).toEqual([]);
  });

  test.each([
    ['Rechner', '`systemctl stop waage` auf WA; danach die Halle anrufen'],
    ['Host', '`systemctl stop scale` on WA; then ring the hall'],
    ['Machine', '`systemctl stop bascule` sur WA ; puis appeler la halle'],
  ])('behind the commands in a cell (%s)', (head, cell) => {
    const places = placesOf(
      '# Change',
      '## Hosts',
      `| Name | ${head} |`,
      '|---|---|',
      '| WA | `lg-wa01` |',
      '',
      '## Deploy',
      '| Step | Command |',
      '|---|---|',
      `| 1 | ${cell} |`,
    );
    expect(places.filter(place => place === 'here')).toEqual([]);
  });

  test.each([['(SQL)'], ['(optional)'], ['(once)'], ['NOTE:']])('%s is none', label => {
    const places = placesOf('# Change', '## Deploy', `- [ ] ${label} \`make a\``, `- [ ] ${label} \`make b\``);
    expect(places).not.toContain('?');
  });
});

describe('a document that goes from place to place', () => {
  test.each([
    ['On the database server:', 'Then on the firewall, as root,'],
    ['Auf dem Datenbankserver:', 'Danach wieder am eigenen Arbeitsplatz:'],
    ['En la réplica:', 'Desde tu portátil:'],
    ['Sur le serveur applicatif :', 'De retour sur le poste de travail :'],
    ['No servidor:', 'De volta no notebook:'],
  ])('no place holds behind words for another ("%s", "%s")', (first, then) => {
    const places = placesOf(
      '# Change',
      '## Deploy',
      first,
      ...block('systemctl stop shop'),
      then,
      ...block('./check.sh'),
    );
    expect(places[0]).toMatch(/^</);
    expect(['?', 'here']).toContain(places[1]);
  });

  test.each([
    ['En el servidor de aplicaciones:', 'En el servidor de correo:'],
    ['Sur le serveur de secours :', "Sur le serveur d'archives :"],
    ['No servidor de banco:', 'No servidor da loja:'],
  ])('servers for different things are different places ("%s", "%s")', (first, then) => {
    const places = placesOf('# Change', '## Deploy', first, ...block('make stop'), then, ...block('make start'));
    expect(new Set(places).size).toBe(2);
    expect(places.every(place => place.startsWith('<'))).toBe(true);
  });

  test('a login holds until words name another place', () => {
    const places = placesOf(
      '# Change',
      '## Deploy',
      ...block('ssh ops@shop-db1', 'systemctl stop shop'),
      'On the standby:',
      ...block('systemctl start shop'),
    );
    expect(places).toEqual(['ops@shop-db1', '?']);
  });

  test('words for the place of the login ask nothing', () => {
    const places = placesOf(
      '# Change',
      '## Deploy',
      ...block('ssh ops@worker1.example.net', 'systemctl stop shop'),
      'Then, on the worker:',
      ...block('systemctl start shop'),
    );
    expect(places).toEqual(['ops@worker1.example.net', 'ops@worker1.example.net']);
  });

  test('what the document title says about the place is only proposed', () => {
    const {proposal} = parsePlan(
      '# Certificates on the mail server\n\n## Deploy\n\n- [ ] `systemctl reload postfix`\n',
      emptyBindings,
    );
    expect(proposal?.doubts).toMatchObject([{code: 'place-assumed', proposed: 'it is here'}]);
  });

  test('an option with a capital letter reaches no host', () => {
    const {proposal} = parsePlan(
      [
        '# Mail',
        '## Deploy',
        '```bash',
        "ssh ops@mx1 'uptime'",
        '```',
        '- [ ] `postsuper -H ALL && postqueue -f`',
      ].join('\n'),
      emptyBindings,
    );
    expect(proposal?.doubts.some(({code, steps}) => code === 'place-assumed' && steps.includes('L6'))).toBe(true);
  });
});

test.each([
  [
    'Undo it on both, but restore it first:',
    'Hosts: db-01 and web-01.',
    '(on db-01, both front ends are down meanwhile)',
    ['on both', 'db-01'],
  ],
  [
    'Zurück auf beiden:',
    'Maschinen: lager-01 und lager-02.',
    '(auf lager-01, die andere bleibt aus)',
    ['beiden', 'lager-01'],
  ],
  ['On the standby:', 'Hosts: pg-01 and pg-02.', '(on pg-02, as root)', ['standby', 'pg-02']],
])('all places told around the commands are shown: %s', (lead, hosts, below, told) => {
  const lines = ['# Change', '', hosts, '', '## Rollback', '', lead, ...block("mysql -e 'DROP DATABASE shop'"), below];
  const {proposal} = parsePlan(lines.join('\n'), emptyBindings);
  const places = (proposal?.doubts ?? []).filter(({code}) => code === 'place-assumed');
  const said = places.filter(({proposed}) => proposed === undefined).map(({message}) => message);
  for (const place of told) expect(said.join(' ')).toContain(place);
});
