/** What a run on the screen costs while nothing happens but its clock and its probes. */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {newOperator} from '../helpers/program.ts';
import {atMost, type Row} from './row.ts';
import {isFullFrame, openTerminal} from './terminal.ts';

/** So long an engine collects what the start of its run has left. */
const SETTLE_MS = 30_000;
const WATCH_MS = 15_000;
const TICKS_PER_SECOND = 100;

export const idle: Row = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  const operator = newOperator(directory);
  const server = createServer((_request, response) => response.end('{"status": "healthy"}'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  writeFileSync(join(directory, 'idle.md'), '# Idle\n\n## Deployment\n\n- [ ] The release is announced\n');
  writeFileSync(join(directory, 'tminus.yaml'), bindingsFor((server.address() as AddressInfo).port));
  const terminal = openTerminal(['run', join(directory, 'idle.md')], directory, operator.environment);
  try {
    await terminal.when('full frame', isFullFrame);
    await sleep(SETTLE_MS);
    const processes = {engine: await operator.enginePid(), console: terminal.pid};
    const before = {bytes: terminal.bytes(), engine: cpuMs(processes.engine), console: cpuMs(processes.console)};
    await sleep(WATCH_MS);
    const engine = ((cpuMs(processes.engine) - before.engine) / WATCH_MS) * 100;
    const console = ((cpuMs(processes.console) - before.console) / WATCH_MS) * 100;
    const cpu = {unit: '%', detail: `engine ${engine.toFixed(2)} %, console ${console.toFixed(2)} % of a core`};
    const bytesPerSecond = ((terminal.bytes() - before.bytes) * 1000) / WATCH_MS;
    const bytes = {unit: 'B/s', detail: `clock and 3 probes on the screen, ${WATCH_MS / 1000} s`};
    return [
      atMost('idle run on screen: CPU', engine + console, 1.5, cpu),
      atMost('idle run on screen: bytes to the terminal', bytesPerSecond, 300, bytes),
    ];
  } finally {
    terminal.close();
    operator.stop();
    server.close();
    server.closeAllConnections();
    rmSync(directory, {recursive: true, force: true});
  }
};

function bindingsFor(port: number): string {
  const probe = (name: string) => `  ${name}: { http: "http://127.0.0.1:${port}/health", every: 5s }\n`;
  return `tminus: 1\nprobes:\n${['health', 'store_message', 'emotion'].map(probe).join('')}`;
}

/** User and system time of all threads. */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}
