/** What a document says plainly is not asked about, and what stands beside it still is. */
import {describe, expect, test} from 'vitest';
import type {DoubtCode} from '../../../src/plan/doubt.ts';
import {planOf} from '../../helpers/plan-view.ts';

const fence = (...lines: string[]) => ['', '```bash', ...lines, '```', ''];

/** The lines asked about with this code; with `!`, if nothing is proposed. */
function asked(code: DoubtCode, ...lines: readonly string[]): string[] {
  return (planOf('# Press', '', ...lines).proposal?.doubts ?? []).flatMap(one =>
    one.code === code ? [`${one.line}${one.proposed === undefined ? '!' : ''}`] : [],
  );
}

/** The lines of the questions whether it runs here. */
const here = (...lines: readonly string[]) =>
  (planOf('# Press', '', ...lines).proposal?.doubts ?? []).flatMap(({line, message}) =>
    message.startsWith('nothing says where') ? [line] : [],
  );

const ON_HOST = ['## Install the agents', ...fence('ssh ops@plate-3', 'sudo systemctl restart press-agent', 'exit')];

describe('where programs for a cluster run', () => {
  const cluster = [
    ...['## Before the deployment', ...fence('kubectl get pods')],
    ...['## Deployment', ...fence('helm upgrade press charts/press'), ...fence('kubectl rollout status deploy/press')],
  ];

  test('is asked once, and again behind a host', () => {
    const behind = ['## Upgrade', ...fence('helm upgrade proof charts/proof')];
    expect(here(...cluster, ...ON_HOST, ...behind)).toEqual([5, 30]);
  });

  test.each(['sudo systemctl restart press', './ship.sh'])(
    'another command is asked about in each section: %s',
    own => {
      const lines = ['## Before the deployment', ...fence(own), '## Deployment', ...fence(own), ...ON_HOST];
      expect(here(...lines)).toEqual([5, 11]);
    },
  );

  test('is asked in each section where one of them runs on a host', () => {
    const there = ['## Install the agents', ...fence('ssh ops@plate-3', 'kubectl get nodes', 'exit')];
    expect(here(...cluster, ...there)).toEqual([5, 11]);
  });
});

describe('a place that is said plainly', () => {
  test.each([
    ['## Deployment, from my laptop', 'make ship'],
    ['## Deployment: von meinem Laptop', './ausliefern.sh'],
    ['## Déploiement depuis mon poste', './livrer.sh'],
  ])('in the title: %s', (title, command) => {
    expect(here(title, ...fence(command), ...ON_HOST)).toEqual([]);
    expect(here('## Deployment', ...fence(command), ...ON_HOST)).toEqual([5]);
  });

  test.each([
    'git ls-remote --tags origin v3',
    'gh release view v3 --repo press/press',
    'nslookup press.example',
    'openssl s_client -connect press.example:443',
  ])('it looks at the same from everywhere: %s', command => {
    expect(here('## Deployment', ...fence(command), ...ON_HOST)).toEqual([]);
  });

  test.each(['git fetch --tags', 'openssl s_client -connect localhost:443'])('but not %s', command => {
    expect(here('## Deployment', ...fence(command), ...ON_HOST)).toEqual([5]);
  });

  test('a variable of the shell is no host', () => {
    const lines = ['## Deployment', ...fence('export FLEET=prod-eu1', './ship.sh "$FLEET"')];
    expect(here(...lines)).toEqual([]);
    expect(here('FLEET = press-eu1', '', ...lines)).not.toEqual([]);
  });
});

describe('a shell that is taken to be there still', () => {
  test('is asked about once for a section', () => {
    const lines = [
      ...['## Preparation', ...fence('ssh ops@plate-3', 'cd /srv/press', 'git status')],
      ...['## Deployment', '', '1. Down: `sudo touch /srv/press/down`', '2. `git checkout v2`', ''],
    ];
    expect(asked('place-assumed', ...lines)).toEqual(['13']);
  });
});

describe('a title that says when', () => {
  test.each([
    ['## Next day', 'sudo rm /backup/old.sql'],
    ['## Am nächsten Tag', 'sudo rm /backup/alt.sql'],
    ['## Le lendemain', 'sudo rm /backup/vieux.sql'],
  ])('asks of the steps, and not of the section: %s', (title, command) => {
    const lines = [
      '## Deployment',
      ...fence('./ship.sh'),
      title,
      ...fence(command),
      '## Rollback',
      ...fence('./back.sh'),
    ];
    expect(asked('role-assumed', ...lines)).toEqual([]);
    expect(asked('condition-assumed', ...lines)).not.toEqual([]);
  });

  test('another title is asked about', () => {
    const lines = [
      '## Deployment',
      ...fence('./ship.sh'),
      '## Ink',
      ...fence('./ink.sh'),
      '## Rollback',
      ...fence('./back.sh'),
    ];
    expect(asked('role-assumed', ...lines)).toEqual(['9']);
  });
});

describe('where and as whom, above commands', () => {
  test.each([
    ['On plate-3, as `postgres`:', 'user-assumed'],
    ['Auf plate-3, als `postgres`:', 'user-assumed'],
    ['Na plate-3, jako `postgres`:', 'user-assumed'],
    ['Counts, on each of the two:', 'place-assumed'],
    ['État, sur les trois :', 'place-assumed'],
  ] as const)('is asked about as that only: %s', (lead, code) => {
    const lines = [...ON_HOST, '## Deployment', '', lead, ...fence('./count.sh')];
    expect(asked('role-assumed', ...lines)).toEqual([]);
    expect(asked(code, ...lines)).toContain('13!');
  });

  test.each(['Quickly, with a short outage:', 'The same, as it was on plate-3 last year:'])('%s', lead => {
    const lines = [...ON_HOST, '## Deployment', '', lead, ...fence('./count.sh')];
    expect(asked('role-assumed', ...lines)).toEqual(['13!']);
  });
});

describe('a list of machines', () => {
  const below = (title: string, ...items: string[]) =>
    asked('not-read', `## ${title}`, '', ...items.map(item => `- ${item}`), '', '## Deployment', ...fence('./ship.sh'));

  test.each([
    ['Systems', '`plate-3` – nginx, Debian 12', '`ink-1` (10.4.0.2): the ink pump'],
    ['Systeme', '`presse-3` – Anwendungsserver', '**farbe-1** – Pumpe'],
    ['Sistemas', '`prensa-3` – servidor de tinta', '`tinta-1` – bomba'],
  ])('asks for nothing: %s', (title, ...items) => {
    expect(below(title, ...items)).toEqual([]);
  });

  test.each([
    ['Systems', '`plate-3` – stop it before anything else'],
    ['Systems', '`plate-3` – nginx, `nginx -s stop`'],
    ['Systems', '`plate-3` – only operations may touch it'],
    ['Systems', 'call the printers'],
    ['The night', '`plate-3` – nginx, Debian 12'],
  ])('what else stands in it is asked about: %s, %s', (title, item) => {
    expect(below(title, item)).toEqual(['5!']);
  });
});
