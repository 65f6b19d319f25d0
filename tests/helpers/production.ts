/**
 * A small production on this machine: a real sshd as the host, a git origin with an old and a new version, a checkout
 * that a stand-in `systemctl` serves over HTTP, and a real PostgreSQL. Its `systemctl` knows nothing but
 * start, stop and restart, as a wrapper in a container would.
 */
import {execFileSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import pg from 'pg';
import {seedPath} from './documents.ts';
import {eventually} from './eventually.ts';
import {freePort} from './ports.ts';
import {type Postgres, startPostgres} from './postgres.ts';
import {endProcessesWith} from './proc.ts';
import {type Sshd, startSshd} from './sshd.ts';

export type Production = {
  directory: string;
  sshd: Sshd;
  postgres: Postgres;
  /** The checkout on the host. */
  checkout: string;
  /** The operator's clone: where `tminus` is started. */
  workstation: string;
  checklist: string;
  bindings: string;
  errorLog: string;
  servicePort: number;
  /** Version the service answers with, or undefined when it does not answer. */
  version(): Promise<string | undefined>;
  /** In the checkout. */
  git(...args: readonly string[]): string;
  /** Adds entries to `steps:` of the bindings. */
  bindSteps(...steps: readonly string[]): void;
  stop(): Promise<void>;
};

/** Indexes that the checklist's own query finds: 16, of which the document wants 14 or more. */
export const indexCount = 16;

export async function startProduction(): Promise<Production> {
  const [servicePort, sshd, postgres] = await Promise.all([
    freePort(),
    startSshd(),
    startPostgres({flags: ['-c', 'shared_preload_libraries=pg_stat_statements']}),
  ]);
  const directory = join(sshd.directory, 'production');
  const at = (name: string) => join(directory, name);
  mkdirSync(at('bin'), {recursive: true});
  await fillDatabase(postgres.url);
  const {checkout, workstation} = makeRepositories(directory, servicePort);
  writeFileSync(at('error.log'), 'started\n');
  makeStandIns(at('bin'), checkout, at('error.log'));
  putStandInsFirst(sshd, at('bin'));
  cpSync(seedPath, at('seed.md'));
  const facts = {sshd, postgres, checkout, servicePort, errorLog: at('error.log')};
  writeFileSync(at('tminus.yaml'), bindingsText(facts));
  const version = () => answeredVersion(servicePort);
  execFileSync(join(at('bin'), 'systemctl'), ['start', 'myhibachi-api'], {stdio: 'ignore'});
  await eventually('the old version to answer', version);
  return {
    ...facts,
    directory,
    workstation,
    checklist: at('seed.md'),
    bindings: at('tminus.yaml'),
    version,
    git: (...args) => execFileSync('git', ['-C', checkout, ...args], {encoding: 'utf8'}).trim(),
    bindSteps(...steps) {
      const text = readFileSync(at('tminus.yaml'), 'utf8');
      writeFileSync(
        at('tminus.yaml'),
        text.replace('steps:\n', () => `steps:\n${steps.map(step => `  - ${step}\n`).join('')}`),
      );
    },
    async stop() {
      // The service, and jobs: both are detached from the server that started them.
      endProcessesWith(directory);
      endProcessesWith(sshd.tminusHome);
      await postgres.stop();
      await sshd.stop();
    },
  };
}

async function answeredVersion(port: number): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`);
    return ((await answer.json()) as {version: string}).version;
  } catch {
    return undefined;
  }
}

/** The key runs every command with the stand-ins first in the PATH, as a server's own profile would. */
function putStandInsFirst(sshd: Sshd, bin: string): void {
  const keys = join(sshd.directory, 'authorized_keys');
  const wrapper = join(bin, 'session');
  writeFileSync(wrapper, `#!/bin/sh\nPATH=${bin}:$PATH\nexport PATH\nexec sh -c "$SSH_ORIGINAL_COMMAND"\n`);
  chmodSync(wrapper, 0o755);
  writeFileSync(keys, `command="${wrapper}" ${readFileSync(keys, 'utf8')}`);
}

