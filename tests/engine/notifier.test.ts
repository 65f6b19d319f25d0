import {chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingHttpHeaders} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {sendNotice} from '../../src/actions/messages/notify.ts';
import {createNotifier, type Notifier} from '../../src/engine/notifier.ts';
import type {Channel, NotifyBinding, Occasion} from '../../src/plan/plan.ts';
import type {Event, Recorded} from '../../src/run/event.ts';
import {evolve, initialState} from '../../src/run/evolve.ts';
import type {RunState} from '../../src/run/state.ts';
import {eventually} from '../helpers/eventually.ts';
import {opened, plan, recorded, rules, sectionId, started, startedAt, steps} from '../report/builder.ts';

const run = {id: 'r1', title: 'Shop', checklist: '/srv/deploy.md', host: 'desk', user: 'ana'};
const notice = {
  occasion: 'trigger',
  of: 7,
  at: startedAt,
  title: 'rollback trigger: P95 – hoch',
  text: 'P95 1612 ms',
} as const;
const never = new AbortController().signal;

type Asked = {path: string; headers: IncomingHttpHeaders; body: string};
let asked: Asked[];
/** Status of the answers, in turn; the last one stays. */
let statuses: number[];
let base: string;
let directory: string;
let close: () => void;

beforeEach(async () => {
  // What comes late belongs to the test before.
  const own: Asked[] = [];
  asked = own;
  statuses = [200];
  directory = mkdtempSync(join(tmpdir(), 'tminus-notify-'));
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => {
      own.push({path: request.url ?? '', headers: request.headers, body});
      response.statusCode = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
      response.end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});

afterEach(() => {
  close();
  rmSync(directory, {recursive: true, force: true});
});

test('a webhook gets JSON, Slack and ntfy what they take', async () => {
  for (const kind of ['webhook', 'slack', 'ntfy'] as const) {
    expect(await sendNotice({kind, url: `${base}/${kind}`}, notice, run, never)).toBeUndefined();
  }
  expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({
    occasion: 'trigger',
    event: 7,
    text: 'P95 1612 ms',
    run: {id: 'r1'},
  });
  expect(JSON.parse(asked[1]?.body ?? '')).toEqual({text: '*Shop: rollback trigger: P95 – hoch*\nP95 1612 ms'});
  expect(asked[2]).toMatchObject({body: 'P95 1612 ms', headers: {priority: '5', tags: 'trigger'}});
  const title = /^=\?UTF-8\?B\?(.+)\?=$/.exec(String(asked[2]?.headers['title']))?.[1] ?? '';
  expect(Buffer.from(title, 'base64').toString()).toBe('Shop: rollback trigger: P95 – hoch');
});

test('a command gets it as its input, and sendmail a whole letter', async () => {
  const out = join(directory, 'out');
  const command = `{ cat; printf '%s' "$TMINUS_OCCASION $TMINUS_RUN"; } > ${out}`;
  expect(await sendNotice({kind: 'run', run: command}, notice, run, never)).toBeUndefined();
  expect(readFileSync(out, 'utf8')).toMatch(/^\{"occasion":"trigger".*\}\ntrigger r1$/);
  writeFileSync(join(directory, 'sendmail'), `#!/bin/sh\n{ echo "$@"; cat; } > ${out}\n`);
  chmodSync(join(directory, 'sendmail'), 0o755);
  const path = process.env['PATH'];
  process.env['PATH'] = `${directory}:${path}`;
  const failed = await sendNotice({kind: 'mail', to: 'ana@example.net'}, notice, run, never);
  process.env['PATH'] = path;
  expect(failed).toBeUndefined();
  const letter = readFileSync(out, 'utf8');
  expect(letter).toMatch(/^-t -oi\nTo: ana@example\.net\nSubject: =\?UTF-8\?B\?/);
  expect(letter).toContain('\n\nP95 1612 ms\n\nRun r1 of /srv/deploy.md, on desk by ana, 2025-11-02T14:00:00Z\n');
});

test('what does not deliver it says why', async () => {
  statuses = [503];
  const channels: readonly Channel[] = [
    {kind: 'webhook', url: `${base}/x`},
    {kind: 'webhook', url: 'http://127.0.0.1:1/x'},
    {kind: 'run', run: 'echo no such list >&2; exit 4'},
    {kind: 'run', run: 'kill -9 $$'},
  ];
  const reasons = await Promise.all(channels.map(channel => sendNotice(channel, notice, run, never)));
  expect(reasons[0]).toBe('status 503');
  expect(reasons[1]).toMatch(/refused/);
  expect(reasons[2]).toBe('exit 4: no such list');
  expect(reasons[3]).toBe('killed by SIGKILL');
});

const events = recorded(
  opened,
  {...started(steps.restart.id), at: startedAt},
  {type: 'trigger-fired', ruleId: rules.p95.id, evidence: 'P95 1612 ms', samples: [], at: startedAt + 1000},
  {type: 'rollback-requested', because: 'asked for', startsAt: startedAt + 2000, at: startedAt + 2000},
  {
    type: 'window-ended',
    toMs: 7_200_000,
    sectionIds: [sectionId('Monitoring (First 2 Hours)')],
    title: 'Monitoring (First 2 Hours)',
    summary: '1 ok; 2 steps open',
    lines: ['store_message 612 ms ok <1000'],
    at: startedAt + 7_300_000,
  },
);

function hook(...on: Occasion[]): NotifyBinding {
  return {on, by: {kind: 'webhook', url: `${base}/hook`}, line: 1};
}

const retry = {min: 5, max: 20};

function after(taken: readonly Recorded[]): RunState {
  return taken.reduce((state, event) => evolve(plan, state, event), initialState);
}

/** As an engine does that goes on with a run. */
function recall(notifier: Notifier, journal: readonly Recorded[]): void {
  for (const [index, event] of journal.entries()) notifier.recall(event, after(journal.slice(0, index + 1)));
}

test('a receiver that was down gets all of it, in order, and each delivery is recorded', async () => {
  statuses = [500, 500, 502, 200];
  const sent: Event[] = [];
  const notifier = createNotifier(plan, [hook('trigger', 'rollback', 'window')]);
  notifier.start({run: () => run, record: some => sent.push(...some), retry});
  notifier.take(events, after(events));
  await notifier.finish(60_000);
  expect(sent).toMatchObject([
    {type: 'notice-sent', channel: 'webhook 1', of: 3, attempts: 4, delivered: true},
    {of: 4, about: 'rollback begins', attempts: 1, delivered: true},
    {of: 5, about: 'the time to watch is over: Monitoring (First 2 Hours)', attempts: 1, delivered: true},
  ]);
  const told = asked.slice(3).map(({body}) => JSON.parse(body));
  expect(told.map(({occasion}) => occasion)).toEqual(['trigger', 'rollback', 'window']);
  expect(told[2].text).toBe('1 ok; 2 steps open\nstore_message 612 ms ok <1000');
});

test('only the occasions that were asked for are told, and what nobody takes is recorded as given up', async () => {
  statuses = [500];
  const sent: Event[] = [];
  const notifier = createNotifier(plan, [hook('rollback')]);
  notifier.start({run: () => run, record: some => sent.push(...some), retry});
  notifier.take(events, after(events));
  await eventually('an answer, and a second try', () => asked.length >= 2);
  await notifier.finish(0);
  expect(sent).toMatchObject([{of: 4, delivered: false, because: 'status 500'}]);
});

test('the next engine of a run tells what was left, and nothing twice', async () => {
  const about = `rollback trigger: ${plan.rules.find(({id}) => id === rules.p95.id)?.text}`;
  // The path of its address may be a secret, and the journal hides it wherever it stands.
  const hidden = (text: string) => text.replaceAll('hook', '[redacted]');
  const told = {type: 'notice-sent', channel: hidden('webhook 1'), of: 3, about, attempts: 1, delivered: true} as const;
  const sent: Event[] = [];
  const notifier = createNotifier(plan, [hook('trigger', 'rollback')], hidden);
  recall(notifier, [...events, {...told, seq: 6, at: startedAt + 7_300_000, by: 'engine'}]);
  notifier.start({run: () => run, record: some => sent.push(...some), retry});
  await notifier.finish(60_000);
  expect(sent).toMatchObject([{of: 4, about: 'rollback begins', delivered: true}]);
  expect(asked).toHaveLength(1);
});

const grafana: NotifyBinding = {
  on: ['deploy', 'rollback'],
  by: {kind: 'grafana', url: '', token: 'glsa-secret'},
  line: 1,
};

test('Grafana gets a deploy and its rollback as stretches of time, each once, with the token of the bindings', async () => {
  const by = {...grafana.by, url: `${base}/api/annotations`} as NotifyBinding['by'];
  const notifier = createNotifier(plan, [{...grafana, by}]);
  notifier.start({run: () => run, record() {}, retry});
  const end = startedAt + 9000;
  const course = recorded(
    opened,
    {...started(steps.restart.id), at: startedAt},
    {type: 'rollback-requested', because: 'asked for by ana', startsAt: startedAt + 5000, at: startedAt + 2000},
    {type: 'phase-changed', phase: 'stopping', because: 'asked for by ana', at: startedAt + 5000},
    {type: 'phase-changed', phase: 'rolling-back', because: 'asked for by ana', at: startedAt + 5000},
    {
      type: 'rollback-finished',
      result: 'rolled-back',
      verdict: 'verified',
      because: 'all went well',
      left: [],
      at: end,
    },
    {type: 'run-closed', status: 'rolled-back', exitCode: 4, because: 'rolled back', at: end + 1},
  );
  for (const [index, event] of course.entries()) notifier.take([event], after(course.slice(0, index + 1)));
  await notifier.finish(60_000);
  expect(asked.map(({path, headers}) => [path, headers.authorization])).toEqual([
    ['/api/annotations', 'Bearer glsa-secret'],
    ['/api/annotations', 'Bearer glsa-secret'],
  ]);
  expect(asked.map(({body}) => JSON.parse(body))).toEqual([
    {
      time: startedAt,
      timeEnd: startedAt + 5000,
      tags: ['tminus', 'deploy', 'r1'],
      text: 'Shop: the deploy ended in a rollback\nasked for by ana',
    },
    {
      time: startedAt + 2000,
      timeEnd: end,
      tags: ['tminus', 'rollback', 'r1'],
      text: expect.stringMatching(/^Shop: rollback: .*\nall went well$/),
    },
  ]);
});

test.each([
  [{type: 'phase-changed', phase: 'watching', because: 'every step of the deploy is done'}, 'deployed'],
  [{type: 'run-closed', status: 'aborted', exitCode: 6, because: 'given up'}, 'the deploy was left unfinished'],
] as const)('a deploy that ends with %j is one annotation: %s', async (event, title) => {
  const by = {kind: 'grafana', url: `${base}/api/annotations`} as const;
  const notifier = createNotifier(plan, [{...grafana, by}]);
  notifier.start({run: () => run, record() {}, retry});
  const end = {type: 'run-closed', status: 'succeeded', exitCode: 0, because: '', at: startedAt + 9000} as const;
  const more = event.type === 'run-closed' ? [] : [end];
  const begun = {...started(steps.restart.id), at: startedAt};
  const course = recorded(opened, begun, {...event, at: startedAt + 60}, ...more);
  for (const [index, one] of course.entries()) notifier.take([one], after(course.slice(0, index + 1)));
  await notifier.finish(60_000);
  expect(asked.map(({body}) => JSON.parse(body))).toMatchObject([
    {time: startedAt, timeEnd: startedAt + 60, text: `Shop: ${title}\n${event.because}`},
  ]);
  expect(asked[0]?.headers.authorization).toBeUndefined();
});
