import {expect, test} from 'vitest';
import type {Plan} from '../../../src/plan/plan.ts';
import {RECORD_HEADING, record} from '../../../src/report/record/record-markdown.ts';
import {initialState} from '../../../src/run/evolve.ts';
import {
  exited,
  finished,
  lineOf,
  opened,
  plan,
  recorded,
  rules,
  started,
  startedAt,
  stateAfter,
  steps,
  template,
} from '../builder.ts';

const untickedTemplate = template.map(line => line.replace('[x]', '[ ]'));

function document(events: ReturnType<typeof recorded>, of: Plan = plan): readonly string[] {
  return (
    record({plan: of, state: stateAfter(events, of), events})
      .split(`\n\n---\n\n${RECORD_HEADING}\n`)[0]
      ?.split('\n') ?? []
  );
}

function lineAfter(events: ReturnType<typeof recorded>, at: string): string | undefined {
  return document(events)[lineOf(at) - 1];
}

const deployed = recorded(
  opened,
  {type: 'step-ticked', stepId: steps.review.id},
  {type: 'input-filled', stepId: steps.stamp.id, blankId: `B${steps.stamp.line}`, value: '2025-11-02 13:59'},
  {type: 'step-ticked', stepId: steps.stamp.id},
  {type: 'value-captured', name: 'YYYYMMDD', value: '20251102', on: 'local'},
  {type: 'choice-made', choiceId: steps.how.id, armId: 'B', because: 'bindings'},
  {...started(steps.restart.id), on: 'vps', at: startedAt},
  {...finished(steps.restart.id, {}, exited('sudo systemctl restart shop', 0)), at: startedAt + 120_000, by: 'ana'},
  {...started(steps.health.id), at: startedAt + 130_000},
  {
    ...finished(steps.health.id, {kind: 'failed', because: 'status 503, expected 2xx'}, exited('x', 0)),
    at: startedAt + 131_000,
  },
  {type: 'step-skipped', stepId: steps.health.id, reason: 'known <b>flake</b>', at: startedAt + 140_000},
  {type: 'note-added', text: 'slow start', at: startedAt + 150_000},
  {type: 'phase-changed', phase: 'watching', because: 'steps done', at: startedAt + 760_000},
);

test('the record of an untouched run is the template and the appendix', () => {
  const untouched = record({plan, state: initialState, events: []});
  expect(untouched.startsWith(`${untickedTemplate.join('\n')}\n\n---\n\n${RECORD_HEADING}\n`)).toBe(true);
});

test('a tick of the template is no evidence and goes', () => {
  expect(template[lineOf('Error rate <') - 1]).toContain('[x]');
  expect(lineAfter(recorded(opened), 'Error rate <')).toBe('- [ ] Error rate < 0.1%');
});

test('only lines the run has something to say about differ, and none moves', () => {
  const lines = document(deployed);
  expect(lines).toHaveLength(template.length);
  const changed = lines.flatMap((line, index) => (line === untickedTemplate[index] ? [] : [index + 1]));
  expect(changed).toEqual(
    [
      '**Deployment Date:**',
      '**Deployed By:**',
      'Review approved',
      'Backup taken',
      'Press the button',
      'Restart:',
      'Health:',
      '**Start Time:**',
      '**End Time:**',
      '**Total Duration:**',
      '[Add any notes here]',
    ].map(lineOf),
  );
});

test('a box is ticked with who, when and on what evidence', () => {
  expect(lineAfter(deployed, 'Review approved')).toBe('- [x] Review approved — ana 13:59');
  expect(lineAfter(deployed, 'Restart:')).toBe('- [x] Restart: — ana 14:02 exit 0');
});

test('what did not pass stays unticked and says why, in harmless Markdown', () => {
  expect(lineAfter(deployed, 'Health:')).toBe(
    '- [ ] Health: `curl https://your-domain.com/health` — skipped by ana 14:02: known \\<b>flake\\</b>',
  );
  expect(lineAfter(deployed, 'Press the button')).toBe(
    '- [ ] Press the button — not applicable: Option B: By hand was chosen',
  );
  const lost = recorded(
    opened,
    started(steps.restart.id),
    finished(steps.restart.id, {kind: 'unknown', because: 'link lost'}, exited('x', 0)),
  );
  expect(lineAfter(lost, 'Restart:')).toBe('- [ ] Restart: — unknown 13:59: link lost');
});

