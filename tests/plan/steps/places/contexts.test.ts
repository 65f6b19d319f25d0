import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {kindOf} from '../../../../src/plan/plan.ts';
import {actionOf, commandAt, placeAt, planOf, stepAt} from '../../../helpers/plan-view.ts';

describe('a cd among other commands', () => {
  test('is followed by the shell alone: what comes after it runs where it ended', () => {
    for (const line of ['test -d b || mkdir b && cd b', 'make && cd ..', 'pushd b', 'if [ -d b ]; then cd b; fi']) {
      const plan = planOf('## Deploy', '```bash', 'cd /srv/app', line, 'ls', '```', '```bash', 'pwd', '```');
      expect([line, commandAt(plan, 4).directory, commandAt(plan, 5).directory]).toEqual([line, '/srv/app', undefined]);
      expect(commandAt(plan, 8).directory).toBeUndefined();
    }
  });

  test('of a subshell moves nothing', () => {
    const plan = planOf('## Deploy', '```bash', 'cd /srv/app', '(cd b && make)', 'x=$(cd c; pwd)', 'ls', '```');
    expect(commandAt(plan, 6).directory).toBe('/srv/app');
  });
});

describe('ssh', () => {
  const plan = planOf(
    '## Deploy', // 1
    '### One', // 2
    '```bash', // 3
    'make build', // 4
    'ssh -p 2222 me@web', // 5
    'cd /srv', // 6
    'ls a', // 7
    '```', // 8
    '### Two', // 9
    '```bash', // 10
    'cd app', // 11
    'ls b', // 12
    'exit', // 13
    'ls c', // 14
    '```', // 15
    '## Rollback', // 16
    '```bash', // 17
    'ls d', // 18
    '```', // 19
  );

  test('parts a code block where it goes to another host', () => {
    expect(placeAt(plan, 3)).toBe('local');
    expect(placeAt(plan, 7)).toBe('me@web');
  });

  test('holds for later code blocks of the same top-level section, with its directory', () => {
    expect(placeAt(plan, 10)).toBe('me@web');
    expect(commandAt(plan, 7).directory).toBe('/srv');
    expect(commandAt(plan, 12).directory).toBe('/srv/app');
  });

  test('ends at exit, and with the top-level section', () => {
    expect(placeAt(plan, 14)).toBe('local');
    expect(placeAt(plan, 17)).toBe('local');
    expect(commandAt(plan, 18).directory).toBeUndefined();
  });

  test('with a command runs it there, and the next one here again', () => {
    const one = planOf('## Deploy', '```bash', "ssh web 'ls'", 'ls here', '```');
    expect(placeAt(one, 2)).toBe('web');
    expect(commandAt(one, 3).text).toBe('ls');
    expect(placeAt(one, 4)).toBe('local');
  });

  test('with a here-document runs its lines there', () => {
    const one = planOf('## Deploy', '```bash', "ssh web <<'EOF'", 'ls', 'EOF', 'ls here', '```');
    expect(placeAt(one, 2)).toBe('web');
    expect(commandAt(one, 4).text).toBe('ls');
    expect(placeAt(one, 6)).toBe('local');
  });
});

describe('cd', () => {
  test('is no command, and gives the next ones their directory', () => {
    const plan = planOf('## Deploy', '```bash', 'cd a && make', 'cd ../b', 'make test', '```');
    expect(commandAt(plan, 3)).toMatchObject({text: 'make', directory: 'a'});
    expect(commandAt(plan, 5)).toMatchObject({text: 'make test', directory: 'b'});
  });

  test('inside an arm holds to the end of the arm', () => {
    const plan = planOf(
      '## Deploy',
      '```bash',
      'cd /srv',
      '# Restart',
      'make a',
      '# OR',
      'cd /other',
      'make b',
      '',
      'make c',
      '```',
    );
    expect([5, 8, 10].map(line => commandAt(plan, line).directory)).toEqual(['/srv', '/other', '/srv']);
  });
});

describe('contexts from outside the commands', () => {
  const bindings = {
    ...emptyBindings,
    hosts: {web: {matches: ['me@web'], destination: 'web.internal', directory: '/srv/app', line: 1}},
    contexts: {Backup: 'web'},
  };

  test('a section bound to a host runs there, in the directory of the host', () => {
    const plan = parsePlan(['## Preparation', '### Backup', '- [ ] Save: `cp a b`'].join('\n'), bindings);
    expect(actionOf(stepAt(plan, 3), 'script').context).toEqual({
      id: 'preparation:me@web',
      place: {kind: 'host', host: 'web', destination: 'me@web'},
      directory: '/srv/app',
    });
  });

  test('a directive says it for one code block', () => {
    const plan = parsePlan(
      ['## Deploy', '```bash {host=web}', 'ls a', '```', '```bash', 'ls b', '```'].join('\n'),
      bindings,
    );
    expect(kindOf(stepAt(plan, 2).action)).toBe('ssh');
    expect(kindOf(stepAt(plan, 5).action)).toBe('shell');
  });

  test('what ssh says in the document goes before the binding of the section', () => {
    const plan = parsePlan(['## Backup', '```bash', 'ssh you@db', 'ls', '```'].join('\n'), bindings);
    expect(actionOf(stepAt(plan, 2), 'script').context.place).toMatchObject({host: 'you@db'});
  });
});

describe('in a pod or a container', () => {
  test('what enters it by itself runs outside, and bare commands are for a person', () => {
    const plan = planOf(
      '## Deploy', // 1
      '### Inside a pod', // 2
      '```bash', // 3
      'kubectl exec deploy/shop -- cat /etc/version', // 4
      'cat /etc/version', // 5
      '```', // 6
    );
    expect(plan.steps.map(({action, line}) => [kindOf(action), line])).toEqual([
      ['shell', 3],
      ['manual', 5],
    ]);
    expect(placeAt(plan, 3)).toBe('local');
    expect(stepAt(plan, 5).instructions).toEqual(['in the pod', 'cat /etc/version']);
    expect(plan.placeholders).toEqual([]);
  });

  test('a host of that name is one all the same', () => {
    const bindings = {
      ...emptyBindings,
      hosts: {web: {matches: ['web container'], destination: 'root@ct101', line: 1}},
    };
    const plan = parsePlan(
      ['## Deploy', 'On the web container:', '', '```bash', 'ls /srv', '```'].join('\n'),
      bindings,
    );
    expect(plan.steps.map(({action}) => kindOf(action))).toEqual(['ssh']);
  });
});

test('a relative directory that is entered once more is the same one', () => {
  const plan = planOf(
    '## Deploy',
    '```bash',
    'cd infra/prod',
    'make a',
    '```',
    '## Rollback',
    '```bash',
    'cd infra/prod',
    'make b',
    '```',
  );
  expect(commandAt(plan, 9).directory).toBe('infra/prod');
});

test('a lead of nothing but host names is where the commands under it run; nothing of it runs here', () => {
  const plan = planOf('## Deploy', 'On pg-a:', '```bash', 'uptime', '```', 'On app1 and app2:', '```bash', 'ls', '```');
  expect([placeAt(plan, 2), placeAt(plan, 6)]).toEqual(['<pg-a>', '<app1 and app2>']);
  expect(placeAt(planOf('## Deploy', 'On success:', '```bash', 'uptime', '```'), 2)).toBe('local');
});
