import {describe, expect, test} from 'vitest';
import {bindPlan} from '../../../src/plan/apply-bindings/bind-plan.ts';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import {contextFor, matchHost} from '../../../src/plan/bindings-file/named-places.ts';
import type {Bindings} from '../../../src/plan/bindings-file/types.ts';
import type {Plan, Step} from '../../../src/plan/plan.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {emptyPlan, plainSection, plainStep} from '../../helpers/plan-parts.ts';

const kindsOf = ({steps}: Plan) => steps.map(({action}) => kindOf(action));

const section = plainSection('verify', 'verify', {title: 'Step 3: Verify', line: 10, depth: 3, parent: 'top'});
const top = plainSection('top', 'deploy', {title: 'Deployment'});

function step(line: number, title: string, more: Partial<Step> = {}): Step {
  return plainStep(`L${line}`, 'verify', {title, line, boxes: [line], ...more});
}

function plan(parts: Partial<Plan>): Plan {
  return {...emptyPlan, sections: [top, section], ...parts};
}

function bindings(yaml: string): Bindings {
  const read = parseBindings(yaml, {file: '/srv/tminus.yaml', env: {}});
  expect(read.problems).toEqual([]);
  return read.bindings;
}

const vps = 'hosts: {vps: {matches: user@your-vps-ip, destination: deploy@host, directory: /srv/app}}\n';

describe('steps', () => {
  test('a piece of the title is enough, whatever its case and emphasis', () => {
    const draft = plan({steps: [step(5, 'Verify **database** connection working')]});
    const bound = bindPlan(
      draft,
      bindings('databases: {main: "postgres://h/d"}\nsteps: [{match: "DATABASE connection", sql: select 1, on: main}]'),
    );
    expect(bound.problems).toEqual([]);
    expect(bound.steps[0]).toMatchObject({
      action: {kind: 'sql', database: 'main', statements: [{line: 5, text: 'select 1'}]},
    });
  });

  test('a command runs on the host it names, in the directory of that host', () => {
    const bound = bindPlan(
      plan({steps: [step(5, 'No conflicts')]}),
      bindings(`${vps}steps: [{match: conflicts, run: pip check, on: vps, timeout: 1m, retries: 1}]`),
    );
    expect(bound.steps[0]).toMatchObject({
      timeoutMs: 60_000,
      retries: 1,
      action: {
        kind: 'script',
        context: {place: {kind: 'host', host: 'vps', destination: 'user@your-vps-ip'}, directory: '/srv/app'},
        stages: [{kind: 'commands', commands: [{line: 5, text: 'pip check'}]}],
      },
    });
  });

  test('without `on` it runs where its section would', () => {
    const draft = plan({steps: [step(5, 'No conflicts')]});
    const here = bindPlan(draft, bindings('steps: [{match: conflicts, run: pip check}]'));
    const there = bindings(`${vps}contexts: {Deployment: vps}\nsteps: [{match: conflicts, run: pip check}]`);
    expect(kindsOf(here)).toEqual(['shell']);
    expect(kindsOf(bindPlan(draft, there))).toEqual(['ssh']);
  });

  test('what the bindings expect is checked, and spares a person what only a person could judge', () => {
    const draft = plan({
      steps: [
        step(5, 'Health', {
          expectations: [
            {text: 'Expected: fine', line: 6, readable: false},
            {text: 'Expected: 200', line: 7, readable: true, check: {kind: 'status', codes: [200]}},
          ],
        }),
      ],
    });
    const bound = bindPlan(
      draft,
      bindings('steps: [{match: Health, http: "http://h/x", expect: {json: {ok: true}, within: 2s}}]'),
    );
    expect(bound.steps[0]?.expectations.map(({check}) => check)).toEqual([
      {kind: 'status', codes: [200]},
      {kind: 'json', subset: {ok: true}},
      {kind: 'duration', op: '<=', value: 2000},
    ]);
  });

  test('tables come from the binding, or from the names in the title', () => {
    const draft = plan({steps: [step(30, 'Tables exist: `ai_messages`, `core.users`')]});
    const [named] = bindPlan(draft, bindings('steps: [{match: tables exist, tables: true}]')).steps;
    expect(named).toMatchObject({
      action: {kind: 'sql'},
      expectations: [{text: 'no table is missing', check: {kind: 'rows', op: '=', value: 0}}],
    });
    expect(JSON.stringify(named?.action)).toContain("('ai_messages'), ('core.users')");
    const [given] = bindPlan(draft, bindings('steps: [{match: tables exist, tables: ["o\'brien"]}]')).steps;
    expect(JSON.stringify(given?.action)).toContain("('o''brien')");
  });

  test('a destructive command is marked, and a date in it captured', () => {
    const [bound] = bindPlan(
      plan({steps: [step(5, 'Clean')]}),
      bindings('steps: [{match: Clean, run: "rm -rf old.$(date +%Y%m%d)"}]'),
    ).steps;
    expect(bound?.destructive).toContain('deletes');
    expect(bound).toMatchObject({
      action: {stages: [{commands: [{captures: [{expression: '$(date +%Y%m%d)', name: 'YYYYMMDD'}]}]}]},
    });
  });

  test('a match that finds nothing, or too much, is a problem with a way out', () => {
    const draft = plan({
      steps: [
        step(5, 'Verify database connection working'),
        step(8, 'Check logs'),
        step(9, 'Check logs again'),
        step(12, 'Check'),
      ],
    });
    const yaml =
      'steps:\n  - {match: databse connection, run: x}\n  - {match: check logs a, run: x}\n  - {match: "line:8", run: x}\n  - {match: logs, run: x}\n';
    expect(bindPlan(draft, bindings(yaml)).problems).toMatchObject([
      {
        code: 'unknown-binding',
        line: 2,
        file: '/srv/tminus.yaml',
        hint: 'did you mean "Verify database connection working"?',
      },
      {code: 'ambiguous-binding', line: 5, message: '"logs" matches 2 steps, at lines 8, 9'},
    ]);
    const all = bindPlan(draft, bindings('steps: [{match: logs, all: true, run: x}]'));
    expect(all.steps.map(({action}) => kindOf(action))).toEqual(['manual', 'shell', 'shell', 'manual']);
    expect(kindsOf(bindPlan(draft, bindings('steps: [{match: check, run: x}]')))[3]).toBe('shell');
  });
});

