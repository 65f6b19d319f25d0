/**
 * A watch of many hours in a few minutes: a real engine in front of a real service, whose clock leaps over the time in
 * which nothing happens. Latencies are what they are; what the service counts goes by its own count of queries.
 */
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Recorded} from '../../src/run/event.ts';
import {type Ended, newOperator, type Operator} from './program.ts';

export type LongWatch = {
  operator: Operator;
  ended: Promise<Ended>;
  /** The console goes once the deploy is over: from then on the engine watches alone. */
  leave(): Promise<void>;
  directory: string;
  /** Of the engine, now; nothing when it has ended. */
  rssBytes(): Promise<number | undefined>;
  journalBytes(): Promise<number>;
  /** Time of the newest event, ms after the run was opened. */
  clockMs(): Promise<number>;
  stop(): Promise<void>;
};

const clock = fileURLToPath(new URL('./leaping-clock.mjs', import.meta.url));
const JOURNAL_TAIL_BYTES = 64 * 1024;

export async function startLongWatch(hours: number, place = tmpdir()): Promise<LongWatch> {
  const directory = mkdtempSync(join(place, 'tminus-watch-'));
  const service = createServer(healthyService());
  await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const checklist = join(directory, 'watch.md');
  writeFileSync(checklist, documentOf(hours));
  writeFileSync(join(directory, 'watch.yaml'), bindingsText.replaceAll('ORIGIN', origin));
  writeFileSync(join(directory, 'backup'), 'old');
  const operator = newOperator(directory, {NODE_OPTIONS: `--import=${clock}`});
  const {child, ended} = operator.start(
    ...['run', checklist, '-b', join(directory, 'watch.yaml')],
    ...['--auto', '--yes', 'all', '--watch', `${hours}h`, '--plain'],
  );
  const journal = async () => join(await operator.runDirectory(), 'journal.ndjson');
  return {
    operator,
    ended,
    async leave() {
      await operator.recorded('phase-changed', ({phase}) => phase === 'watching');
      child.kill('SIGTERM');
      await ended;
    },
    directory,
    rssBytes: async () => residentBytes(await operator.enginePid().catch(() => 0)),
    journalBytes: async () => statSync(await journal()).size,
    clockMs: async () => clockOf(await journal()),
    async stop() {
      operator.stop();
      await closed(service);
      rmSync(directory, {recursive: true, force: true});
    },
  };
}

/** One request in 499 fails, one in 149 waits as for a collection of garbage, and memory rises by 200 MB and falls again. */
function healthyService() {
  let requests = 0;
  const readings = new Map<string, number>();
  return (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://service');
    const name = url.searchParams.get('query');
    if (name !== null) {
      const count = (readings.get(name) ?? 0) + 1;
      readings.set(name, count);
      response.end(JSON.stringify(answerOfPrometheus(readingOf(name, count))));
      return;
    }
    requests += 1;
    // Odd, so that each of two probes that take turns has its share.
    const failed = requests % 499 === 0;
    response.statusCode = failed ? 503 : 200;
    setTimeout(() => response.end('{"status":"healthy"}'), requests % 149 === 0 ? 60 : 0);
  };
}

/** The `count`-th reading, one each 15 seconds. */
function readingOf(name: string, count: number): number {
  switch (name) {
    case 'memory':
      return 512 + (count % 8) * 25 + Math.sin(count) * 3;
    case 'connections':
      return 20 + (count % 7);
    default:
      return 35 + 10 * Math.sin(count / 50) + (count % 5);
  }
}

function answerOfPrometheus(value: number) {
  return {status: 'success', data: {resultType: 'vector', result: [{metric: {}, value: [0, String(value)]}]}};
}

/** Of a process, now; nothing when it has ended. */
export function residentBytes(pid: number): number | undefined {
  const path = `/proc/${pid}/status`;
  if (pid === 0 || !existsSync(path)) return undefined;
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(path, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

function clockOf(journal: string): number {
  const file = readFileSync(journal);
  const first = file.subarray(0, file.indexOf('\n')).toString();
  const last = file.subarray(-JOURNAL_TAIL_BYTES).toString().trimEnd().split('\n').at(-1) ?? '';
  return timeOf(last) - timeOf(first);
}

function timeOf(line: string): number {
  return Number(/"at":(\d+)/.exec(line)?.[1] ?? 0);
}

/** Every rule and trigger that has ever tripped. */
export function tripped(events: readonly Recorded[]): readonly string[] {
  return events.flatMap(event => {
    if (event.type === 'trigger-fired') return [`${event.ruleId}: ${event.evidence}`];
    if (event.type !== 'rule-changed' || event.assessment.standing.kind !== 'tripped') return [];
    return [`${event.ruleId}: ${event.assessment.value} ${event.assessment.because}`];
  });
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}

const bindingsText = `tminus: 1
probes:
  health: { http: ORIGIN/health, every: 5s }
  store_message: { http: { method: POST, url: ORIGIN/chat, json: { message: probe } }, every: 5s }
  booking: { http: ORIGIN/bookings, every: 30s }
  search: { http: ORIGIN/search, every: 30s }
  memory: { prometheus: ORIGIN, query: memory, unit: MB, every: 15s }
  connections: { prometheus: ORIGIN, query: connections, every: 15s }
  cpu: { prometheus: ORIGIN, query: cpu, unit: "%", every: 15s }
  queue: { prometheus: ORIGIN, query: queue, every: 15s }
rules:
  - { match: "P95 response time", probe: store_message }
  - { match: "Error rate >5%", probe: health, statistic: error-rate }
  - { match: "Error rate: <1%", probe: store_message, statistic: error-rate, window: 1h }
  - { match: "Memory growing", probe: memory, statistic: slope }
  - { match: "CPU usage", probe: cpu }
  - { match: "Database connections", probe: connections }
  - { match: "booking: P95", probe: booking, window: 15m }
`;

function documentOf(hours: number): string {
  return `# Release of the shop
## Deployment
### Step 1: Restart
\`\`\`bash
true
\`\`\`
## Post-Deployment Monitoring (First ${hours} Hours)
- [ ] booking: P95 < 250ms
- [ ] CPU usage < 80%
- [ ] Database connections < 50
- [ ] Error rate: <1%
### Queue (every hour)
\`\`\`bash
echo 42 waiting
\`\`\`
## Rollback
### When to roll back
- P95 response time > 1500ms
- Error rate >5%
- Memory growing > 500MB/hour
### Steps
#### Step 1: Restore
\`\`\`bash
cp backup live
\`\`\`
#### Step 2: Check
\`\`\`bash
cat live
\`\`\`
`;
}