test('blanks are filled by people and, where it knows, by the run itself', () => {
  expect(lineAfter(deployed, 'Deployment Date')).toBe('**Deployment Date:** 2025-11-02');
  expect(lineAfter(deployed, 'Deployed By')).toBe('**Deployed By:** ana');
  expect(lineAfter(deployed, 'Backup taken')).toBe('- [x] Backup taken (timestamp: 2025-11-02 13:59) — ana 13:59');
  expect(lineAfter(deployed, 'Start Time')).toBe('**Start Time:** 2025-11-02T14:00:00Z');
  expect(lineAfter(deployed, 'End Time')).toBe('**End Time:** 2025-11-02T14:12:40Z');
  expect(lineAfter(deployed, 'Total Duration')).toBe('**Total Duration:** 12:40');
  expect(lineAfter(deployed, '[Add any notes here]')).toBe('14:02 ana: slow start');
});

test('nobody signs but a person, and the date beside a signature waits for it', () => {
  expect(lineAfter(deployed, '**Signed Off By:**')).toBe('**Signed Off By:** _____________');
  expect(lineAfter(deployed, '**Date:**')).toBe('**Date:** _____________');
  const signed = recorded(opened, {
    type: 'input-filled',
    stepId: steps.signed.id,
    blankId: `B${steps.signed.line}`,
    value: 'Ana',
  });
  expect(lineAfter(signed, '**Signed Off By:**')).toBe('**Signed Off By:** Ana');
});

test('of what happened on another day than the run was opened the day is told', () => {
  const later = startedAt + 36 * 3_600_000;
  const said = recorded(
    opened,
    {type: 'step-ticked', stepId: steps.review.id, at: later},
    {type: 'note-added', text: 'calm', at: later},
  );
  const text = record({plan, state: stateAfter(said), events: said});
  expect(text).toMatch(/^- \[x\] Review approved — \S+ 2025-11-04 02:00$/m);
  expect(text).toMatch(/^2025-11-04 02:00 \S+: calm$/m);
});

test('of a radio list the chosen item alone is ticked', () => {
  const chosen = recorded(opened, {type: 'choice-made', choiceId: steps.final.id, armId: 'bad', because: 'ana'});
  expect(lineAfter(chosen, '- [ ] Successful')).toBe('- [ ] Successful');
  expect(lineAfter(chosen, '- [ ] Failed')).toBe('- [x] Failed - Rolled Back — ana 13:59');
});

test('after a rollback the answer that says so is known, and a person may still give another', () => {
  const over = {
    type: 'rollback-finished',
    result: 'rolled-back',
    verdict: 'verified',
    because: 'ok',
    left: [],
  } as const;
  const asked = {type: 'rollback-requested', because: 'ana', startsAt: startedAt} as const;
  const rolledBack = recorded(opened, asked, over);
  expect(lineAfter(rolledBack, '- [ ] Failed')).toMatch(/^- \[x\] Failed - Rolled Back — engine, .* 13:59$/);
  expect(lineAfter(rolledBack, '- [ ] Successful')).toBe('- [ ] Successful');
  const chosen = {type: 'choice-made', choiceId: steps.final.id, armId: 'good', because: 'ana'} as const;
  expect(lineAfter(recorded(opened, asked, over, chosen), '- [ ] Failed')).toBe('- [ ] Failed - Rolled Back');
  expect(lineAfter(recorded(opened), '- [ ] Failed')).toBe('- [ ] Failed - Rolled Back');
});

test.each([
  ['rollback-failed', 'failed'],
  ['rollback-failed', 'unverified'],
] as const)('of a rollback that ended as %s, %s, nobody says that the old version is back', (result, verdict) => {
  const over = {type: 'rollback-finished', result, verdict, because: 'exit 1', left: []} as const;
  const asked = {type: 'rollback-requested', because: 'ana', startsAt: startedAt} as const;
  expect(lineAfter(recorded(opened, asked, over), '- [ ] Failed')).toBe('- [ ] Failed - Rolled Back');
});

test('a record of a run that is not over says where the run is, and up to which event it tells', () => {
  const text = appendixOf(
    recorded(opened, {type: 'phase-changed', phase: 'running', because: 'ana'}, started(steps.restart.id)),
  );
  expect(text).toContain('- Result: running: Restart');
  expect(text).toMatch(/- So far: as of \S+Z, event 3; the run is not closed/);
});

