/** Hosts whose names look like ordinary words are places: they are listed as machines, or stand in code behind "on". */
import {expect, test} from 'vitest';
import {commandsOf, contextOf} from '../../../../src/plan/plan.ts';
import {planOf} from '../../../helpers/plan-view.ts';

/** "stop a @ gate": the commands and their places. */
function placesOf(...lines: readonly string[]): string[] {
  return planOf('# X', ...lines).steps.flatMap(step => {
    const place = contextOf(step)?.place;
    const where = place?.kind === 'host' ? place.destination.replace(/^<(.*)>$/, '$1') : 'here';
    return commandsOf(step).map(({text}) => `${text} @ ${where}`);
  });
}

const fence = (...lines: string[]) => ['', '```bash', ...lines, '```', ''];

test.each([
  ['a pharmacy', '## Machines', '- `limsdb` – PostgreSQL', 'On limsdb, as postgres:', 'limsdb'],
  ['a town hall', '## 2 Systeme', '- `meldedb` – PostgreSQL 15', 'Anschließend auf `meldedb`:', 'meldedb'],
  ['a payroll', '## Serveurs', '- **paie** : Tomcat', 'Sur `paie`, puis relire :', 'paie'],
  ['a port', 'Boxes:', '- gate (HAProxy)', 'Over on gate:', 'gate'],
])('%s lists its machines', (_, title, item, lead, host) => {
  expect(placesOf(title, '', item, '', '## Deploy', '', lead, ...fence('./dump.sh'))).toEqual([`./dump.sh @ ${host}`]);
});

test('the first column of a table of machines', () => {
  const table = ['| Name | Rôle |', '|---|---|', '| `paie` | Tomcat |', '| `bd` | PostgreSQL |'];
  expect(placesOf('## Serveurs', '', ...table, '', '## Déploiement', '', 'Sur bd :', ...fence('./dump.sh'))).toEqual([
    './dump.sh @ bd',
  ]);
});

test('in code behind "on", directly at its commands', () => {
  const items = ['- [ ] Drain it, on edge: `haproxyctl drain a`', '- [ ] `haproxyctl ready a` on `edge` says 1'];
  expect(placesOf('## Deploy', '', 'On `edge`:', ...fence('haproxyctl show'), ...items)).toEqual([
    'haproxyctl show @ edge',
    'haproxyctl drain a @ edge',
    'haproxyctl ready a @ edge',
  ]);
});

test.each([
  ['a branch', 'On `main`:', 'git pull'],
  ['what a command works on', 'On `tickets`:', 'reindex tickets'],
])('%s is no host', (_, lead, command) => {
  expect(placesOf('## Deploy', '', lead, ...fence(command))).toEqual([`${command} @ here`]);
});

test('a host in a cell of a table is no command', () => {
  const rows = ['| Check | How |', '|---|---|', '| Stop | `stop.sh` |', '| Report | mail from `wind-trend` |'];
  expect(placesOf('## Machines', '', '- `wind-trend` – Grafana', '', '## Deploy', '', ...rows).join()).not.toMatch(
    /wind-trend @/,
  );
});

test.each([
  ['On lb01 (ssh from the bastion, then sudo):', 'lb01'],
  ['Auf lb01 (per ssh vom jump01):', 'lb01'],
  ['Sur lb01 (via jump01) :', 'lb01'],
])('the way there is no place: %s', (lead, host) => {
  const named = 'Hosts: lb01 (HAProxy), jump01 (bastion).';
  expect(placesOf(named, '', '## Deploy', '', lead, ...fence('nginx -t'))).toEqual([`nginx -t @ ${host}`]);
});

test('the way to a machine without a name leaves the place open', () => {
  const lines = ['## Deploy', '', 'From the bastion:', ...fence('./look.sh')];
  const {proposal} = planOf(
    '# X',
    ...lines,
    'On the load balancer concerned (ssh from the bastion):',
    ...fence('nginx -t'),
  );
  const doubts = (proposal?.doubts ?? []).filter(({message}) => message.includes('"On the load balancer'));
  expect(doubts.map(({code, proposed}) => [code, proposed])).toEqual([['place-assumed', undefined]]);
});
