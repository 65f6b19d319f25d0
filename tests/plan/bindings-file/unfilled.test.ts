import {describe, expect, test} from 'vitest';
import {mergeBindings, parseBindings, readFrontMatter} from '../../../src/plan/bindings-file/bindings.ts';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';

const read = (yaml: string, env: Record<string, string> = {}) => parseBindings(yaml, {file: 'tminus.yaml', env});
const openIn = (yaml: string) =>
  read(yaml).bindings.open?.map(({section, name, field, line}) => [section, name, field, line]);

describe('an entry without a value is a question, and no mistake', () => {
  test.each([
    ['values:\n  <v>:', ['values', '<v>', undefined, 2]],
    ['hosts:\n  vps:', ['hosts', 'vps', undefined, 2]],
    ['hosts:\n  vps: {matches: user@x, destination: }', ['hosts', 'vps', 'destination', 2]],
    ['databases:\n  main:\n    url: # later\n    default: true', ['databases', 'main', 'url', 2]],
    ['choices:\n  Step 2:', ['choices', 'Step 2', undefined, 2]],
    ['contexts:\n  Backup: ""', ['contexts', 'Backup', undefined, 2]],
    ['logs:\n  app: {tail: }', ['logs', 'app', 'tail', 2]],
    ['probes:\n  memory: {rss: , every: 5s}', ['probes', 'memory', 'rss', 2]],
    ['rollback:\n  requires:\n    - {run: }', ['rollback.requires', '', 'run', 3]],
    ['steps:\n  - match: Backup\n    run:', ['steps', '', 'run', 2]],
  ])('%j', (yaml, question) => {
    expect(read(yaml).problems).toEqual([]);
    expect(openIn(yaml)).toEqual([question]);
  });
});

test('what needs an open name waits with it, and what needs that waits as well', () => {
  const {bindings, problems} = read(`
hosts:
  vps: {destination: }
  other: {destination: ops@b}
databases:
  main: {url: "postgres://b", via: vps}
contexts: {Backup: vps, Deploy: other}
logs: {app: {on: vps, tail: /a.log}, web: {tail: /b.log}}
probes:
  memory: {rss: app, on: vps}
  errors: {log: app, count: ERROR}
  share: {log: web, count: ERROR, of: app}
  pool: {sql: select 1, on: main}
  asked: {sql: select 1}
  load: {run: uptime, on: other}
steps: [{match: a, run: b, on: vps}, {match: c, tables: [d]}, {match: e, run: f, on: other}]
rules: [{match: g, probe: memory}, {match: h, probe: load}]
rollback: {requires: [{on: vps, run: i}, {on: other, run: j}]}
`);
  expect(problems).toEqual([]);
  expect(Object.keys(bindings.hosts)).toEqual(['other']);
  expect(bindings.databases).toEqual({});
  expect(bindings.contexts).toEqual({Deploy: 'other'});
  expect(Object.keys(bindings.logs)).toEqual(['web']);
  expect(Object.keys(bindings.probes)).toEqual(['load']);
  expect(bindings.steps.map(({match}) => match)).toEqual(['e']);
  expect(bindings.rules.map(({match}) => match)).toEqual(['h']);
  expect(bindings.rollback.requires.map(({run}) => run)).toEqual(['j']);
  expect(bindings.open).toHaveLength(1);
});

test('lines of what is left are those of the file', () => {
  const {bindings} = read('steps:\n  - {match: a, run: }\n  - {match: b, run: c}\n');
  expect(bindings.steps.map(({match, line}) => [match, line])).toEqual([['b', 3]]);
});

test('a field that need not be there may be left open', () => {
  const {bindings, problems} = read('hosts:\n  vps: {destination: ops@a, directory: , matches: }\n');
  expect(problems).toEqual([]);
  expect(bindings.hosts['vps']).toMatchObject({destination: 'ops@a', matches: []});
  expect(bindings.open).toEqual([]);
});

test('a variable that is empty leaves its entry open', () => {
  expect(read('databases: {main: "${URL}"}', {URL: ''}).bindings.open).toMatchObject([
    {section: 'databases', name: 'main'},
  ]);
});

test('questions of two files come together, and front matter of other tools asks none', () => {
  const [one, other] = [read('hosts: {a: }').bindings, read('hosts: {b: }').bindings];
  expect(mergeBindings(one, other).open?.map(({name}) => name)).toEqual(['b', 'a']);
  expect(readFrontMatter('title: x\nhosts: {a: }', 2, {}).bindings.open).toEqual([]);
  expect(readFrontMatter('tminus: 1\nhosts: {a: }', 2, {}).bindings.open).toMatchObject([{name: 'a', line: 3}]);
});

test('front matter that is not ours is left alone, and the warning says how it would be ours', () => {
  const {problems} = readFrontMatter('title: x\nhosts: [a, b]', 2, {});
  expect(problems).toMatchObject([
    {severity: 'warning', line: 3, message: expect.stringContaining('not taken as bindings')},
  ]);
  expect(problems[0]?.hint).toContain('add `tminus: 1`');
});

describe('a check', () => {
  const document = '# R\n## Deploy\n```bash\nssh user@your-vps-ip\nsudo restart <app>\n```\n';
  const warnings = (yaml: string) => {
    const {bindings} = read(yaml);
    return parsePlan(document, bindings).problems.filter(({severity}) => severity === 'warning');
  };

  test('asks each question once, at the place where it is answered', () => {
    const found = warnings(
      'values:\n  <app>:\nhosts:\n  vps: {matches: user@your-vps-ip, destination: }\n  spare: {destination: }\ncontexts: {Deploy: }\n',
    );
    const said = found.map(({code, message, file, line, hint}) => [code, message.split(' has ')[0], file, line, hint]);
    expect(said.filter(([code]) => code === 'unfilled-binding')).toEqual([
      ['unfilled-binding', 'host spare', 'tminus.yaml', 5, expect.stringContaining('~/.ssh/config')],
      ['unfilled-binding', 'no place is chosen yet for "Deploy"', 'tminus.yaml', 6, 'write one of local, vps, spare'],
    ]);
    expect(said.filter(([code]) => code === 'unbound-placeholder')).toEqual([
      ['unbound-placeholder', 'user@your-vps-ip', undefined, 4, 'fill it in: destination in line 4 of the bindings'],
      ['unbound-placeholder', '<app>', undefined, 5, 'fill it in: its value in line 2 of the bindings'],
    ]);
  });

  test('has nothing to ask where nothing is open', () => {
    expect(parsePlan(document, emptyBindings).problems.some(({code}) => code === 'unfilled-binding')).toBe(false);
  });
});
