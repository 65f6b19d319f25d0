import {createServer} from 'node:http';
import {type AddressInfo, createServer as createTcpServer} from 'node:net';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {createPerformer, type EffectParts} from '../../src/engine/perform-effects.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import type {Action, Step} from '../../src/plan/plan.ts';
import type {Report} from '../../src/run/event.ts';
import {initialState} from '../../src/run/evolve.ts';
import {judge} from '../../src/run/judging/judge.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {bindings, openTestWorld} from '../helpers/real-world.ts';
import {smallPlan, step as stepOf} from '../helpers/small-plan.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';

let postgres: Postgres;
let proxy: TcpProxy;
beforeAll(async () => {
  postgres = await startPostgres();
  proxy = await startTcpProxy(() => postgres.port);
});
afterAll(async () => {
  await proxy.stop();
  await postgres.stop();
});

/** What the engine makes of a step that may be tried three times. */
async function verdictOf(action: Action, more: Partial<Step> = {}, meanwhile: () => Promise<void> = async () => {}) {
  const step: Step = {...stepOf(7, 'The step', 'deploy', action), retries: 2, ...more};
  const databases = {
    main: {url: postgres.url.replace(String(postgres.port), String(proxy.port)), default: true, line: 1},
    straight: {url: postgres.url, default: false, line: 2},
  };
  const {world} = openTestWorld({directory: '/', bindings: bindings({databases})});
  const {promise, resolve} = Promise.withResolvers<Report>();
  const plan = {...smallPlan, steps: [step]};
  const parts = {
    plan,
    world,
    spool: {write: () => {}, settle: () => {}},
    state: () => initialState,
    lookup: () => () => undefined,
    report: resolve,
    redact: <T>(value: T) => value,
  } as unknown as EffectParts;
  createPerformer(parts).perform({type: 'perform', stepId: step.id, attempt: 1, lane: 'main', rollback: false});
  const ask = async (text: string) => {
    const answer = await world.query('straight', text, 10_000);
    return 'rows' in answer ? answer.rows[0]?.[0] : answer.error;
  };
  try {
    await meanwhile();
    const report = await promise;
    if (report.type !== 'step-reported') throw new Error(report.type);
    return {verdict: judge(step, report.outcome), ask, rows: await ask('select count(*) from lost.orders')};
  } finally {
    proxy.mend();
    await world.close();
  }
}

const sql = (...texts: readonly string[]): Action => ({
  kind: 'sql',
  statements: texts.map((text, index) => ({line: 24 + index, text, expectations: []})),
  bound: true,
});

/** Does that to the way once the server has the statement. */
const during = (like: string, harm: () => void) => async () => {
  const databases = {main: {url: postgres.url, default: true, line: 1}};
  const {world} = openTestWorld({directory: '/', bindings: bindings({databases})});
  const busy = async () => {
    const text = `select count(*) from pg_stat_activity where state = 'active' and query like '${like}%'`;
    const answer = await world.query('', text, 5000);
    return 'rows' in answer ? answer.rows[0]?.[0] : answer.error;
  };
  await expect.poll(busy, PATIENT).toBe('1');
  harm();
  await expect.poll(busy, PATIENT).toBe('0');
  await world.close();
};
const cut = () => {
  proxy.cut();
  proxy.mend();
};

test('an insert whose connection was cut in the middle is unknown, and is not sent again', async () => {
  await verdictOf(sql('create schema lost', 'create table lost.orders (id int)'));
  const insert = 'insert into lost.orders select 1 from (select pg_sleep(1)) as slow';
  const {verdict, rows} = await verdictOf(sql(insert), {}, during('insert into lost', cut));
  expect(verdict).toMatchObject({kind: 'unknown', because: expect.stringContaining('line 24')});
  expect(rows).toBe('1');
});

test('what came before a statement that only reads is not done again because that one was cut off', async () => {
  // `only reads`: no function that is called in it could change anything.
  const slow = 'select count(*) from generate_series(1, 8000000)';
  const {verdict, rows} = await verdictOf(
    sql('insert into lost.orders values (2)', slow),
    {},
    during(slow.slice(0, 30), cut),
  );
  expect([verdict.kind, rows]).toEqual(['failed', '2']);
});

test('a link that falls silent within a statement ends the step at its own timeout, as unknown', async () => {
  const insert = 'insert into lost.orders select 3 from (select pg_sleep(1)) as slow';
  const {verdict, rows} = await verdictOf(sql(insert), {timeoutMs: 2500}, during('insert into lost', proxy.stall));
  expect(verdict).toMatchObject({kind: 'unknown', because: expect.stringContaining('within 2.5 s')});
  expect(rows).toBe('3');
});

const post = (url: string, method = 'POST'): Action => ({
  kind: 'http',
  requests: [{line: 8, method, url, headers: [], expectations: []}],
});

test.each([
  ['POST', 'unknown', 1],
  ['DELETE', 'unknown', 1],
  ['OPTIONS', 'failed', 3],
])('a %s whose connection closes without an answer is %s and sent so often: %i', async (method, kind, times) => {
  let seen = 0;
  const server = createServer(request => {
    seen += 1;
    request.resume().on('end', () => request.socket.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  const {verdict} = await verdictOf(post(`http://127.0.0.1:${port}/orders`, method));
  server.close();
  expect([verdict.kind, seen]).toEqual([kind, times]);
});

test('a POST of curl whose answer is not HTTP is unknown and sent once', async () => {
  let seen = 0;
  const server = createTcpServer(socket => {
    socket.once('data', () => {
      seen += 1;
      socket.end('what?\r\n\r\n');
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  const text = `# D\n## Deployment\n\`\`\`bash\ncurl --http1.1 -X POST -d a=b http://127.0.0.1:${port}/orders\n\`\`\`\n`;
  const [step] = parsePlan(text, bindings()).steps;
  const {verdict} = await verdictOf(step?.action ?? {kind: 'manual'});
  server.close();
  expect([verdict.kind, seen]).toEqual(['unknown', 1]);
});

test('a POST that nobody could take is a failure that may be tried again', async () => {
  const {verdict} = await verdictOf(post('http://127.0.0.1:1/orders'), {retries: 0});
  expect(verdict.kind).toBe('failed');
});
