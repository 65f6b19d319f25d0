/**
 * The seed's checklist deployed and then watched for 48 hours in little time: a real engine, git, PostgreSQL and service on
 * this machine, an engine whose clock leaps over the time in which nothing happens, and somebody to be told of it all.
 */
import {existsSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import pg from 'pg';
import {eventually} from './eventually.ts';
import {type Production, startProduction} from './production.ts';
import {newOperator, type Operator} from './program.ts';

export type Told = {occasion: string; title: string; text: string; event: number};

export type Receiver = {
  url: string;
  told: Told[];
  /** Down, nothing listens there. */
  up(): Promise<void>;
  down(): Promise<void>;
};

export type SeedWatch = {
  production: Production;
  operator: Operator;
  receiver: Receiver;
  /** Deploys, and leaves the engine to watch alone. */
  deploy(): Promise<void>;
  /** Looks while the clock leaps over nothing: otherwise the watch might end before the look does. */
  atRest(look: () => Promise<void>): Promise<void>;
  killEngine(): Promise<void>;
  /** Resolves when the engine has gone by itself. */
  engineGone(): Promise<void>;
  /** A new engine goes on, at that time, epoch ms. */
  resume(at: number): Promise<void>;
  runDirectory(): string;
  stop(): Promise<void>;
};

const clock = fileURLToPath(new URL('./leaping-clock.mjs', import.meta.url));
const DETACHED = 8;
/** Only ends what hangs. */
export const WHOLE_WATCH_MS = 600_000;
const UNATTENDED = ['--auto', '--yes', 'all', '--choose', 'Step 2: Deploy Backend to VPS=Option B', '--plain'];

export async function startSeedWatch(): Promise<SeedWatch> {
  const [production, receiver] = await Promise.all([startProduction(), startReceiver()]);
  await addStatistics(production.postgres.url);
  writeFileSync(production.bindings, bindingsOf(production, receiver.url));
  let directory = '';
  const bin = join(dirname(production.bindings), 'bin');
  const rest = join(production.workstation, 'clock-at-rest');
  const operator = newOperator(production.workstation, {
    NODE_OPTIONS: `--import=${clock}`,
    PATH: `${bin}:${process.env['PATH']}`,
    LEAPING_CLOCK_REST: rest,
  });
  return {
    production,
    operator,
    receiver,
    async deploy() {
      const {checklist, bindings} = production;
      const {child, ended} = operator.start('run', checklist, '-b', bindings, ...UNATTENDED, '--watch', 'all');
      const over = ended.then(({out, said}) => {
        throw new Error(`the deploy ended:\n${out}\n${said}`);
      });
      await Promise.race([over, operator.recorded('phase-changed', ({phase}) => phase === 'watching')]);
      over.catch(() => {});
      // Everybody goes home.
      child.kill('SIGTERM');
      await ended;
    },
    async atRest(look) {
      writeFileSync(rest, '');
      try {
        await look();
      } finally {
        rmSync(rest);
      }
    },
    async killEngine() {
      const pid = await operator.enginePid();
      process.kill(pid, 'SIGKILL');
      await eventually('the engine to be gone', () => !existsSync(`/proc/${pid}`));
    },
    async engineGone() {
      await eventually('the engine to have gone', () => !existsSync(join(directory, 'engine.pid')));
    },
    async resume(at) {
      operator.environment['LEAPING_CLOCK_FROM'] = String(at);
      // As at a boot: nobody stays attached.
      const {code, said} = await operator.run('resume', '--boot');
      if (code !== DETACHED) throw new Error(`resume --boot ended with ${code}: ${said}`);
      directory = await operator.runDirectory();
    },
    runDirectory: () => directory,
    async stop() {
      operator.stop();
      await receiver.down();
      await production.stop();
    },
  };
}

async function startReceiver(): Promise<Receiver> {
  const told: Told[] = [];
  let server: Server | undefined;
  let port = 0;
  const listen = async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => (body += chunk));
      request.on('end', () => {
        told.push(JSON.parse(body));
        response.end();
      });
    });
    await new Promise<void>(resolve => server?.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  const close = async () => {
    server?.closeAllConnections();
    await new Promise(resolve => (server === undefined ? resolve(undefined) : server.close(resolve)));
    server = undefined;
  };
  await listen();
  await close();
  return {url: `http://127.0.0.1:${port}/hook`, told, up: listen, down: close};
}

