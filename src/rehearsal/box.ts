/** The box: a host with its repositories, its service, its database and its customers, started and ended together. */
import {chmod, copyFile, cp, mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {execa} from 'execa';
import {compact} from '../text/compact.ts';
import {type Fault, newRelease, newVersion} from './faults.ts';
import {assetPath, boxEnvironment, type Layout, layoutOf} from './file-paths.ts';
import {openDatabase} from './postgres.ts';
import {sweep} from './processes.ts';
import {writeBindings} from './rehearsal-bindings.ts';
import {openSshServer, type SshServer} from './ssh-server.ts';
import {startService, systemctl} from './start-service.ts';

export type Box = {close(): Promise<void>};
export type BoxOptions = {directory: string; fault?: Fault; log: (line: string) => void};

const dropEveryMs = 20_000;
const dropForMs = 4000;
/** The first time long enough to look at the screen and to think. */
const firstDropForMs = 12_000;
const watchCheckoutMs = 500;

/** Opens everything a deploy needs, in `directory` and on loopback. Resolves when the old version answers. */
export async function openBox({directory, fault, log}: BoxOptions): Promise<Box> {
  const layout = layoutOf(directory);
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.reverse()) await closer();
    await sweep(directory);
  };
  try {
    await setUp(layout);
    const [ssh, database] = await Promise.all([
      openSshServer(layout).then(server => {
        closers.push(() => server.close());
        log(`SSH server on 127.0.0.1:${server.port}`);
        return server;
      }),
      openDatabase(layout).then(opened => {
        if ('stop' in opened) closers.push(() => opened.stop());
        log(
          'unavailable' in opened
            ? `no SQL in this rehearsal: ${opened.unavailable}`
            : `PostgreSQL on port ${opened.port}`,
        );
        return 'url' in opened ? opened : undefined;
      }),
      createRepositories(layout, fault).then(() => log('git origin, checkout and workstation')),
    ]);
    closers.push(() => systemctl(layout, 'stop'));
    const service = `http://127.0.0.1:${await startService(layout, database?.url)}`;
    log(`service on ${service}`);
    await writeBindings(layout, compact({service, databaseUrl: database?.url}));
    const traffic = startTraffic(service);
    closers.push(() => traffic.stop());
    if (fault === 'ssh-drop') closers.push(dropLinks(layout, ssh));
    return {close};
  } catch (error) {
    await close();
    throw error;
  }
}

/** Directories, the checklist as it is, and the stand-ins. */
async function setUp(layout: Layout): Promise<void> {
  const {home, temporary, run, serviceLogs, bin, unitFile, origin, checkout, workstation} = layout;
  const parents = [unitFile, origin, checkout, workstation].map(dirname);
  await Promise.all([home, temporary, run, serviceLogs, bin, ...parents].map(path => mkdir(path, {recursive: true})));
  await copyFile(assetPath('production-deployment-checklist.md'), layout.checklist);
  await cp(assetPath('stand-ins'), bin, {recursive: true});
  await Promise.all((await readdir(bin)).map(name => chmod(join(bin, name), 0o755)));
  await copyFile(join(bin, 'python'), join(bin, 'python3'));
  // `git stash` and `git commit` want to know who it is.
  await writeFile(
    join(home, '.gitconfig'),
    '[user]\n  name = deploy\n  email = deploy@localhost\n[safe]\n  directory = *\n',
  );
  await Promise.all([layout.errorLog, layout.accessLog].map(path => writeFile(path, '')));
}

/** While the new version is checked out the link fails again and again; the old version is spared. */
function dropLinks(layout: Layout, ssh: SshServer): () => void {
  let droppedAt = 0;
  const timer = setInterval(async () => {
    const release = await readFile(join(layout.checkout, 'apps/backend/release.json'), 'utf8').catch(() => '');
    if (!release.includes(`"${newVersion}"`) || Date.now() - droppedAt < dropEveryMs) return;
    if (ssh.isForwarding() && Date.now() - droppedAt < 2 * dropEveryMs) return;
    ssh.drop(droppedAt === 0 ? firstDropForMs : dropForMs);
    droppedAt = Date.now();
  }, watchCheckoutMs);
  return () => clearInterval(timer);
}

