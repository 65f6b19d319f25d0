/** The service of the rehearsal: its unit, its settings, and its start on a port that is free. */
import {readFile, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {execa} from 'execa';
import {quoteForShell} from '../plan/script.ts';
import {boxEnvironment, type Layout, unitName} from './file-paths.ts';
import {freePort, PORT_TRIES} from './ports.ts';

const lookEveryMs = 50;
const lookForMs = 15_000;

/** Starts the old version, and says its port. Another program may take a free port first: then it is another port. */
export async function startService(
  layout: Layout,
  databaseUrl: string | undefined,
  nextPort: () => Promise<number> = freePort,
): Promise<number> {
  const printed = join(layout.serviceLogs, 'stdout.log');
  for (let tries = 1; ; tries++) {
    const port = await nextPort();
    await configureService(layout, port, databaseUrl);
    await systemctl(layout, 'start');
    if (await isStarted(layout)) return port;
    const text = await readFile(printed, 'utf8').catch(() => '');
    if (!text.includes('EADDRINUSE') || tries === PORT_TRIES)
      throw new Error(`the service did not start: ${text.trim().split('\n').at(-1) ?? ''}`);
    await systemctl(layout, 'stop');
    await rm(printed);
  }
}

/** Whether it says that it listens, and not another program at its port. */
async function isStarted(layout: Layout): Promise<boolean> {
  for (let waited = 0; waited < lookForMs; waited += lookEveryMs) {
    // In this order: what has ended after its word was still started.
    const isAlive = await isActive(layout);
    if ((await readFile(layout.errorLog, 'utf8')).includes('Application startup complete')) return true;
    if (!isAlive) return false;
    await sleep(lookEveryMs);
  }
  return false;
}

async function isActive(layout: Layout): Promise<boolean> {
  const {exitCode} = await execa(join(layout.bin, 'systemctl'), ['is-active', unitName], {
    env: boxEnvironment(layout),
    extendEnv: false,
    cwd: layout.home,
    stdio: 'ignore',
    reject: false,
  });
  return exitCode === 0;
}

/** What a server's owner sets up once: the unit, its settings, and the `.env` that git does not see. */
async function configureService(layout: Layout, port: number, databaseUrl: string | undefined): Promise<void> {
  const settings = {NODE: process.execPath, PORT: String(port), NODE_PATH: driverDirectory()};
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoteForShell(value)}\n`);
  await writeFile(layout.environmentFile, lines.join(''));
  await writeFile(
    layout.unitFile,
    [
      '[Unit]',
      'Description=MyHibachi API (rehearsal stand-in)',
      '[Service]',
      'Type=simple',
      `WorkingDirectory=${layout.checkout}`,
      `EnvironmentFile=${layout.environmentFile}`,
      'ExecStart=python apps/backend/main.cjs',
      '[Install]',
      'WantedBy=multi-user.target',
      '',
    ].join('\n'),
  );
  const environment = [
    `DATABASE_URL=${databaseUrl ?? ''}`,
    'OPENAI_API_KEY=sk-rehearsal-not-a-real-key',
    'REDIS_URL=redis://127.0.0.1:6379/0',
    'TWILIO_ACCOUNT_SID=AC-rehearsal-not-real',
    'TWILIO_AUTH_TOKEN=rehearsal-not-a-real-token',
    '',
  ].join('\n');
  await writeFile(join(layout.checkout, '.env'), environment, {mode: 0o600});
}

/** Where the service, which has no packages of its own, finds its database driver. */
function driverDirectory(): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve('pg/package.json')));
  } catch {
    return '';
  }
}

export async function systemctl(layout: Layout, verb: 'start' | 'stop'): Promise<void> {
  await execa(join(layout.bin, 'systemctl'), [verb, unitName], {
    env: boxEnvironment(layout),
    extendEnv: false,
    cwd: layout.home,
    // The service it starts must not hold our pipes.
    stdio: 'ignore',
  });
}
