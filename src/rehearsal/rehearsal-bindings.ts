/** The `tminus.yaml` of a rehearsal. */
import {chmod, writeFile} from 'node:fs/promises';
import {quoteForShell} from '../plan/script.ts';
import {hostAlias, type Layout, unitName} from './file-paths.ts';

export type Endpoints = {
  /** `http://127.0.0.1:PORT` of the service. */
  service: string;
  /** Absent when this machine has no PostgreSQL. */
  databaseUrl?: string;
};

/** Writes the `tminus.yaml` that ties the checklist's names to the box. It names everything the document leaves open. */
export async function writeBindings(layout: Layout, endpoints: Endpoints): Promise<void> {
  await writeFile(layout.bindings, bindingsText(layout, endpoints));
  // The database's password is in it.
  await chmod(layout.bindings, 0o600);
}

export function bindingsText(layout: Layout, {service, databaseUrl}: Endpoints): string {
  return [
    '# The rehearsal: every host, database and service below is in a box on this machine.\ntminus: 1\n',
    places(layout, service),
    databaseUrl ? databases(databaseUrl) : '',
    contexts,
    steps(layout, service, databaseUrl !== undefined),
    probes(layout, service, databaseUrl !== undefined),
    logs(layout),
    rules(databaseUrl !== undefined),
    rollbackAndContacts,
  ].join('\n');
}

/** A path or an address as a YAML scalar: JSON is YAML. */
const quoted = (text: string) => JSON.stringify(text);

const places = (layout: Layout, service: string) => `values:
  your-api-domain.com: ${quoted(service)}
  /path/to/myhibachi-backend: ${quoted(layout.checkout)}
  /var/log/${unitName}/error.log: ${quoted(layout.errorLog)}
hosts:
  vps:
    matches: user@your-vps-ip
    destination: ${hostAlias}
    config: ${quoted(layout.sshConfig)}
    directory: ${quoted(layout.checkout)}
  workstation:
    matches: workstation
    destination: local
    directory: ${quoted(layout.workstation)}
`;

const databases = (url: string) => `databases:
  main: { url: ${quoted(url)}, default: true, via: vps }
`;

// The tag and the backups must be made where the rollback will look for them.
const contexts = `choices:
  "Step 2: Deploy Backend to VPS": "Option B"
contexts:
  "4. Backup Current Production": vps
  "5. Dependencies Check": vps
  "Step 1: Merge to Main": workstation
  "Step 3: Verify Deployment": vps
  "First Hour Monitoring": vps
`;

// What the document leaves to prose, given an action: ticked by evidence instead of by hand.
const steps = (layout: Layout, service: string, sql: boolean) => `steps:
  - { match: "All required environment variables present", env-file: .env, on: vps }
  - { match: "No conflicting package versions", run: "pip check", on: vps }
  - { match: "No missing packages", run: "pip check", on: vps }
  - { match: "Verify merge successful on GitHub", run: "git ls-remote --exit-code origin main", on: workstation }
  - { match: "Database connection pool configured", run: "cat apps/backend/config.json", on: vps, expect: { contains: '"pool_size": 20, "max_overflow": 10' } }
  - { match: "Check logs for startup errors", tail: ${quoted(layout.errorLog)}, on: vps }
  - { match: "Check no import errors in logs", log: error, absent: "ImportError|ModuleNotFoundError" }
  - { match: "Test 3: Booking Creation", http: ${booking(service)}, expect: { status: 201 } }
  - { match: "Test 4: Background Tasks", run: ${quoted(backgroundTaskSeen(layout))}, on: vps }
  - { match: "Check application logs for errors", log: error, absent: "ERROR|Traceback" }
  - { match: "Check for any task failures in logs", log: error, absent: "Background task failed" }
${sql ? sqlSteps : ''}  - { match: "Application responding normally", http: { method: GET, url: ${quoted(`${service}/health`)} }, expect: { status: 200, json: { status: healthy } } }
  - { match: "Response times back to baseline", http: ${chat(service)}, expect: { status: 200 } }
  - { match: "line:339", run: ${quoted(noErrorsSinceStart(layout))}, on: vps }
  - { match: "Users can book normally", http: ${booking(service)}, expect: { status: 201 } }
`;

const sqlSteps = `  - { match: "Tables exist", tables: [ai_conversations, ai_messages, emotion_history], on: main }
  - { match: "Verify database connection working", sql: "select 1", on: main }
  - { match: "Verify emotion stats updating", sql: "select count(*) from emotion_history where created_at > now() - interval '2 minutes'", on: main, expect: { at-least: 1 } }
  - { match: "Verify follow-up scheduler creating tasks", sql: "select count(*) from lead.follow_ups where due_at > now() + interval '23 hours 58 minutes'", on: main, expect: { at-least: 1 } }
`;

const chat = (service: string) =>
  `{ method: POST, url: ${quoted(`${service}/api/ai/chat`)}, json: { message: "T-Minus asks", customer_id: "probe" } }`;

const booking = (service: string) =>
  `{ method: POST, url: ${quoted(`${service}/api/bookings`)}, json: { customer_id: "probe", guests: 2 } }`;

/** The first task ends a few seconds after the first message to the new version. */
const backgroundTaskSeen = (layout: Layout) =>
  `sh -c 'for i in $(seq 30); do grep "Background task completed" "$1" && exit; sleep 1; done; exit 1' sh ${quoteForShell(layout.errorLog)}`;

