import {describe, expect, test} from 'vitest';
import {readExpectations} from '../../../src/plan/phrases/expectations.ts';
import type {Check} from '../../../src/plan/plan.ts';
import {checkHolds, judge} from '../../../src/run/judging/judge.ts';
import type {Outcome} from '../../../src/run/outcome.ts';
import {plainCommand as command} from '../../helpers/plan-parts.ts';
import {commands, script, step} from '../build.ts';

/** As a script's output stands in its outcome: each command, and then what it printed. */
function ran(...printed: readonly (readonly [command: string, output: string])[]): Outcome {
  return {
    kind: 'exited',
    code: 0,
    durationMs: 1,
    commands: printed.map(([text], index) => ({line: index + 1, text, code: 0, durationMs: 1})),
    output: printed.map(([text, output]) => `$ ${text}\n${output}`).join(''),
  };
}

function verdictOn(expected: string, outcome: Outcome): string {
  const expectations = readExpectations(expected, 1);
  return judge(script('s', 'deploy', [commands('true')], {expectations}), outcome).kind;
}

describe('what a script printed', () => {
  test('is not the commands that were printed before it', () => {
    expect(verdictOn('# Expected: foo', ran(['grep foo log || true', '']))).toBe('failed');
    expect(verdictOn('# Expected: 100+ files', ran(['ls /srv/100 | wc -l', '3\n']))).toBe('failed');
    expect(verdictOn('# Should be no output', ran(['cat errors', '']))).toBe('passed');
    expect(verdictOn('# Should NOT see: ERROR', ran(['grep ERROR log || true', '']))).toBe('passed');
  });

  test('is judged whole, wherever it stands', () => {
    const both = ran(['printf hello', 'hello'], ['kubectl get -o json', '{"status": "up", "pods": 3}\n']);
    expect(verdictOn('# Should show: hello', both)).toBe('passed');
    expect(
      verdictOn('# Expected: {"status": "up"}', ran(['kubectl get -o json', '{"status": "up", "pods": 3}\n'])),
    ).toBe('passed');
    expect(verdictOn('# Expected: 5+ users', ran(['wc -l < 3', '12\n']))).toBe('passed');
  });
});

test('a word that is expected is not met by a longer one', () => {
  const isActive: Check = {kind: 'contains', text: 'active', words: true};
  expect(checkHolds(isActive, {output: 'inactive\n'}).met).toBe(false);
  expect(checkHolds(isActive, {output: 'active_users: 3\n'}).met).toBe(false);
  expect(checkHolds(isActive, {output: 'unit is Active (running)\n'}).met).toBe(true);
  expect(checkHolds({kind: 'contains', text: 'a+b.', words: true}, {output: 'so a+b.'}).met).toBe(true);
  expect(checkHolds({kind: 'contains', text: 'activ'}, {output: 'inactive'}).met).toBe(true);
});

describe('a failure that is the success', () => {
  const failed = (code: number, output: string, lines: readonly number[] = [1]): Outcome => ({
    kind: 'exited',
    code,
    durationMs: 1,
    commands: lines.map((line, index) => ({
      line,
      text: 'try',
      code: index === lines.length - 1 ? code : 0,
      durationMs: 1,
    })),
    output,
  });

  test.each<[string, Outcome, string]>([
    ['# Should fail', failed(1, 'denied'), 'passed'],
    ['# Should fail', failed(0, 'welcome'), 'failed'],
    ['# Should fail', failed(127, 'try: not found'), 'failed'],
    ['# Expected: command not found', failed(127, 'try: command not found'), 'passed'],
    ['# Expected: permission denied', failed(13, 'Permission denied (publickey)'), 'passed'],
    ['# Expected: permission denied', failed(1, 'no such host'), 'failed'],
    ['# Expected: connection refused', failed(0, 'curl: (7) Connection refused'), 'judge'],
    ['# Should fail', {kind: 'timed-out', detail: 'after 5 s', durationMs: 5}, 'failed'],
    ['# Should fail', {kind: 'refused', reason: 'unreachable', detail: 'no route', durationMs: 5}, 'failed'],
    ['# Should fail', {kind: 'signalled', signal: 'KILL', durationMs: 5, commands: [], output: ''}, 'failed'],
    ['# Should fail', {kind: 'lost', detail: 'link lost', durationMs: 5}, 'unknown'],
  ])('%s', (text, outcome, verdict) => {
    expect(verdictOn(text, outcome)).toBe(verdict);
  });

  test('is only one where the last command failed: another failed before what should', () => {
    const expectations = readExpectations('# Should fail', 1);
    const both = {kind: 'commands', commands: [command('first', {line: 1}), command('second', {line: 2})]} as const;
    const own = script('s', 'deploy', [both], {expectations});
    expect(judge(own, failed(1, '', [1])).kind).toBe('failed');
    expect(judge(own, failed(1, '', [1, 2])).kind).toBe('passed');
  });

  test('is of a query an error of the server, not a database that cannot be reached', () => {
    const statement = {line: 4, text: 'select 1 from legacy', expectations: []};
    const own = step('s', 'verify', 'sql', {
      action: {kind: 'sql', statements: [statement]},
      expectations: readExpectations('-- Expected: relation "legacy" does not exist', 3),
    });
    expect(judge(own, failed(1, 'ERROR: relation "legacy" does not exist\n', [4])).kind).toBe('passed');
    expect(judge(own, failed(1, 'ERROR: syntax error\n', [4])).kind).toBe('failed');
    expect(judge(own, {kind: 'returned', tables: [], durationMs: 1}).kind).toBe('failed');
    const gone = {
      kind: 'refused',
      reason: 'database',
      detail: 'relation "legacy" does not exist',
      durationMs: 1,
    } as const;
    expect(judge(own, gone).kind).toBe('failed');
  });

  test('is of a request a status of the client, or no answer where the document says so', () => {
    const answer = (status: number): Outcome => ({
      kind: 'answered',
      answers: [{line: 1, status, body: '', timing: {firstByteMs: 1, totalMs: 1}}],
      durationMs: 1,
    });
    const asking = (text: string) =>
      step('s', 'verify', 'http', {action: {kind: 'http', requests: []}, expectations: readExpectations(text, 1)});
    expect(judge(asking('# Should be refused'), answer(401)).kind).toBe('passed');
    expect(judge(asking('# Should be refused'), answer(200)).kind).toBe('failed');
    expect(judge(asking('# Should be refused'), answer(503)).kind).toBe('failed');
    const gone: Outcome = {kind: 'refused', reason: 'unreachable', detail: 'connect ECONNREFUSED', durationMs: 1};
    expect(judge(asking('# Expected: connection refused'), gone).kind).toBe('passed');
    expect(judge(asking('# Should be refused'), gone).kind).toBe('failed');
  });
});

