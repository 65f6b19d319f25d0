import {expect, test, vi} from 'vitest';
import {PATIENT} from '../../helpers/eventually.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';

const ENTER = '\r';
const UP = '\u001B[A';

/** 300 lines; every hundredth is an error, from line 50 on. */
function log() {
  const session = fakeSession();
  session.print('error', ...Array.from({length: 300}, (_, line) => `${line % 100 === 50 ? 'ERROR' : 'line'} ${line}.`));
  return session;
}

test('a search through a long log says how far it has come, until it is through', async () => {
  const session = log();
  const {tally} = session.spool;
  const rest = Promise.withResolvers<void>();
  let share = 0.42;
  session.spool.tally = (source, pattern) => {
    const counting = tally(source, pattern);
    const advance = async () => {
      await counting?.advance();
      await rest.promise;
    };
    return counting && {...counting, share: () => share, advance};
  };
  const screen = await show(session);
  await screen.type('4/');
  await screen.type(`error${ENTER}`);
  await vi.waitFor(async () => expect(await screen.text()).toMatch(/\/error .* so far, 42 %/), PATIENT);
  share = 1;
  rest.resolve();
  await vi.waitFor(async () => expect(await screen.text()).toMatch(/\/error 3\/3(?! so far)/), PATIENT);
});

test('a search says which match of how many is shown, also of those that come later', async () => {
  const session = log();
  const screen = await show(session);
  await screen.type('4/');
  await screen.type(`error${ENTER}`);
  expect(await screen.text()).toContain('/error 3/3');
  expect(await screen.text()).toContain('ERROR 250.');
  await screen.type('N');
  expect(await screen.text()).toContain('/error 2/3');
  session.print('error', 'ERROR 300.');
  expect(await screen.text()).toContain('/error 2/4');
});

test('the search opens empty, and brings back what was searched for', async () => {
  const screen = await show(log());
  await screen.type(`4/`);
  await screen.type(`line 7${ENTER}`);
  await screen.type('/');
  await screen.type(`line 9${ENTER}`);
  expect(await screen.text()).toContain('/line 9 ');
  await screen.type('/');
  expect(await screen.text()).toContain('Search (empty: "line 9" again)');
  await screen.type(UP);
  await screen.type(UP);
  await screen.type(`1${ENTER}`);
  expect(await screen.text()).toContain('/line 71 1/1');
  await screen.type('/');
  await screen.type(ENTER);
  expect(await screen.text()).toContain('/line 71 1/1');
});

test('at the last error the key says so and stays; once more it wraps and says that', async () => {
  const screen = await show(log());
  await screen.type('4e');
  expect(await screen.text()).toContain('no later line with an error; E goes back, e again goes to the first');
  expect(await screen.text()).toContain('line 299.');
  await screen.type('E');
  expect(await screen.text()).toContain('ERROR 250.');
  await screen.type('e');
  expect(await screen.text()).toContain('no later line with an error');
  expect(await screen.text()).toContain('ERROR 250.');
  await screen.type('e');
  expect(await screen.text()).toContain('wrapped: the first line with an error');
  expect(await screen.text()).toContain('ERROR 50.');
  await screen.type('E');
  await screen.type('E');
  expect(await screen.text()).toContain('wrapped: the last line with an error');
});

test('a log without errors says that there is none, and not that they are elsewhere', async () => {
  const session = fakeSession();
  session.print('error', 'all is well');
  const screen = await show(session);
  await screen.type('4e');
  expect(await screen.text()).toContain('no line with an error');
});

test('a jump goes on from what is on the screen', async () => {
  const screen = await show(log());
  await screen.type('4E');
  await screen.type('g');
  await screen.type('e');
  expect(await screen.text()).toContain('ERROR 50.');
});

test('scrolled away and paused are two words, each with the key that ends it', async () => {
  const session = log();
  const screen = await show(session, {columns: 160, rows: 45});
  await screen.type('4k');
  session.print('error', 'later');
  expect(await screen.text()).toContain('scrolled up · 1 new · G follows');
  await screen.type('G');
  await screen.type('p');
  session.print('error', 'later', 'later');
  expect(await screen.text()).toContain('PAUSED · 2 new · p goes on');
});

