import {once} from 'node:events';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {World} from '../../src/actions/world.ts';
import {
  type HostileDatabase,
  int16,
  int32,
  message,
  NAMED,
  NONSENSE,
  READY,
  row,
  SELECTED,
  startHostileDatabase,
} from '../helpers/hostile-database.ts';
import {bindings, expectKind, openTestWorld, performed} from '../helpers/real-world.ts';

let server: HostileDatabase;
let world: World;
beforeAll(async () => {
  server = await startHostileDatabase();
  const databases = {main: {url: server.url, default: true, line: 1}};
  world = openTestWorld({directory: '/', bindings: bindings({databases})}).world;
});
afterAll(async () => {
  await world.close();
  await server.stop();
});

const READ = 'select name from orders';
const CHANGE = 'insert into orders values (1)';
const ask = async (text: string, timeoutMs = 20_000) =>
  (await performed(world, {kind: 'sql', database: '', statements: [{line: 7, text}], timeoutMs})).outcome;

describe('a database server that answers nonsense', () => {
  test.each(Object.entries(NONSENSE))('%s ends the statement and nothing else', async (_name, answer) => {
    server.play({answer});
    expect(['refused', 'exited']).toContain((await ask(READ)).kind);
    expect(['lost', 'exited']).toContain((await ask(CHANGE)).kind);
    expect(await world.query('', READ, 20_000)).toMatchObject({error: expect.any(String)});
  });

  test.each(Object.entries(NONSENSE))(
    '%s instead of a welcome ends the step and nothing else',
    async (_name, greeting) => {
      server.play({greeting});
      // Some of it lets a client in, and then breaks off.
      expect(['refused', 'lost']).toContain((await ask(CHANGE)).kind);
    },
  );

  test('whatever bytes are changed or missing in a good answer, there is one outcome', async () => {
    const good = Buffer.concat([NAMED, row('anna'), row(null), SELECTED, READY]);
    const damage = fc.tuple(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), {minLength: 1, maxLength: 6}),
      fc.nat(good.length),
    );
    await fc.assert(
      fc.asyncProperty(damage, async ([changes, keep]) => {
        const answer = Buffer.from(good);
        for (const [at, value] of changes) answer[at] = value;
        server.play({answer: answer.subarray(0, keep)});
        expect(['returned', 'lost', 'exited']).toContain((await ask(CHANGE)).kind);
      }),
      {numRuns: 150},
    );
  });

  test('one that says nothing is late by our own clock', async () => {
    server.play({answer: Buffer.alloc(0), stays: true});
    const [change, read, probe] = await Promise.all([ask(CHANGE, 300), ask(READ, 300), world.query('', READ, 300)]);
    expect(expectKind(change, 'lost').detail).toContain('line 7');
    expectKind(read, 'timed-out');
    expect(probe).toMatchObject({error: expect.stringContaining('within 0.3 s')});
  });
});

describe('an answer without end', () => {
  test('a cell of 600 MB is refused before it is gathered, and said', async () => {
    let sent = 0;
    server.play({
      stays: true,
      answer(socket) {
        socket.write(Buffer.concat([NAMED, message('D', Buffer.concat([int16(1), int32(600e6)]), 600e6 + 10)]));
        const chunk = Buffer.alloc(1024 * 1024, 'x');
        void (async () => {
          while (!socket.destroyed && sent < 600e6) {
            sent += chunk.length;
            if (!socket.write(chunk))
              await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
          }
        })();
      },
    });
    expect(expectKind(await ask(READ), 'refused').detail).toMatch(/longer than 16 MB/);
    expect(sent).toBeLessThan(100e6);
  });

  test('a million rows are counted and a thousand kept', async () => {
    const thousand = Buffer.concat(Array.from({length: 1000}, () => row('anna')));
    const rows = Array.from({length: 1000}, () => thousand);
    server.play({answer: Buffer.concat([NAMED, ...rows, SELECTED, READY])});
    const [table] = expectKind(await ask(READ), 'returned').tables;
    expect([table?.rows.length, table?.rowCount]).toEqual([1000, 1_000_000]);
  });

  test('of long rows only as many are kept as take 8 MB', async () => {
    const long = row('x'.repeat(1024 * 1024));
    server.play({answer: Buffer.concat([NAMED, ...Array.from({length: 50}, () => long), SELECTED, READY])});
    const {outcome, printed} = await performed(world, {
      kind: 'sql',
      database: '',
      statements: [{line: 7, text: READ}],
      timeoutMs: 20_000,
    });
    const [table] = expectKind(outcome, 'returned').tables;
    expect([table?.rows.length, table?.rowCount]).toEqual([7, 50]);
    expect(printed).toContain('50 rows (first 7 shown)');
  });
});