export function makeRepositories(directory: string, servicePort: number): {checkout: string; workstation: string} {
  const [origin, checkout, workstation] = ['origin.git', 'checkout', 'workstation'].map(name =>
    join(directory, name),
  ) as [string, string, string];
  const git = (where: string, ...args: readonly string[]) =>
    execFileSync('git', ['-C', where, '-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], {
      stdio: 'ignore',
    });
  execFileSync('git', ['init', '--bare', '-b', 'main', origin], {stdio: 'ignore'});
  execFileSync('git', ['clone', origin, workstation], {stdio: 'ignore'});
  git(workstation, 'checkout', '-B', 'main');
  mkdirSync(join(workstation, 'apps/backend'), {recursive: true});
  writeFileSync(join(workstation, 'requirements.txt'), 'fastapi==0.115\n');
  writeFileSync(join(workstation, '.gitignore'), '.env*\napps/backend.backup.*\n');
  writeFileSync(join(workstation, 'apps/backend/main.mjs'), serviceSource(servicePort));
  writeFileSync(join(workstation, 'apps/backend/version.json'), '{"version": "old"}\n');
  git(workstation, 'add', '.');
  git(workstation, 'commit', '-m', 'the old version');
  git(workstation, 'push', 'origin', 'main');
  execFileSync('git', ['clone', origin, checkout], {stdio: 'ignore'});
  writeFileSync(
    join(checkout, '.env'),
    'DATABASE_URL=postgres://x\nOPENAI_API_KEY=k\nTWILIO_ACCOUNT_SID=s\nTWILIO_AUTH_TOKEN=t\n',
  );
  for (const [key, value] of [
    ['user.name', 'T'],
    ['user.email', 't@example.com'],
  ]) {
    git(checkout, 'config', key as string, value as string);
  }
  writeFileSync(join(workstation, 'apps/backend/version.json'), '{"version": "new"}\n');
  git(workstation, 'commit', '-am', 'the new version');
  git(workstation, 'push', 'origin', 'main');
  return {checkout, workstation};
}

function serviceSource(port: number): string {
  return `import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
const {version} = JSON.parse(readFileSync(new URL('./version.json', import.meta.url), 'utf8'));
createServer((request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({status: 'healthy', version}));
}).listen(${port}, '127.0.0.1');
`;
}

function makeStandIns(bin: string, checkout: string, errorLog: string): void {
  const pidFile = join(bin, 'service.pid');
  const scripts: Readonly<Record<string, string>> = {
    sudo: 'exec "$@"',
    pip: 'echo "Requirement already satisfied: fastapi"',
    python: 'exit 0',
    systemctl: `stop() { [ -f ${pidFile} ] && kill "$(cat ${pidFile})" 2>/dev/null; rm -f ${pidFile}; }
start() { stop; setsid ${process.execPath} ${checkout}/apps/backend/main.mjs >>${errorLog} 2>&1 </dev/null & echo $! >${pidFile}; }
case "$1" in
  start|restart) start ;;
  stop) stop; true ;;
  *) echo "systemctl: unknown verb $1" >&2; exit 1 ;;
esac`,
  };
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
}

export async function fillDatabase(url: string): Promise<void> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  await client.query(
    'create schema core; create table core.bookings (id int, day date, guests int, customer int, paid bool)',
  );
  for (let index = 0; index < indexCount; index += 1) {
    await client.query(`create index idx_bookings_${index} on core.bookings (id, (day + ${index}))`);
  }
  for (const table of ['ai_conversations', 'ai_messages', 'emotion_history']) {
    await client.query(`create table ${table} (id int, created_at timestamptz default now())`);
  }
  await client.end();
}

type Facts = {sshd: Sshd; postgres: Postgres; checkout: string; servicePort: number; errorLog: string};

function bindingsText({sshd, postgres, checkout, servicePort, errorLog}: Facts): string {
  const service = `http://127.0.0.1:${servicePort}`;
  const vps = `destination: box, config: ${sshd.configFile}`;
  return `${seedBindings({service, database: postgres.url, checkout, errorLog, vps})}probes:
  health: { http: "${service}/health", every: 1s, expect: { status: 200 } }
`;
}

export type SeedFacts = {service: string; database: string; checkout: string; errorLog: string; vps: string};

/** What the seed checklist leaves open, as any production of a test has it. `vps`: where that host is. */
export function seedBindings({service, database, checkout, errorLog, vps}: SeedFacts): string {
  return `tminus: 1
values:
  https://your-api-domain.com: ${service}
  /path/to/myhibachi-backend: ${checkout}
  /var/log/myhibachi-api/error.log: ${errorLog}
hosts:
  vps: { matches: user@your-vps-ip, ${vps}, directory: ${checkout} }
databases:
  main: { url: "${database}", default: true }
contexts:
  "4. Backup Current Production": vps
  "5. Dependencies Check": vps
steps:
  - { match: "Verify database connection working", sql: "select 1", on: main, expect: { equals: 1 } }
  - { match: "All required environment variables present", env-file: .env, on: vps }
  - { match: "Tables exist", tables: [ai_conversations, ai_messages, emotion_history], on: main }
  - { match: "line:157", sql: "select 1", on: main }
`;
}
