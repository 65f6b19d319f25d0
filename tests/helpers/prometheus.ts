/** A real Prometheus on a free port, which scrapes a little server of the test; its files in a directory of its own. */
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {freePort} from './ports.ts';

export type Prometheus = {
  /** Without credentials. */
  url: string;
  /** Of the one user that may ask; it has a sign in it that an address must escape. */
  user: {name: string; password: string};
  stop(): Promise<void>;
};

const PROMETHEUS = ['/usr/bin/prometheus', '/usr/local/bin/prometheus'].find(path => existsSync(path));

/** For `describe.skipIf`. In CI a missing Prometheus is a failure, not a reason to skip. */
export const prometheusMissing = PROMETHEUS === undefined && !process.env['CI'];
if (prometheusMissing)
  process.stderr.write('\nPrometheus not found: its tests are SKIPPED (set CI=1 to fail instead)\n');

const READY_WITHIN_MS = 30_000;
/** A scrape that is not answered in as much time makes all of its series vanish. */
const SCRAPE_EVERY = '2s';
const user = {name: 'ana', password: 's@fe word'};
const HASH = '$2b$04$HKq1AY4SSNR73t.jB5fAculHrwsT6U.kKQArFW54XOGTIsVCFYWm6';

/** `metrics`: what it scrapes, in its text format. Resolves once all of it can be asked for. */
export async function startPrometheus(metrics: () => string): Promise<Prometheus> {
  if (PROMETHEUS === undefined) throw new Error('this test needs Prometheus (Debian: prometheus)');
  const directory = mkdtempSync(join(tmpdir(), 'tminus-prometheus-'));
  const at = (name: string) => join(directory, name);
  const target = createServer((_request, response) => response.end(metrics()));
  await new Promise<void>(resolve => target.listen(0, '127.0.0.1', resolve));
  const port = await freePort();
  writeFileSync(at('web.yml'), `basic_auth_users:\n  ${user.name}: ${HASH}\n`);
  writeFileSync(at('prometheus.yml'), configuration((target.address() as AddressInfo).port));
  const server = spawn(
    PROMETHEUS,
    [
      `--config.file=${at('prometheus.yml')}`,
      `--web.config.file=${at('web.yml')}`,
      `--storage.tsdb.path=${at('data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    {stdio: ['ignore', 'ignore', 'pipe']},
  );
  let complaints = '';
  server.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4000);
  });
  const ended = new Promise<void>(resolve => server.once('close', () => resolve()));
  const prometheus: Prometheus = {
    url: `http://127.0.0.1:${port}`,
    user,
    async stop() {
      server.kill('SIGTERM');
      await ended;
      target.closeAllConnections();
      await new Promise(resolve => target.close(resolve));
      rmSync(directory, {recursive: true, force: true, maxRetries: 5});
    },
  };
  await scraped(prometheus, () => complaints);
  return prometheus;
}

const configuration = (target: number) => `global:
  scrape_interval: ${SCRAPE_EVERY}
  scrape_timeout: ${SCRAPE_EVERY}
scrape_configs:
  - job_name: service
    static_configs: [{targets: ["127.0.0.1:${target}"]}]
`;

async function scraped({url}: Prometheus, said: () => string): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; ) {
    try {
      const answer = await fetch(`${url}/api/v1/query?query=up`, {headers: {authorization}});
      if ((await answer.text()).includes('"1"')) return;
    } catch {
      // It does not listen yet.
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`Prometheus did not start: ${said()}`);
}
