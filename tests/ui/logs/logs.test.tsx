import {expect, test, vi} from 'vitest';
import {LogsPanel} from '../../../src/ui/logs/logs.tsx';
import type {Session} from '../../../src/ui/session.ts';
import type {ViewAction} from '../../../src/ui/view/view-state.ts';
import {PATIENT} from '../../helpers/eventually.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
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

test('the keep filter leaves the matching lines and is named in the title', async () => {
  const pane = draw(logs(), {actions: [{type: 'filter', keep: 'error.*timeout'}]});
  await vi.waitFor(() => expect(pane.text()).toContain('ERROR 293 timeout'), PATIENT);
  expect(pane.rows()[0]).toContain('&error.*timeout');
  expect(pane.text()).not.toContain('INFO');
});

test('the hide filter takes lines away', async () => {
  const pane = draw(logs(), {actions: [{type: 'filter', hide: 'INFO'}]});
  await vi.waitFor(() => expect(pane.text()).toContain('ERROR 293'), PATIENT);
  expect(pane.rows()[0]).toContain('!INFO');
  expect(pane.text()).not.toContain('INFO 2');
});

test('a filter keeps the place of a view that stands still', async () => {
  const actions: ViewAction[] = [
    {type: 'scroll', source: 'error', to: {follow: false, top: 150}},
    {type: 'filter', keep: 'ERROR'},
  ];
  const pane = draw(logs(), {actions, height: 8});
  await vi.waitFor(() => expect(pane.rows()[1]).toContain('ERROR 153'), PATIENT);
});

test('a filter that nothing passes says so instead of showing an empty log', async () => {
  const pane = draw(logs(), {actions: [{type: 'filter', keep: 'no such thing'}]});
  await vi.waitFor(() => expect(pane.text()).toContain('None of 300 lines passes the filter.'), PATIENT);
});

test('a broken pattern is taken literally', async () => {
  const session = logs();
  session.print('error', 'oops (unclosed');
  const pane = draw(session, {actions: [{type: 'filter', keep: '(unclosed'}]});
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
  expect(text).toContain('▲ link lost 12s ago – reconnecting · read ECONNRESET');
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
  expect(pane.text()).toContain('not received for 7s · tail: no such file');
});

test('without any log it says where logs come from', () => {
  expect(draw(fakeSession({sources: []})).text()).toContain('No log is followed yet.');
});

test('the rate gives way to the filter, and the filter to standing still', () => {
  const session = logs();
  const spool = {
    ...session.spool,
    sources: () => session.spool.sources().map(each => ({...each, linesPerSecond: 1204})),
  };
  expect(draw({...session, spool}, {width: 100}).rows()[0]).toContain(' 1 204 lines/s · following ');
  const actions: ViewAction[] = [
    {type: 'filter', keep: 'a-rather-long-filter'},
    {type: 'scroll', source: 'error', to: {follow: false, top: 10}},
  ];
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
  const filtered = draw(dropped, {actions: [{type: 'filter', keep: 'timeout'}]});
  await vi.waitFor(() => expect(filtered.text()).toContain('ERROR 203 timeout'), PATIENT);
  expect(filtered.text()).not.toContain('GONE');
});
