import {expect, test} from 'vitest';
import {compareRuns} from '../../../src/report/record/compare-runs.ts';
import {recordGithub} from '../../../src/report/record/record-github.ts';
import {recordJunit} from '../../../src/report/record/record-junit.ts';
import {exited, finished, opened, plan, recorded, rules, started, startedAt, stateAfter, steps} from '../builder.ts';

const attack = ']]></failure><b>&"\u0000\u001b[31m';
const events = recorded(
  opened,
  {type: 'step-ticked', stepId: steps.review.id},
  {...started(steps.restart.id), at: startedAt},
  {...finished(steps.restart.id, {kind: 'failed', because: attack}, exited('x', 1, attack)), at: startedAt + 1500},
  {type: 'step-skipped', stepId: steps.health.id, reason: 'flake'},
  {
    type: 'rule-changed',
    ruleId: rules.store.id,
    assessment: {standing: {kind: 'ok'}, value: 612, n: 9, because: '<1000'},
  },
  {type: 'run-closed', status: 'failed', exitCode: 3, because: 'a step failed', at: startedAt + 9000},
);
const source = {plan, state: stateAfter(events), events};

test('JUnit: a suite a section, failures with their reason, what was not reached is skipped', () => {
  const xml = recordJunit(source);
  expect(xml).toMatch(/<testsuite name="Before" tests="\d+" failures="0" errors="0" skipped="\d+"/);
  expect(xml).toMatch(
    /<testcase classname="How" name="Restart: \(line \d+\)" time="0\.4\d*">\n<failure message="\]\]&gt;&lt;\/failure&gt;/,
  );
  expect(xml).toContain('<skipped message="ana: flake"/>');
  expect(xml).toContain('<skipped message="not reached"/>');
  expect(xml).toMatch(/<testsuite name="Rules"/);
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  expect(opensAndCloses(xml)).toBe(true);
});

function opensAndCloses(xml: string): boolean {
  const open: string[] = [];
  for (const [, slash, name, closed] of xml.matchAll(/<(\/?)([a-z-]+)[^<>]*?(\/?)>/g)) {
    if (closed === '/') continue;
    if (slash === '') open.push(name ?? '');
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

test('the summary of a job says first how it ended and why, and folds the rest away', () => {
  const text = recordGithub(source);
  expect(text.split('\n')[0]).toBe('## ❌ Shop release: failed: a step failed');
  expect(text.indexOf('### Cause')).toBeLessThan(text.indexOf('<details><summary>Transcript</summary>'));
  expect(text.replaceAll(/```text[\s\S]*?```/g, '')).not.toMatch(/(?<!\\)<b>/);
});

test('a summary of a job is never larger than GitHub takes, and says what it leaves out', () => {
  const notes = Array.from(
    {length: 6000},
    (_, index) => ({type: 'note-added', text: `${index} ${'x'.repeat(220)}`}) as const,
  );
  const long = recorded(opened, ...notes);
  const text = recordGithub({plan, state: stateAfter(long), events: long});
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(text).toMatch(/\d more parts? too long/);
});

test('two runs side by side: their ends, times, steps that differ, and rules', () => {
  const good = recorded(
    opened,
    {...started(steps.restart.id), at: startedAt},
    {...finished(steps.restart.id, {}, exited('x', 0)), at: startedAt + 60_000},
    {type: 'run-closed', status: 'succeeded', exitCode: 0, because: 'done', at: startedAt + 90_000},
  );
  const text = compareRuns(source, {plan, state: stateAfter(good), events: good});
  expect(text).toContain('| result | failed: a step failed | succeeded: done |');
  expect(text).toMatch(/\| How \| 1\.5 s \| 01:00 \|/);
  expect(text).toContain('| How: Restart: | failed | passed |');
  expect(text).toContain('| How: Health | skipped | pending |');
  expect(text).toMatch(/\| mean store_message \| ok 612 ms \| /);
});
