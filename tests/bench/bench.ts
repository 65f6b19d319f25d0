/**
 * `npm run bench [-- --full] [-- --json] [-- --install-peers] [-- NAME …]`: holds the built program against its budgets,
 * as ratios within one run wherever there is something to compare with. Ends with 1 when a budget is exceeded, or a row
 * failed: the others are measured all the same.
 */
import {spawnSync} from 'node:child_process';
import {availableParallelism, loadavg} from 'node:os';
import {parseArgs} from 'node:util';
import {firstFrame} from './first-frame.ts';
import {flood} from './flood.ts';
import {group} from './group.ts';
import {growth} from './growth.ts';
import {idle} from './idle.ts';
import {keysInFlood} from './keys-in-flood.ts';
import {memory} from './memory.ts';
import {mergedLogs} from './merged-logs.ts';
import {parse} from './parse.ts';
import {remoteLog} from './remote-log.ts';
import {rollback} from './rollback.ts';
import {type Measured, notMeasured, type Row} from './row.ts';
import {search} from './search.ts';
import {watch} from './watch.ts';

const ROWS: Readonly<Record<string, Row>> = {
  'first-frame': firstFrame,
  'keys-in-flood': keysInFlood,
  flood,
  'remote-log': remoteLog,
  search,
  'merged-logs': mergedLogs,
  memory,
  idle,
  rollback,
  group,
  parse,
  growth,
  watch,
};

/** What rows are compared with, as Debian calls it. */
const PEERS = ['tmux', 'lnav', 'ansible-core', 'openssh-client', 'openssh-server'];

const boolean = {type: 'boolean', default: false} as const;
const {values: flags, positionals} = parseArgs({
  options: {full: boolean, json: boolean, 'install-peers': boolean},
  allowPositionals: true,
});
const unknown = positionals.find(name => !Object.hasOwn(ROWS, name));
if (unknown !== undefined) {
  process.stderr.write(`there is no row "${unknown}"; there are ${Object.keys(ROWS).join(', ')}\n`);
  process.exit(2);
}
if (flags['install-peers']) installPeers();
const measured: Measured[] = [];
let hasFailed = false;
for (const [name, row] of Object.entries(ROWS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  measured.push(...(await measuredOf(name, row)));
}
process.stdout.write(`${flags.json ? JSON.stringify(measured, undefined, 2) : table(measured)}\n`);
process.exit(hasFailed || measured.some(({isOver}) => isOver === true) ? 1 : 0);

/** Says as well how long it took and what else the machine had to do: where that is much, the figures say little. */
async function measuredOf(name: string, row: Row): Promise<readonly Measured[]> {
  const load = `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors`;
  process.stderr.write(`measuring ${name} (${load}) …\n`);
  const startedAt = performance.now();
  try {
    return await row(flags);
  } catch (error) {
    hasFailed = true;
    const [words = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    process.stderr.write(`${error instanceof Error ? error.stack : words}\n`);
    return [notMeasured(name, '—', words)];
  } finally {
    process.stderr.write(`  ${Math.round((performance.now() - startedAt) / 1000)} s\n`);
  }
}

/** What is there already stays as it is. A row whose peer cannot be had says so by itself. */
function installPeers(): void {
  const root = process.getuid?.() === 0 ? [] : ['sudo'];
  for (const words of [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', '--no-upgrade', ...PEERS],
  ]) {
    const [program = '', ...args] = [...root, ...words];
    const {status, error} = spawnSync(program, args, {stdio: ['ignore', 2, 2]});
    if (status !== 0) process.stderr.write(`${words.join(' ')}: ${error?.message ?? `ended with ${status}`}\n`);
  }
}

function table(rows: readonly Measured[]): string {
  const cells = rows.map(({what, measured, budget, isOver, detail}) => [
    what,
    measured,
    budget,
    isOver === undefined ? '—' : isOver ? 'OVER' : 'ok',
    detail,
  ]);
  const all = [['what', 'measured', 'budget', '', 'of'], ...cells];
  const widths = [0, 1, 2, 3].map(column => Math.max(...all.map(row => row[column]?.length ?? 0)));
  return all
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