describe('placeholders and contacts', () => {
  const open = (text: string) => ({text, lines: [1], bound: false});

  test('are bound by values, by hosts and by captures; secrets stay unseen', () => {
    const command = {
      line: 3,
      text: 'cp a a.$(date +%Y%m%d)',
      captures: [{expression: '$(date +%Y%m%d)', name: 'YYYYMMDD'}],
      inputs: [],
    };
    const draft = plan({
      placeholders: ['your-domain.com', '<token>', 'user@your-vps-ip', '<vps>', 'YYYYMMDD', '<open>'].map(open),
      steps: [
        step(3, 'Backup', {
          action: {
            kind: 'script',
            context: {id: 'local', place: {kind: 'local'}},
            stages: [{kind: 'commands', commands: [command]}],
          },
        }),
      ],
    });
    const bound = bindPlan(
      draft,
      bindings(`${vps}values: {your-domain.com: a.test, token: {value: hidden, secret: true}}`),
    );
    expect(bound.placeholders).toEqual([
      {text: 'your-domain.com', lines: [1], bound: true, value: 'a.test'},
      {text: '<token>', lines: [1], bound: true},
      {text: 'user@your-vps-ip', lines: [1], bound: true, value: 'deploy@host'},
      {text: '<vps>', lines: [1], bound: true, value: 'deploy@host'},
      {text: 'YYYYMMDD', lines: [1], bound: false, capture: true},
      {text: '<open>', lines: [1], bound: false},
    ]);
  });

  test('contacts fill the blanks of the document and may add to it', () => {
    const draft = plan({contacts: [{role: 'On-Call', name: '', line: 385, blank: true}]});
    expect(bindPlan(draft, bindings('contacts: {on-call: Ana, DBA: Bo}')).contacts).toEqual([
      {role: 'On-Call', name: 'Ana', line: 385, blank: false},
      {role: 'DBA', name: 'Bo', line: 0, blank: false},
    ]);
  });
});

describe('hosts and contexts', () => {
  test('a destination is found as the document writes it', () => {
    const bound = bindings('hosts: {vps: {matches: [user@your-vps-ip, your-db], destination: deploy@host}}');
    expect(matchHost('user@your-vps-ip', bound)).toBe('vps');
    expect(matchHost('postgres@your-db', bound)).toBe('vps');
    expect(matchHost('vps', bound)).toBe('vps');
    expect(matchHost('root@your-vps-ip', bound)).toBeUndefined();
  });

  test('the innermost section that is named decides', () => {
    const bound = bindings('hosts: {a: x, b: y}\ncontexts: {deployment: a, "step 3": b}');
    expect(contextFor(['Step 3: Verify', 'Deployment'], bound)).toBe('b');
    expect(contextFor(['Step 4', 'DEPLOYMENT'], bound)).toBe('a');
    expect(contextFor(['Other'], bound)).toBeUndefined();
  });
});
