import {expect, test, vi} from 'vitest';
import {localClock} from '../../../src/text/times.ts';
import {displayWidth} from '../../../src/text/width.ts';
import {LogsPanel} from '../../../src/ui/logs/logs-panel.tsx';
import {MERGED_SOURCE, withMerged} from '../../../src/ui/logs/merged-log.ts';
import type {Session} from '../../../src/ui/session.ts';
import type {ViewAction} from '../../../src/ui/view/view-state.ts';
import {PATIENT} from '../../helpers/eventually.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {colours, drawPane, type PaneOptions} from '../draw-pane.tsx';

const draw = (session: Session, options: PaneOptions = {}) =>
  drawPane(session, props => <LogsPanel {...props} />, options);

function logs() {
  const session = fakeSession({
    sources: [
      {id: 'error', title: 'error.log · vps'},
      {id: 'access', title: 'access.log · vps'},
    ],
  });
  session.print(
    'error',
    ...Array.from({length: 300}, (_, index) => (index % 10 === 3 ? `ERROR ${index} timeout` : `INFO ${index}`)),
  );
  session.print('access', 'GET /health 200');
  return session;
}

test('the first log is shown, the others are named beside it, and the brackets say which', () => {
  const rows = draw(logs(), {width: 100}).rows();
  expect(rows[0]).toContain('4 [error.log · vps]  access.log · vps');
  expect(rows.join('')).toContain('INFO 299');
  expect(rows.join('')).not.toContain('GET /health');
});

test('another log is shown when it is chosen', async () => {
  const pane = draw(logs());
  pane.act({type: 'source', source: 'access'});
  await vi.waitFor(() => expect(pane.text()).toContain('GET /health 200'), PATIENT);
  expect(pane.rows()[0]).toContain('[access.log · vps]');
});

test('the keep filter leaves the matching lines, is named below them, and says how many are hidden', async () => {
  const pane = draw(logs(), {actions: [{type: 'filter', kind: 'keep', text: 'error.*timeout'}]});
  await vi.waitFor(() => expect(pane.text()).toContain('ERROR 293 timeout'), PATIENT);
  await vi.waitFor(() => expect(pane.rows().at(-2)).toMatch(/ &error\.\*timeout .* 270 hidden/), PATIENT);
  expect(pane.text()).not.toContain('INFO');
});

test('the hide filter takes lines away', async () => {
  const pane = draw(logs(), {actions: [{type: 'filter', kind: 'hide', text: 'INFO'}]});
  await vi.waitFor(() => expect(pane.text()).toContain('ERROR 293'), PATIENT);
  expect(pane.rows().at(-2)).toContain('!INFO');
  expect(pane.text()).not.toContain('INFO 2');
});

test('a filter keeps the place of a view that stands still', async () => {
  const actions: ViewAction[] = [
    {type: 'scroll', source: 'error', to: {follow: false, top: 150}},
    {type: 'filter', kind: 'keep', text: 'ERROR'},
  ];
  const pane = draw(logs(), {actions, height: 8});
  await vi.waitFor(() => expect(pane.rows()[1]).toContain('ERROR 153'), PATIENT);
});

test('several filters stand side by side, one that is off is in brackets', async () => {
  const actions: ViewAction[] = [
    {type: 'filter', kind: 'keep', text: 'ERROR'},
    {type: 'filter', kind: 'keep', text: 'INFO 29'},
    {type: 'filter', kind: 'hide', text: 'INFO 299'},
  ];
  const pane = draw(logs(), {actions});
  await vi.waitFor(() => expect(pane.rows().at(-2)).toMatch(/&ERROR {3}&INFO 29 {3}!INFO 299 .* 261 hidden/), PATIENT);
  const filters = [{kind: 'keep', text: 'ERROR', off: true} as const];
  pane.act({type: 'filters', filters});
  await vi.waitFor(() => expect(pane.rows().at(-2)).toMatch(/\(&ERROR\) .* filters are off/), PATIENT);
  expect(pane.text()).toContain('INFO 299');
});

