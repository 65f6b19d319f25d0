import {chmodSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {endProcessesWith, processesWith} from '../helpers/proc.ts';
import {newOperator, type Operator} from '../helpers/program.ts';

/** Nothing is decided by it: a rehearsal ends by what happens. */
const PATIENCE_MS = 1_800_000;

describe('a rehearsal without a terminal', {timeout: PATIENCE_MS}, () => {
  let boxes: string;
  let operator: Operator;
  beforeEach(() => {
    boxes = mkdtempSync(join(tmpdir(), 'tminus-boxes-'));
    // PostgreSQL runs as an account of its own in there.
    chmodSync(boxes, 0o755);
    operator = newOperator(tmpdir(), {TMPDIR: boxes});
  });
  afterEach(() => {
    operator?.stop();
    endProcessesWith(boxes);
    rmSync(boxes, {recursive: true, force: true, maxRetries: 5});
  });

  function expectNothingLeft(): void {
    expect(processesWith(boxes)).toEqual([]);
    expect(processesWith(operator.home)).toEqual([]);
    expect(readdirSync(boxes).filter(name => name.startsWith('tminus'))).toEqual([]);
  }

  test('plays the deploy and the rollback drill, trips nothing, prints the record and leaves nothing', async () => {
    const {code, out, said} = await operator.run('rehearse', '--plain');
    expect({code, said}).toMatchObject({code: 0, said: expect.stringContaining('deploy 0, rollback drill 4')});
    expect(out).toMatch(/run closed, succeeded/);
    expect(out).toMatch(/rolled-back/);
    expect(out).toContain('# ');
    const events = await operator.journal();
    expect(events.filter(({type}) => type === 'trigger-fired')).toEqual([]);
    const standings = events.flatMap(event => (event.type === 'rule-changed' ? event.assessment.standing.kind : []));
    expect(standings).toContain('ok');
    expect(standings).not.toContain('tripped');
    expectNothingLeft();
  });

  test('goes on over links that break, and nothing is taken for a failure', async () => {
    const {code, said, events} = await operator.run('rehearse', '--fault', 'ssh-drop', '--json');
    expect({code, said}).toMatchObject({code: 0, said: expect.stringContaining('deploy 0, rollback drill 4')});
    expect(events.filter(({type}) => type === 'link-lost').length).toBeGreaterThan(0);
    expect(events.filter(({type}) => type === 'trigger-fired')).toEqual([]);
    expectNothingLeft();
  });

  test('with a new version that does not start: the deploy fails, the drill restores, and every event is JSON', async () => {
    const {code, out, said} = await operator.run('rehearse', '--fault', 'bad-start', '--json');
    expect({code, said}).toMatchObject({code: 0, said: expect.stringContaining('deploy 3, rollback drill 4')});
    const lines = out.split('\n').filter(line => line !== '');
    const events = lines.map(line => JSON.parse(line) as Record<string, unknown>);
    expect(events.length).toBeGreaterThan(50);
    for (const event of events) {
      expect(event).toMatchObject({
        seq: expect.any(Number),
        at: expect.any(Number),
        by: expect.any(String),
        type: expect.any(String),
      });
    }
    const numbers = events.map(({seq}) => seq as number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(events.filter(({type}) => type === 'rollback-finished')).toMatchObject([{result: 'rolled-back'}]);
    expectNothingLeft();
  });

  test('knows its faults by name', async () => {
    const {code, said} = await operator.run('rehearse', '--fault', 'flood', '--plain');
    expect({code, said}).toEqual({code: 2, said: expect.stringContaining('bad-start')});
    expectNothingLeft();
  });
});