describe('how many there are of something', () => {
  test('is judged where the answer is nothing but a number, else by a person', () => {
    expect(verdictOn('# Expected: 100+ files', ran(['ls /srv | wc -l', '1,204\n']))).toBe('passed');
    expect(verdictOn('# Expected: 3 pods', ran(['kubectl get pods', 'web-1\nweb-2\n']))).toBe('judge');
  });
});

describe('a number', () => {
  test.each([
    'connection to 127.0.0.1 refused\n',
    'ERROR 1045 (28000): access denied\n',
    'psql: error: server "10.0.0.20", port 5432 failed\n',
    '16 of 20 indexes\n',
    'idx_1\nidx_2\n20\n',
    '2026-11-28\n',
    '1.2.3\n',
    '16 indexes\n',
    '4,5\n',
    '',
  ])('is not read out of %j: a person judges', output => {
    expect(verdictOn('# Expected: 14+ indexes', ran(['count-indexes', output]))).toBe('judge');
  });

  test.each([
    ['16\n', 'passed'],
    ['  16  \n', 'passed'],
    ['8\n', 'failed'],
    ['1,204\n', 'passed'],
    [' count \n-------\n    16\n(1 row)\n\n', 'passed'],
    ['+----------+\n| count(*) |\n+----------+\n|        9 |\n+----------+\n', 'failed'],
    [' a | b \n---+---\n 16 | 2\n(1 row)\n', 'judge'],
    [' a \n---\n 16\n 20\n(2 rows)\n', 'judge'],
  ])('is the whole of %j: %s', (output, verdict) => {
    expect(verdictOn('# Expected: 14+ indexes', ran(['count-indexes', output]))).toBe(verdict);
  });

  test('of a query is its one cell, and not the first figure of a row', () => {
    const table = (columns: readonly string[], ...rows: readonly (readonly (string | null)[])[]) => [
      {columns, rows, rowCount: rows.length},
    ];
    const wanted = {kind: 'number', op: '>=', value: 14} as const;
    expect(checkHolds(wanted, {tables: table(['count'], ['16'])})).toMatchObject({met: true, actual: '16'});
    expect(checkHolds(wanted, {tables: table(['count'], ['3'])})).toEqual({met: false, actual: '3'});
    expect(checkHolds(wanted, {tables: table(['name', 'size'], ['idx', '16'])}).unsure).toBe(true);
    expect(checkHolds(wanted, {tables: table(['count'], ['16'], ['20'])}).unsure).toBe(true);
    expect(checkHolds(wanted, {tables: table(['count'], [null])}).unsure).toBe(true);
  });
});

describe('a log that was searched', () => {
  const searched = (what: {absent: string} | {present: string}, matches: number, gone?: number) => {
    const action = {kind: 'log', source: 'error', ...what} as const;
    const outcome = {kind: 'counted', matches, lines: 10, sample: ['ERROR'], durationMs: 1} as const;
    return judge(step('s', 'verify', 'tail', {action}), gone === undefined ? outcome : {...outcome, gone});
  };

  test('says nothing of lines that are not kept any more, but what was found was there', () => {
    expect(searched({absent: 'ERROR'}, 0).kind).toBe('passed');
    expect(searched({absent: 'ERROR'}, 0, 7)).toMatchObject({
      kind: 'unknown',
      because: expect.stringContaining('7 lines before them are not kept any more'),
    });
    expect(searched({present: 'started'}, 0, 7).kind).toBe('unknown');
    expect(searched({absent: 'ERROR'}, 1, 7).kind).toBe('failed');
    expect(searched({present: 'started'}, 1, 7).kind).toBe('passed');
  });
});

describe('a text that has to come out several times', () => {
  test('is counted in the output', () => {
    const said = '# All three should say `present`';
    expect(verdictOn(said, ran(['./check', 'web present\ndb present\nlabels present\n']))).toBe('passed');
    expect(verdictOn(said, ran(['./check', 'web present\ndb missing\nlabels missing\n']))).toBe('failed');
  });

  test('two texts of one sentence must both come out', () => {
    const said = '# Expected: "syntax is ok" and "test is successful"';
    expect(verdictOn(said, ran(['nginx -t', 'syntax is ok\n']))).toBe('failed');
    expect(verdictOn(said, ran(['nginx -t', 'syntax is ok\ntest is successful\n']))).toBe('passed');
  });
});