type Visit = {path: string; body?: unknown; everyMs: number};

const visits: readonly Visit[] = [
  {path: '/health', everyMs: 2000},
  {path: '/api/ai/chat', body: {message: 'Do you have a table for six?', customer_id: 'guest-7'}, everyMs: 900},
  {path: '/api/ai/chat', body: {message: 'Is there a vegetarian menu?', customer_id: 'guest-12'}, everyMs: 1700},
  {path: '/api/bookings', body: {customer_id: 'guest-7', guests: 6}, everyMs: 1300},
];
const requestTimeoutMs = 10_000;

/** A few customers a second, each waiting for an answer before asking again. Refusals are the service's to log. */
function startTraffic(origin: string): {stop(): void} {
  const ending = new AbortController();
  for (const visit of visits) void repeat(origin, visit, ending.signal);
  return {stop: () => ending.abort()};
}

async function repeat(origin: string, visit: Visit, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await Promise.all([ask(origin, visit, signal), sleep(visit.everyMs, undefined, {signal}).catch(() => {})]);
  }
}

async function ask(origin: string, {path, body}: Visit, signal: AbortSignal): Promise<void> {
  const request: RequestInit = {signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)])};
  if (body !== undefined) {
    request.method = 'POST';
    request.headers = {'content-type': 'application/json'};
    request.body = JSON.stringify(body);
  }
  await fetch(`${origin}${path}`, request)
    .then(answer => answer.arrayBuffer())
    .catch(() => {});
}

const feature = 'feature/tool-calling-phase-1';

/**
 * A bare origin whose `main` holds the new version, a checkout on the "VPS" and a clone of the operator's, both
 * still at the old one.
 */
async function createRepositories(layout: Layout, fault: Fault | undefined): Promise<void> {
  const git = gitIn(layout);
  await mkdir(layout.workstation, {recursive: true});
  await cp(assetPath('service/old'), layout.workstation, {recursive: true});
  await git(layout.workstation, 'init', '--quiet', '--initial-branch=main');
  await commitAll(git, layout.workstation, 'Answer messages and bookings');
  await git(layout.directory, 'clone', '--quiet', '--bare', layout.workstation, layout.origin);
  await git(layout.workstation, 'remote', 'add', 'origin', layout.origin);
  await git(layout.directory, 'clone', '--quiet', layout.origin, layout.checkout);
  await leaveLocalChange(layout);

  await git(layout.workstation, 'checkout', '--quiet', '-b', feature);
  await cp(assetPath('service/new'), layout.workstation, {recursive: true, force: true});
  const release = join(layout.workstation, 'apps/backend/release.json');
  await writeFile(release, `${JSON.stringify(newRelease(fault), null, 2)}\n`);
  await commitAll(git, layout.workstation, 'Phase 2A+2C: record emotions in the background (#3)');
  await git(layout.workstation, 'push', '--quiet', 'origin', `${feature}:main`, feature);
}

type Git = (directory: string, ...args: string[]) => Promise<unknown>;

function gitIn(layout: Layout): Git {
  const env = {
    ...boxEnvironment(layout),
    GIT_AUTHOR_NAME: 'Rehearsal',
    GIT_AUTHOR_EMAIL: 'rehearsal@localhost',
    GIT_COMMITTER_NAME: 'Rehearsal',
    GIT_COMMITTER_EMAIL: 'rehearsal@localhost',
  };
  return (directory, ...args) => execa('git', args, {cwd: directory, env, extendEnv: false});
}

async function commitAll(git: Git, directory: string, message: string): Promise<void> {
  await git(directory, 'add', '--all');
  await git(directory, 'commit', '--quiet', '--message', message);
}

/** Somebody once changed the log level on the server by hand: what the deploy's `git stash` will take away. */
async function leaveLocalChange(layout: Layout): Promise<void> {
  await writeFile(join(layout.checkout, 'apps/backend/logging.json'), '{"level": "DEBUG"}\n');
  await rm(join(layout.checkout, '.git', 'hooks'), {recursive: true, force: true});
}