test('filters are added one by one, turned off and on, and Esc takes the newest away', async () => {
  const screen = await show(log());
  await screen.type('4&');
  await screen.type(`error${ENTER}`);
  expect(await screen.text()).toContain('297 hidden');
  await screen.type('&');
  await screen.type(`line 29${ENTER}`);
  expect(await screen.text()).toContain('286 hidden');
  await screen.type('!');
  await screen.type(`ERROR 50${ENTER}`);
  expect(await screen.text()).toMatch(/&error .*&line 29 .*!ERROR 50 .*287 hidden/);
  await screen.type('F');
  expect(await screen.text()).toContain('turn off &error');
  await screen.type('1');
  expect(await screen.text()).toMatch(/\(&error\).*289 hidden/);
  await screen.type('\u0007');
  expect(await screen.text()).not.toContain('!ERROR 50');
});

test('under a filter a search counts and finds what is shown, and nothing else', async () => {
  const screen = await show(log());
  await screen.type('4!');
  await screen.type(`ERROR 150${ENTER}`);
  await screen.type('/');
  await screen.type(`error${ENTER}`);
  expect(await screen.text()).toContain('/error 2/2');
  await screen.type('N');
  expect(await screen.text()).toContain('/error 1/2');
  expect(await screen.text()).toContain('ERROR 50.');
  await screen.type('N');
  expect(await screen.text()).toContain('no earlier line with "error"');
});

test('kinds of errors that are new since the deploy are counted and come first; known ones are quiet', async () => {
  const session = fakeSession();
  const failed = (from: number) =>
    Array.from({length: 40}, (_, line) => `2026-01-05 13:00:00 ERROR cache miss for ${from + line} in ${line} ms`);
  session.print('error', ...failed(0));
  session.clock.at += 60_000;
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  session.clock.at += 5000;
  session.print('error', ...failed(5000));
  const screen = await show(session);
  await screen.type('4');
  expect(await screen.text()).not.toContain('since the deploy');
  session.print('error', 'ERROR pool is exhausted after 30 s', 'INFO fine', 'ERROR pool is exhausted after 31 s');
  const said = '1 new kind of error since the deploy  D lists them';
  await vi.waitFor(async () => {
    // Each key draws the screen again, as a line that comes does.
    await screen.type('14');
    expect(await screen.text()).toContain(said);
  }, PATIENT);
  await screen.type('D');
  expect(await screen.text()).toMatch(/NEW {2}2x {2}ERROR pool is exhausted after \*.*known {2}80x {2}ERROR cache/s);
  await screen.type(ENTER);
  expect(await screen.text()).toContain('› ERROR pool is exhausted after 30 s');
});

test('a log without a line from before the deploy has nothing new, and says so', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  session.clock.at += 5000;
  session.print('error', 'ERROR pool is exhausted');
  const screen = await show(session);
  await vi.waitFor(async () => {
    session.print('error', 'ERROR pool is exhausted');
    await screen.type('D');
    const text = await screen.text();
    await screen.type('\u0007');
    expect(text).toContain('error · vps has no line from before the deploy to compare with');
    expect(text).not.toContain('NEW');
  }, PATIENT);
});

test('an event is copied with all its lines, and where to is said', async () => {
  const session = fakeSession();
  session.print(
    'error',
    '2026-01-05 13:00:00 INFO before',
    '2026-01-05 13:00:01 ERROR failed',
    'Traceback (most recent call last):',
    '  File "app.py", line 3',
    'KeyError: name',
    '2026-01-05 13:00:02 INFO after',
  );
  const screen = await show(session);
  await screen.type('4/');
  await screen.type(`app.py${ENTER}`);
  await screen.type('Y');
  expect(await screen.text()).toContain("copied 4 lines to the terminal's clipboard (OSC 52)");
  const [, encoded = ''] = /\u001B\]52;c;([^\u0007]*)\u0007/.exec(screen.written()) ?? [];
  expect(Buffer.from(encoded, 'base64').toString()).toBe(
    '2026-01-05 13:00:01 ERROR failed\nTraceback (most recent call last):\n  File "app.py", line 3\nKeyError: name',
  );
});