test('a filter that nothing passes says so instead of showing an empty log', async () => {
  const pane = draw(logs(), {actions: [{type: 'filter', kind: 'keep', text: 'no such thing'}]});
  await vi.waitFor(() => expect(pane.text()).toContain('None of 300 lines passes the filter.'), PATIENT);
});

test('a broken pattern is taken literally', async () => {
  const session = logs();
  session.print('error', 'oops (unclosed');
  const pane = draw(session, {actions: [{type: 'filter', kind: 'keep', text: '(unclosed'}]});
  await vi.waitFor(() => expect(pane.text()).toContain('oops (unclosed'), PATIENT);
});

test('errors and warnings have their colours, a line with colours of its own keeps them', () => {
  const session = logs();
  session.print('error', 'WARNING soon', '\x1b[35mERROR in magenta\x1b[0m');
  const text = draw(session, {theme: colours}).text();
  const open = (token: 'log.error' | 'log.warn') => colours.paint(token, 'x').split('x')[0];
  expect(text).toContain(`${open('log.error')}ERROR 293 timeout`);
  expect(text).toContain(`${open('log.warn')}WARNING soon`);
  expect(text).toContain('\x1b[35mERROR in magenta');
});

test('a lost stream is never just an empty or silent log', () => {
  const session = logs();
  session.tell({type: 'link-lost', host: 'vps', detail: 'read ECONNRESET'});
  const text = draw(session, {now: session.clock.at + 12_000}).text();
  expect(text).toContain(`▲ link lost at ${localClock(session.clock.at)} – reconnecting · read ECONNRESET`);
  expect(text).toContain('INFO 299');
});

test('a source that is down by its own word says since when it was seen so', () => {
  const session = logs();
  const spool = {
    ...session.spool,
    sources: () => session.spool.sources().map(each => ({...each, up: false, detail: 'tail: no such file'})),
  };
  const pane = draw({...session, spool}, {now: session.clock.at});
  pane.again({now: session.clock.at + 7000});
  expect(pane.text()).toContain(`not received since ${localClock(session.clock.at)} · tail: no such file`);
});

test('without any log it says where logs come from', () => {
  expect(draw(fakeSession({sources: []})).text()).toContain('No log is followed yet.');
});

test('the rate gives way to standing still', () => {
  const session = logs();
  const spool = {
    ...session.spool,
    sources: () => session.spool.sources().map(each => ({...each, linesPerSecond: 1204})),
  };
  expect(draw({...session, spool}, {width: 100}).rows()[0]).toContain(' 1 204 lines/s · following ');
  const actions: ViewAction[] = [{type: 'scroll', source: 'error', to: {follow: false, top: 10}}];
  expect(draw({...session, spool}, {width: 60, actions}).rows()[0]).toMatch(/\] .*scrolled up/);
});

test('of a log whose oldest lines are gone the first row says so, at its start and behind a filter', async () => {
  const session = logs();
  const {spool} = session;
  const dropped: Session = {
    ...session,
    spool: {
      ...spool,
      sources: () => spool.sources().map(source => ({...source, gone: 200})),
      read: (source, from, count) =>
        spool.read(source, from, count).map((text, index) => (from + index < 200 ? 'GONE ERROR timeout' : text)),
    },
  };
  const top: ViewAction = {type: 'scroll', source: 'error', to: {follow: false, top: 0}};
  const rows = draw(dropped, {actions: [top]}).rows();
  expect(rows[1]).toContain('GONE');
  expect(rows[2]).toContain('INFO 200');
  const filtered = draw(dropped, {actions: [{type: 'filter', kind: 'keep', text: 'timeout'}]});
  await vi.waitFor(() => expect(filtered.text()).toContain('ERROR 203 timeout'), PATIENT);
  expect(filtered.text()).not.toContain('GONE');
});

function dated() {
  const session = fakeSession({sources: [{id: 'error', title: 'error.log'}]});
  session.print(
    'error',
    '2026-01-05 13:00:58,000 INFO  api started',
    '2026-01-05 13:01:00,250 ERROR api failed',
    'Traceback (most recent call last):',
    '\x1b[32m2026-01-05 13:04:20,250\x1b[0m INFO  in colours',
  );
  return session;
}