test('a contact of the bindings stands where the document leaves room for it', () => {
  const known = {...plan, contacts: [{role: 'DevOps', name: 'Bo +49 1', line: lineOf('- DevOps'), blank: false}]};
  expect(document(recorded(opened), known)[lineOf('- DevOps') - 1]).toBe('- DevOps: Bo +49 1');
});

test('a trigger is ticked when it fired, also after the rollback it called for, and not when it was dismissed', () => {
  const fired = {type: 'trigger-fired', ruleId: rules.p95.id, evidence: 'P95 1612 ms', samples: []} as const;
  const rolledBack = recorded(opened, fired, {
    type: 'rollback-finished',
    result: 'rolled-back',
    because: 'verified',
    left: [],
  });
  expect(lineAfter(rolledBack, 'P95 response time')).toBe('- [x] P95 response time >1500ms — fired 13:59: P95 1612 ms');
  const dismissed = recorded(opened, fired, {type: 'trigger-dismissed', ruleId: rules.p95.id, reason: 'load test'});
  expect(lineAfter(dismissed, 'P95 response time')).toMatch(/^- \[ \] .*; dismissed: load test$/);
});

test('a rule that holds so far says so, and is not ticked before its step passed', () => {
  const assessment = {standing: {kind: 'ok'}, value: 612, n: 143, because: '<1000'} as const;
  const held = recorded(opened, {type: 'rule-changed', ruleId: rules.store.id, assessment});
  expect(lineAfter(held, 'store_message:')).toBe(
    '- [ ] store_message: <1000ms (target 745ms) — so far ok 612 ms, < 1000 ms (target 745), 143 readings',
  );
  const passed = recorded(opened, {
    type: 'step-ticked',
    stepId: steps.store.id,
    note: 'held over its window',
    by: 'engine',
  });
  expect(lineAfter(passed, 'store_message:')).toMatch(/^- \[x\] .* — engine 13:59 held over its window$/);
});

test('hard line breaks survive what is written before them', () => {
  const spaced = {...plan, source: template.map(line => `${line}  `)};
  const lines = document(deployed, spaced);
  expect(lines[lineOf('Review approved') - 1]).toBe('- [x] Review approved — ana 13:59  ');
  expect(lines[lineOf('Deployed By') - 1]).toBe('**Deployed By:** ana  ');
});

test('the appendix tells the timeline, the captures, the verdicts, the transcript and the notes, in UTC and T+', () => {
  const text = record({plan, state: stateAfter(deployed), events: deployed});
  const appendix = text.slice(text.indexOf(RECORD_HEADING));
  expect(appendix).toContain('| 2025-11-02T14:02:00Z | T+00:02:00 | ana | Restart: passed: exit 0 |');
  expect(appendix).toContain('| YYYYMMDD | 20251102 | local |');
  expect(appendix).toMatch(/\| P95 response time \| > 1500 ms \| not judged \(3 more readings needed\) \|/);
  expect(appendix).toContain('$ sudo systemctl restart shop\n  exit 0 · 0.4 s');
  expect(appendix).toContain('- 2025-11-02T14:02:30Z ana: slow start');
});

test('the transcript has the text of each query, and what a person has judged since', () => {
  const sql: Plan['steps'][number] = {
    ...steps.review,
    id: 'L900',
    title: 'Count the orders',
    action: {
      kind: 'sql',
      statements: [
        {line: 901, text: 'create table done (id int)', expectations: []},
        {line: 902, text: 'select count(*) from orders', expectations: []},
      ],
    },
  };
  const own = {...plan, steps: [...plan.steps, sql]};
  const tables = [
    {columns: [], rows: [], rowCount: 0},
    {columns: ['count'], rows: [['41']], rowCount: 1},
  ];
  const events = recorded(
    opened,
    started('L900'),
    finished('L900', {kind: 'judge', because: 'a person judges'}, {kind: 'returned', tables, durationMs: 5}),
  );
  const of = (all: typeof events) => record({plan: own, state: stateAfter(all, own), events: all});
  const text = of(events);
  expect(text).toContain('create table done (id int)\n(0 rows)\nselect count(*) from orders\ncount\n41\n(1 row)');
  expect(text).toContain('**to be judged**: a person judges');
  const judged = of(recorded(...events, {type: 'step-ticked', stepId: 'L900'}));
  expect(judged).toContain('**passed**: a person judges; it holds, says ana');
});

