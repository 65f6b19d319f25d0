import {describe, expect, test} from 'vitest';
import {readExpectations} from '../../../src/plan/phrases/expectations.ts';
import {judge} from '../../../src/run/judging/judge.ts';
import type {Outcome} from '../../../src/run/outcome.ts';
import {commands, script} from '../build.ts';

type Exited = Outcome & {kind: 'exited'};
const exited: Exited = {kind: 'exited', code: 0, durationMs: 1, commands: [], output: 'ok\n'};
const judged = (more: Partial<Exited>, expected = '') =>
  judge(script('s', 'deploy', [commands('true')], {expectations: readExpectations(expected, 1)}), {...exited, ...more});

describe('exit 0', () => {
  const left = {line: 3, text: 'exec $SHELL', notRun: []};

  test('fails where commands did not run, and names them', () => {
    const notRun = [4, 5, 6, 7, 8].map(line => ({line, text: `step ${line}`}));
    expect(judged({left: {...left, notRun}})).toMatchObject({
      kind: 'failed',
      because:
        'line 3: exec $SHELL ended the shell with 0; not run: line 4: step 4, line 5: step 5, line 6: step 6, line 7: step 7, and 1 more',
    });
    expect(judged({left: {...left, notRun}}, '# Should fail').kind).toBe('failed');
  });

  test('is put to a person where the last command took the shell away', () => {
    expect(judged({left})).toMatchObject({kind: 'judge', because: expect.stringContaining('was not seen')});
  });

  test('is put to a person where something failed inside', () => {
    const doubts = ['line 2: pg_dump app ended with 1 inside its pipeline'];
    const verdict = judged({doubts}, '# Should show: ok');
    expect(verdict).toMatchObject({kind: 'judge', because: `exit 0; a person judges: ${doubts[0]}`});
    expect(verdict.checks.map(({result}) => result)).toEqual(['met', 'judge']);
  });

  test('does not mend what was not met', () => {
    expect(judged({doubts: ['line 2: a ended with 1 inside its pipeline']}, '# Should show: done').kind).toBe('failed');
    expect(judged({code: 2, doubts: ['line 2: a ended with 1 inside its pipeline']}).because).toBe('exit 2');
  });

  test('passes with what could not be seen, and says so', () => {
    const unseen = ['line 2: how the first parts of the pipeline ended that another shell ran'];
    expect(judged({unseen})).toMatchObject({kind: 'passed', because: `exit 0; not seen: ${unseen[0]}`});
  });
});
