/** The whole program beside an endpoint that hangs, a database that refuses and a host that is gone. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Sample} from '../../src/run/outcome.ts';
import {eventually} from '../helpers/eventually.ts';
import {freePort} from '../helpers/ports.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing} from '../helpers/tmux.ts';
import {serve} from '../probes/local-world.ts';

const CHECKLIST = `# Deploy

## Deployment steps
- [ ] Look around

## Monitoring
- [ ] API health endpoint: <100ms
- [ ] Memory usage < 512 MB

## Rollback
\`\`\`bash
true
\`\`\`
`;

const EVERY_MS = 500;

let directory: string;
let operator: Operator;
let terminal: Terminal;
let web: Awaited<ReturnType<typeof serve>>;
let silent: Server;
const sockets = new Set<Socket>();

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-stale-'));
  operator = newOperator(directory);
  web = await serve((_request, response) => response.end('ok'));
  silent = createServer(socket => sockets.add(socket));
  const hanging = await freePort();
  await new Promise<void>(resolve => silent.listen(hanging, '127.0.0.1', resolve));
  const nobody = await freePort();
  const every = `every: ${EVERY_MS}ms, timeout: 1s`;
  writeFileSync(join(directory, 'deploy.md'), CHECKLIST);
  writeFileSync(
    join(directory, 'tminus.yaml'),
    `tminus: 1
hosts: { away: "nobody@127.0.0.1:${nobody}" }
databases: { main: "postgres://ana:hush-hush@127.0.0.1:${nobody}/d" }
probes:
  health: { http: "${web.url}/", ${every} }
  load: { cpu: true, ${every} }
  root: { disk: /, ${every} }
  hanging: { http: "http://127.0.0.1:${hanging}/", ${every} }
  orders: { sql: "select 1", ${every} }
  memory: { rss: node, on: away, ${every} }
`,
  );
  if (!tmuxMissing) terminal = startTerminal(operator.environment, {cwd: directory});
});

afterEach(async () => {
  terminal?.stop();
  operator.stop();
  for (const socket of sockets) socket.destroy();
  silent.close();
  await web[Symbol.asyncDispose]();
  rmSync(directory, {recursive: true, force: true});
});

async function samplesOf(signal: string): Promise<readonly Sample[]> {
  const events = await operator.journal();
  return events.flatMap(event =>
    event.type === 'sample-taken' ? event.samples.filter(sample => sample.signal === signal) : [],
  );
}

describe.skipIf(tmuxMissing)('sources that say nothing any more', () => {
  test('are named with why and for how long, and all others keep their pace', async () => {
    const window = terminal.open('run', 'deploy.md');
    await window.shows('Look around');
    await eventually('30 readings of the service', async () => (await samplesOf('health')).length >= 30);
    const screen = await window.shows(/no answer for \d+[sm], \d+ of \d+/);
    expect(screen).not.toContain('hush-hush');

    for (const name of ['health', 'load', 'root']) {
      const samples = await samplesOf(name);
      const span = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
      expect(samples.every(({value}) => value !== undefined)).toBe(true);
      // Of the readings that such a span has room for; a machine with other work to do may leave out some.
      expect((samples.length - 1) / (span / EVERY_MS), name).toBeGreaterThan(0.7);
    }
    const words = {hanging: /^no answer from/, orders: /^connection refused/, memory: /^connection refused/};
    for (const [name, expected] of Object.entries(words)) {
      const samples = await samplesOf(name);
      expect(samples.length, name).toBeGreaterThan(1);
      for (const {error} of samples) expect(error, name).toMatch(expected);
    }
  });
});
