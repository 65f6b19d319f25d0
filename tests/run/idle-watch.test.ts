import {expect, test} from 'vitest';
import {isIdle} from '../../src/run/idle-watch.ts';
import {ana, exited, Run, rule, smallPlan} from './build.ts';

/** Deployed and watched, and the console is gone. */
function watched(): Run {
  const run = new Run({...smallPlan(), rules: [rule('p95', {samples: 2, consecutive: 1, windowMs: 60_000})]});
  run.intend({type: 'tick', stepId: 'review'}).ready().intend({type: 'run-step', stepId: 'migrate'}).ends(exited(0));
  run.intend({type: 'tick', stepId: 'look'});
  return run.given({type: 'console-left', consoleId: ana.id});
}

test('a watch is idle once nobody is attached, and until somebody is again', () => {
  const run = watched();
  expect(run.state.phase).toBe('watching');
  expect(isIdle(run.state)).toBe(true);
  expect(isIdle(run.given({type: 'console-joined', console: ana}).state)).toBe(false);
});

test('a rule past its limit, a lost link and a rollback that is not ready end it', () => {
  const slow = watched().after(1000);
  slow.report({
    type: 'samples-reported',
    samples: [1, 2, 3].map(n => ({signal: 'chat', at: slow.at - n, value: 1900})),
  });
  expect(isIdle(slow.state)).toBe(false);
  expect(isIdle(watched().given({type: 'link-lost', host: 'vps', detail: 'gone'}).state)).toBe(false);
  expect(isIdle(watched().ready([{ready: false, detail: 'no tag'}]).state)).toBe(false);
});

test('a deploy is never idle, whoever is there', () => {
  const run = new Run().given({type: 'console-left', consoleId: ana.id});
  expect(isIdle(run.state)).toBe(false);
});
