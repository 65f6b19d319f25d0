/** A login holds in its own section; beside it, it holds only with a question, and in another environment not at all. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {contextOf, emptyBindings} from '../../../../src/plan/plan.ts';

/** Where each command step runs; `?` with an open doubt about the place, `~` with one that has a proposal. */
function read(...lines: readonly string[]) {
  const {steps, proposal} = parsePlan(lines.join('\n'), emptyBindings);
  const places = (proposal?.doubts ?? []).filter(({code}) => code === 'place-assumed');
  return steps.flatMap(step => {
    const context = contextOf(step);
    if (step.action.kind === 'manual' || context === undefined) return [];
    const own = places.filter(doubt => doubt.steps.includes(step.id));
    const mark = own.some(({proposed}) => proposed === undefined) ? '?' : own.length > 0 ? '~' : '';
    return [`${step.line} ${context.place.kind === 'host' ? context.place.destination : 'here'}${mark}`];
  });
}

const block = (...commands: readonly string[]) => ['```sh', ...commands, '```'];
const login = (title: string, host: string) => [title, ...block(`ssh ${host}`, 'make build')];

test.each([
  ['### Staging', '### Produktion', 'sudo systemctl restart kasse'],
  ['### Recette', '### Production', 'php bin/console cache:clear'],
  ['### Pruebas', '### Producción', 'sudo systemctl restart reservas'],
  ['### Production', '### DR', './failover.sh'],
  ['### UAT (by hand)', '### Back to normal', 'make deploy'],
])('a login of %s is not taken into %s', (one, other, command) => {
  expect(read('# Till', '## Deployment', ...login(one, 'kasse@kasse-test1'), other, ...block(command))).toEqual([
    '4 kasse@kasse-test1',
    '9 here?',
  ]);
});

test('nor, in outermost sections, where the services look alike', () => {
  const staging = ['## Staging', ...block('ssh app@stage1', 'cd /srv/shop', 'make build')];
  expect(read('# Shop', ...staging, '## Production', ...block('sudo systemctl restart shop'))).toEqual([
    '3 app@stage1',
    '9 here?',
  ]);
});

test('nor into a rollback beside it', () => {
  expect(read('# Shop', '## Work', ...login('### Go', 'app@web1'), '### Rollback', ...block('make old'))).toEqual([
    '4 app@web1',
    '9 here?',
  ]);
});

test.each([
  [['### Stop', '### Migrate'], '9 app@web1?'],
  [['### Anhalten', '### Umziehen'], '9 app@web1?'],
  [['### 1. Stop', '### 2. Migrate'], '9 app@web1'],
  [['### Étape 1 : arrêt', '### Étape 2 : migration'], '9 app@web1'],
])('beside it, %j asks unless the sections are parts of one course', ([one = '', other = ''], expected) => {
  expect(read('# Shop', '## Work', ...login(one, 'app@web1'), other, ...block('make migrate'))[1]).toBe(expected);
});

test('parts of one course ask as well where the document knows other hosts', () => {
  const hosts = ['| Host | Use |', '|---|---|', '| web1 | shop |', '| db1 | data |', ''];
  const lines = [...hosts, '## Work', ...login('### 1. Stop', 'app@web1'), '### 2. Save', ...block('pg_dump shop')];
  expect(read('# Shop', ...lines).at(-1)).toBe('14 app@web1~');
});

test('in the sections inside its own it holds without a question', () => {
  const lines = ['## Work', ...login('### Web', 'app@web1'), '#### Stop', ...block('make stop'), '#### Start'];
  expect(read('# Shop', ...lines, ...block('make start'))).toEqual(['4 app@web1', '9 app@web1', '13 app@web1']);
});