/** What the document's daily queries ask for. */
async function addStatistics(url: string): Promise<void> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  await client.query(`create extension pg_stat_statements;
    create table api_logs (endpoint text, response_time_ms float8, created_at timestamptz default now());
    insert into api_logs select '/api/ai/chat', 700 + n from generate_series(1, 40) n;
    insert into ai_messages select n from generate_series(1, 40) n;
    insert into emotion_history select n from generate_series(1, 40) n`);
  await client.end();
}

/** The production's own, on this machine instead of over SSH, with everything measured that its criteria are about. */
function bindingsOf({bindings, servicePort}: Production, hook: string): string {
  const service = `http://127.0.0.1:${servicePort}`;
  const [before = ''] = readFileSync(bindings, 'utf8').split('probes:\n');
  return `${before.replace(/destination: box, config: [^,]+/, 'destination: local')}probes:
  health: { http: "${service}/health", every: 12m }
  store_message: { http: { method: POST, url: "${service}/api/ai/chat", json: { message: probe } }, every: 12m }
  booking: { http: "${service}/api/bookings", every: 12m }
  memory: { on: vps, rss: "main[.]mjs", every: 1h }
  pool: { postgres: connections, pool: 30, on: main, every: 24m }
  query_time: { sql: "select 12", on: main, every: 24m }
  background_ok: { sql: "select 100.0 * (select count(*) from emotion_history) / (select count(*) from ai_messages)", on: main, unit: "%", every: 24m }
  journey: { sql: "select 900", on: main, unit: ms, every: 24m }
  uptime: { on: vps, run: "curl -fsS ${service}/health >/dev/null && echo 100 || echo 0", unit: "%", every: 1h }
rules:
${RULES.map(([line, tie]) => `  - { match: "line:${line}", ${tie} }\n`).join('')}notify:
  - { webhook: "${hook}", on: [window, needs-person, closed] }
`;
}

const OFTEN = 'window: 6h, samples: 20';
const SELDOM = 'window: 6h, samples: 4';

const RULES: readonly (readonly [line: number, tie: string])[] = [
  [148, `probe: health, ${SELDOM}`],
  [149, `probe: store_message, ${SELDOM}`],
  [150, `probe: booking, ${SELDOM}`],
  [182, `probe: store_message, ${OFTEN}`],
  [183, `probe: booking, ${OFTEN}`],
  [194, `probe: pool, ${SELDOM}`],
  [218, `probe: store_message, ${OFTEN}`],
  [219, `probe: booking, ${OFTEN}`],
  [220, `probe: background_ok, ${SELDOM}`],
  [221, `probe: store_message, statistic: error-rate, ${OFTEN}`],
  [222, `probe: query_time, ${SELDOM}`],
  [227, `probe: uptime, ${SELDOM}`],
  [285, `probe: store_message, ${OFTEN}`],
  [286, `probe: health, statistic: error-rate, ${OFTEN}`],
  [355, `probe: store_message, ${OFTEN}`],
  [356, `probe: booking, ${OFTEN}`],
  [357, `probe: journey, ${SELDOM}`],
  [361, `probe: store_message, statistic: error-rate, ${OFTEN}`],
  [362, `probe: memory, statistic: slope, window: 12h, samples: 10`],
  [364, `probe: background_ok, ${SELDOM}`],
  [370, `probe: uptime, ${SELDOM}`],
];

/** Length of the journal of the newest run, bytes, and the time of its newest event, epoch ms. */
export async function journalReach(operator: Operator): Promise<{bytes: number; at: number}> {
  const file = join(await operator.runDirectory(), 'journal.ndjson');
  const last = readFileSync(file).subarray(-TAIL_BYTES).toString().trimEnd().split('\n').at(-1) ?? '';
  return {bytes: statSync(file).size, at: Number(/"at":(\d+)/.exec(last)?.[1] ?? 0)};
}

const TAIL_BYTES = 64 * 1024;