/** The lines since the service last came up; what the version before it logged is history. */
const noErrorsSinceStart = (layout: Layout) =>
  `awk '/Application startup complete/ {bad=0} /ERROR|Traceback/ {bad++; print} END {exit bad>0}' ${quoteForShell(layout.errorLog)}`;

// Minutes stand for hours: a rehearsal must come to a verdict while somebody watches it.
const probes = (layout: Layout, service: string, sql: boolean) => `probes:
  health: { http: ${quoted(`${service}/health`)}, every: 2s, timeout: 5s, expect: { status: 200, json: { status: healthy } } }
  store_message: { http: ${chat(service)}, every: 2s, timeout: 8s, expect: { status: 200 } }
  booking: { http: ${booking(service)}, every: 1s, timeout: 5s, expect: { status: 201 } }
  memory: { on: vps, rss: ${quoted(servicePattern(layout))}, every: 2s }
  cpu: { on: vps, cpu: ${quoted(servicePattern(layout))}, every: 3s }
  disk: { on: vps, disk: ${quoted(layout.checkout)}, every: 10s }
  uptime: { on: vps, run: "systemctl is-active --quiet ${unitName} >/dev/null && echo 100 || echo 0", unit: "%", every: 3s }
  errors: { log: error, count: "ERROR|Traceback", of: requests, every: 3s }
  db_failures: { log: error, count: "ECONNREFUSED|Connection terminated|connection timeout|connection lost", every: 3s }
${sql ? sqlProbes : ''}`;

// A journey is a message, then a booking, as the service itself has logged them.
// Ten seconds are enough to look back: the service answers several requests in them.
const sqlProbes = `  pool: { postgres: connections, like: "myhibachi-api", pool: 30, on: main, every: 3s }
  query_time: { postgres: statements, like: "%ai_messages%", on: main, every: 3s }
  background_ok: { sql: "select 100.0 * (select count(*) from emotion_history) / greatest(1, (select count(*) from ai_messages where created_at < now() - interval '5 seconds'))", on: main, unit: "%", every: 3s }
  journey: { sql: "select sum(ms) from (select avg(response_time_ms) as ms from api_logs where created_at > now() - interval '10 seconds' and (endpoint, status) in (('/api/ai/chat', 200), ('/api/bookings', 201)) group by endpoint) as legs having count(*) = 2", on: main, unit: ms, every: 3s }
`;

/** Matches this box's service and no other's, however many rehearsals run. */
const servicePattern = (layout: Layout) => `python ${layout.checkout.replace(/[^\w/-]/g, '\\$&')}/apps`;

const logs = (layout: Layout) => `logs:
  error: { on: vps, tail: ${quoted(layout.errorLog)} }
  requests: { on: vps, tail: ${quoted(layout.accessLog)} }
`;

type Tie = {line: number; probe: string; statistic?: string; window?: string; samples?: number; consecutive?: number};

/** Probes that need the database. */
const sqlProbeNames = ['pool', 'query_time', 'background_ok', 'journey'];

// By line: the document says "Error rate" and "P95" in several places, and it ships with these bindings.
const ties: readonly Tie[] = [
  {line: 148, probe: 'health'},
  {line: 149, probe: 'store_message'},
  {line: 150, probe: 'booking'},
  {line: 155, probe: 'errors', statistic: 'max'},
  {line: 182, probe: 'store_message', statistic: 'p95'},
  {line: 183, probe: 'booking', statistic: 'p95'},
  {line: 193, probe: 'cpu'},
  {line: 194, probe: 'pool'},
  {line: 218, probe: 'store_message', statistic: 'p95'},
  {line: 219, probe: 'booking', statistic: 'p95'},
  {line: 220, probe: 'background_ok'},
  {line: 221, probe: 'store_message', statistic: 'error-rate', samples: 20},
  {line: 222, probe: 'query_time'},
  {line: 227, probe: 'uptime'},
  // A version that is slow answers rarely: every four seconds, when it takes more than two. The triggers must still judge it.
  {line: 285, probe: 'store_message', statistic: 'p95', window: '30s', samples: 5},
  {line: 286, probe: 'store_message', statistic: 'error-rate', samples: 10},
  {line: 287, probe: 'db_failures', statistic: 'count', samples: 1, consecutive: 2},
  {line: 288, probe: 'memory', statistic: 'slope', window: '60s', samples: 15},
  {line: 355, probe: 'store_message', statistic: 'p95'},
  {line: 356, probe: 'booking', statistic: 'p95'},
  {line: 357, probe: 'journey'},
  {line: 361, probe: 'store_message', statistic: 'error-rate', samples: 20},
  {line: 364, probe: 'background_ok'},
  {line: 370, probe: 'uptime'},
];

const rules = (sql: boolean) => {
  const lines = ties
    .filter(({probe}) => sql || !sqlProbeNames.includes(probe))
    .map(({line, probe, statistic, window = '60s', samples = 8, consecutive = 3}) => {
      const how = statistic ? `, statistic: ${statistic}` : '';
      return `  - { match: "line:${line}", probe: ${probe}${how}, window: ${window}, samples: ${samples}, consecutive: ${consecutive} }\n`;
    });
  return `rules:\n${lines.join('')}`;
};

const rollbackAndContacts = `rollback:
  countdown: 3s
  requires:
    - { on: vps, run: "df -Pm . | awk 'NR==2 {exit $4<100}'" }
contacts:
  Developer: "nobody: this is a rehearsal"
  DevOps: "nobody: this is a rehearsal"
  On-Call: "you"
  Database Admin: "nobody: this is a rehearsal"
`;