test('a command is no line of its own output', () => {
  const text = appendixOf(
    recorded(
      opened,
      started(steps.restart.id),
      finished(
        steps.restart.id,
        {kind: 'failed', because: 'exit 1'},
        exited('test -e READY', 1, '$ cat VERSION\nv42\n$ test -e READY\n'),
      ),
      {type: 'rollback-requested', because: 'asked for by ana', startsAt: startedAt},
    ),
  );
  expect(text).toContain('- Last line of its output: v42');
});

test('a verdict is held against what was sampled before the deploy', () => {
  const samples = (value: number, from: number) =>
    Array.from({length: 5}, (_, index) => ({signal: 'store_message', at: from + index * 1000, value}));
  const events = recorded(
    opened,
    {type: 'sample-taken', samples: samples(2000, startedAt - 9000), at: startedAt - 4000},
    {...started(steps.restart.id), at: startedAt},
    {type: 'sample-taken', samples: samples(745, startedAt + 1000), at: startedAt + 6000},
    {
      type: 'rule-changed',
      ruleId: rules.store.id,
      assessment: {standing: {kind: 'ok'}, value: 745, n: 5, because: '<1000'},
      at: startedAt + 6000,
    },
  );
  expect(record({plan, state: stateAfter(events), events})).toContain(
    '| mean store_message | < 1000 ms (target 745) | ok | 745 ms | 5 | 2000 ms | -63 % |',
  );
});

test('the same run gives the same record, and output cannot end its code block', () => {
  const events = recorded(
    opened,
    started(steps.backup.id),
    finished(steps.backup.id, {kind: 'failed', because: 'exit 1'}, exited('cp', 1, '```\n````\n# not a heading')),
  );
  const text = record({plan, state: stateAfter(events), events});
  expect(record({plan, state: stateAfter(events), events})).toBe(text);
  expect(text).toContain('`````text\n$ cp');
});

test('the appendix says which outages of restarts were not judged, and what restarted', () => {
  const downtime = {signal: 'health', stepId: steps.restart.id, from: startedAt, to: startedAt + 14_000, n: 9};
  const state = {...stateAfter(deployed), downtimes: [{...downtime, outFrom: startedAt}]};
  const text = record({plan, state, events: deployed});
  expect(text).toContain('## Downtime');
  expect(text).toMatch(/\| 2025-11-02T14:00:00Z \| health \| outage 14 s, 9 requests \| \d+ \| Restart[^|]* \|/);
  expect(record({plan, state: stateAfter(deployed), events: deployed})).not.toContain('## Downtime');
});

function appendixOf(events: ReturnType<typeof recorded>): string {
  const text = record({plan, state: stateAfter(events), events});
  return text.slice(text.indexOf(RECORD_HEADING));
}

test('the cause of a rollback is told with the trigger, the step that failed, its last line, and how long it took', () => {
  const failed = finished(
    steps.restart.id,
    {kind: 'failed', because: 'exit 1 from line 20'},
    exited('sudo systemctl restart shop', 1, 'starting\nbind: address already in use\n'),
  );
  const long = `cp -r ${'backup/'.repeat(60)} .`;
  const text = appendixOf(
    recorded(
      opened,
      {...started(steps.restart.id), at: startedAt},
      {...failed, at: startedAt + 5000},
      {type: 'trigger-fired', ruleId: rules.p95.id, evidence: 'P95 1612 ms', samples: [], at: startedAt + 6000},
      {type: 'rollback-requested', because: 'asked for by ana', startsAt: startedAt + 9000, at: startedAt + 9000},
      {
        type: 'rollback-finished',
        result: 'rolled-back',
        because: 'verified',
        left: [`vps: cd /srv/shop && ${long}\nstart it`, 'by hand: tell the team'],
        at: startedAt + 69_000,
      },
    ),
  );
  const cause = text.slice(text.indexOf('## Cause'), text.indexOf('## Sections'));
  expect(cause).toContain('- Trigger: 2025-11-02T14:00:06Z P95 response time > 1500 ms');
  expect(cause).toContain('failed, exit 1 from line 20');
  expect(cause).toContain('- Last line of its output: bind: address already in use');
  expect(cause).toContain('- Rollback asked for: 2025-11-02T14:00:09Z by ana');
  expect(cause).toContain('- Rollback took: 01:00 from the request to its end, T+00:01:09');
  // Whole, to be copied: what is cut runs nothing.
  expect(cause).toContain(`Left to run:\n\n\`\`\`text\nvps: cd /srv/shop && ${long}\nstart it\n\`\`\``);
  expect(cause).toContain('- Left to do by hand: tell the team');
  expect(appendixOf(deployed)).not.toContain('## Cause');
});