test('the time stands in a column of its own, so that a line is not cut by its date', () => {
  const rows = draw(dated(), {width: 60}).rows();
  expect(rows[1]).toMatch(/^│ 13:00:58 INFO {2}api started/);
  expect(rows[3]).toMatch(/^│ {10}Traceback/);
  expect(rows[4]).toMatch(/^│ 13:04:20 INFO {2}in colours/);
});

test('the times are as written, since the line before, or since the deploy began', async () => {
  const session = dated();
  session.clock.at += 60_000;
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  const pane = draw(session, {width: 60, now: session.clock.at + 300_000, actions: [{type: 'times', mode: 'off'}]});
  expect(pane.rows()[1]).toMatch(/^│ 2026-01-05 13:00:58,000 INFO/);
  pane.act({type: 'times', mode: 'delta'});
  await vi.waitFor(() => expect(pane.rows()[2]).toMatch(/^│ {3}\+2.250 ERROR/), PATIENT);
  expect(pane.rows()[4]).toMatch(/^│ {3}\+03:20 INFO/);
  pane.act({type: 'times', mode: 'deploy'});
  await vi.waitFor(() => expect(pane.rows()[1]).toMatch(/ T-00:00:02 INFO/), PATIENT);
});

test('a log without times has no column for them', () => {
  expect(draw(logs()).rows()[1]).toMatch(/^│ INFO/);
});

test('no row is wider or narrower than the panel, whatever the lines hold, with times, filters and a search', async () => {
  const random = seededRandom(11);
  const pieces = [
    '日本語',
    '👩‍👩‍👧',
    '👍🏽',
    '🇩🇪',
    'שלום',
    'مرحبا',
    '\u202e',
    'e\u0301\u0302',
    '\t',
    '\x1b[31m',
    '\x1b[2J',
    '\x1b]52;c;aGk=\x07',
    '\x9b1A',
    '\0',
    '\ufffd',
    '\u200b',
    'ﷺ',
    'ก็็็',
    '\r',
    ' ',
    'ERROR',
    '13:00:07 ',
    '2026-01-05T13:00:07Z ',
    'plain',
  ];
  const lines = Array.from({length: 200}, () =>
    Array.from({length: random.below(40)}, () => random.pick(pieces)).join(''),
  );
  const session = fakeSession({sources: [{id: 'error', title: 'error.log'}]});
  session.print('日本語-👩‍👩‍👧', ...lines);
  session.print('error', ...lines, '2026-01-05 13:00:07 last', 'x'.repeat(100_000), `13:00:07 ${'日'.repeat(50_000)}`);
  const looks: ViewAction[][] = [
    [],
    [
      {type: 'times', mode: 'delta'},
      {type: 'toggle', what: 'wrap'},
    ],
    [
      {type: 'filter', kind: 'keep', text: '日|ERROR'},
      {type: 'filter', kind: 'hide', text: 'מ'},
      {type: 'search', pattern: 'e'},
    ],
    [
      {type: 'source', source: MERGED_SOURCE},
      {type: 'split', split: {source: 'error', isFocused: true}},
      {type: 'bookmark', place: {source: 'error', line: 201}},
    ],
    [
      {type: 'scroll', source: 'error', to: {follow: false, top: 40, column: 9}},
      {type: 'times', mode: 'deploy'},
    ],
  ];
  for (const width of [12, 33, 81]) {
    for (const actions of looks) {
      const isMerged = actions.some(action => action.type === 'source');
      // Both halves once: their lines are measured at every width above.
      if (isMerged && width !== 33) continue;
      const spool = withMerged(session.spool);
      const pane = draw({...session, spool}, {width, height: 30, theme: colours, actions});
      if (isMerged) await vi.waitFor(() => expect(pane.rows()[12]).not.toMatch(/^│ +│$/), PATIENT);
      const rows = pane.rows();
      expect(
        rows.map(row => displayWidth(row)),
        `${width} ${JSON.stringify(actions)}`,
      ).toEqual(rows.map(() => width));
      expect(rows).toHaveLength(30);
    }
  }
});