test('the cause names what failed first, and each try of the rollback', () => {
  const failed = finished(steps.restart.id, {kind: 'failed', because: 'exit 1 from line 20'}, exited('restart', 1, ''));
  const asked = (seconds: number) =>
    ({
      type: 'rollback-requested',
      because: 'asked for by ana',
      startsAt: 0,
      at: startedAt + seconds * 1000,
    }) as const;
  const ended = (result: 'rolled-back' | 'rollback-failed', because: string, seconds: number) =>
    ({type: 'rollback-finished', result, because, left: [], at: startedAt + seconds * 1000}) as const;
  const text = appendixOf(
    recorded(
      opened,
      {...started(steps.restart.id), at: startedAt},
      {...failed, at: startedAt + 5000},
      asked(9),
      ended('rollback-failed', 'Start: exit 5', 20),
      asked(30),
      ended('rolled-back', 'verified', 40),
    ),
  );
  const cause = text.slice(text.indexOf('## Cause'), text.indexOf('## Sections'));
  expect(cause).toContain('failed, exit 1 from line 20');
  expect(cause).toContain('- Rollback asked for: 2025-11-02T14:00:09Z by ana');
  expect(cause).toContain('- That rollback ended: 2025-11-02T14:00:20Z rollback-failed: Start: exit 5');
  expect(cause).toContain('- Rollback asked for: 2025-11-02T14:00:30Z by ana');
  expect(cause).toContain('- Rollback ended: rolled-back: verified');
});

test('planned times stand beside what each section took', () => {
  const text = appendixOf(deployed);
  expect(text).toContain(
    '|  | the deploy as a whole | 30–45 min | 12:40 | 2025-11-02T14:00:00Z | 2025-11-02T14:12:40Z |',
  );
  expect(text).toMatch(/\| Deploy \| 15–20 min \| 02:11 \| 2025-11-02T14:00:00Z \| 2025-11-02T14:02:11Z \|/);
});

test('the timeline tells changes only, and what was filled where', () => {
  const up = {type: 'link-restored', host: 'vps'} as const;
  const lost = {type: 'link-lost', host: 'vps', detail: 'no answer for 15 s'} as const;
  const text = appendixOf(
    recorded(opened, up, up, up, lost, lost, up, {
      type: 'input-filled',
      stepId: steps.stamp.id,
      blankId: `B${steps.stamp.line}`,
      value: '13:59',
    }),
  );
  expect(text.match(/link to vps up/g)).toHaveLength(2);
  expect(text.match(/link to vps lost: no answer for 15 s/g)).toHaveLength(1);
  expect(text).toContain('filled timestamp: 13:59');
});

test('long output is cut to its end and says where all of it is', () => {
  const output = Array.from({length: 60}, (_, index) => `line ${index + 1}`).join('\n');
  const run = {...started(steps.restart.id), outputFrom: 7};
  const passed = {...finished(steps.restart.id, {}, exited('make', 0, output)), outputTo: 67};
  const text = appendixOf(recorded(opened, run, passed));
  expect(text).toContain('… 50 lines before these; all of it: lines 8–67 of spool/output.log\nline 51\n');
  expect(text).toContain('line 60\n```');
});

test('a rule that holds no longer after a rollback is told as it stood last', () => {
  const assessment = {standing: {kind: 'tripped'}, value: 1612, n: 30, because: '>1500'} as const;
  const over = {type: 'rollback-finished', result: 'rolled-back', because: 'verified', left: []} as const;
  const text = appendixOf(
    recorded(
      opened,
      {...started(steps.restart.id), at: startedAt},
      {...finished(steps.restart.id, {}, exited('x', 0)), at: startedAt + 1000},
      {type: 'rule-changed', ruleId: rules.p95.id, assessment, at: startedAt + 60_000},
      {type: 'rollback-requested', because: 'ana', startsAt: startedAt + 61_000, at: startedAt + 61_000},
      {...over, at: startedAt + 90_000},
      {
        type: 'rule-changed',
        ruleId: rules.p95.id,
        assessment: {standing: {kind: 'disarmed'}, n: 0, because: 'rolled back'},
        at: startedAt + 91_000,
      },
    ),
  );
  expect(text).toMatch(/\| P95 response time \| > 1500 ms \| tripped[^|]* \| 1612 ms \| 30 \|.*at 14:01Z, then/);
});
