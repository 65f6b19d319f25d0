/** A short step on a group of hosts, beside plain `ansible-playbook` with the same commands as one task. */
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {newOperator} from '../helpers/program.ts';
import {atMost, type Measured, median, notMeasured, type Row, ratio} from './row.ts';

const ROUNDS = 3;
const FORKS = 20;
const LOOK_EVERY_MS = 200;
const MEMORY_MB_MAX = 250;
/** In what the kernel counts by. */
const MB = 1024;
const commands = ['echo one', 'echo two'];

export const group: Row = async ({full}) => {
  const hosts = full ? 500 : 50;
  const what = `a group of ${hosts} hosts, one short step`;
  if (spawnSync('ansible-playbook', ['--version']).status !== 0) {
    return [notMeasured(what, '≤ 1.5 x', 'Ansible is not installed (--install-peers)')];
  }
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  try {
    writeFiles(directory, hosts);
    return await measure(directory, what);
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
};

function writeFiles(directory: string, count: number): void {
  // Each has a home of its own: with all jobs in one of them, each host would look through those of all others.
  const plain = Array.from({length: count}, (_, index) => `web${index + 1} ansible_connection=local`);
  const hosts = plain.map((line, index) => {
    const shell = `/usr/bin/env TMINUS_HOME=${join(directory, `web${index + 1}`)} /bin/sh`;
    return `${line} ansible_shell_executable="${shell}"`;
  });
  const tasks = [{'ansible.builtin.shell': commands.join('\n')}];
  const files: Readonly<Record<string, string>> = {
    'hosts.ini': `[web]\n${hosts.join('\n')}\n`,
    'plain.ini': `[web]\n${plain.join('\n')}\n`,
    'plain.json': JSON.stringify([{hosts: 'web', gather_facts: false, tasks}]),
    'deploy.md': `# Deploy\n\n## Deploy\n\n\`\`\`bash\nssh deploy@web\n${commands.join('\n')}\n\`\`\`\n`,
    'tminus.yaml': `tminus: 1\nhosts: {web: {matches: deploy@web, inventory: hosts.ini, group: web, forks: ${FORKS}}}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
}

async function measure(directory: string, what: string): Promise<readonly Measured[]> {
  const [ours, theirs, memory]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    theirs.push(await runPlain(directory));
    const run = await runOurs(directory);
    ours.push(run.tookMs);
    memory.push(run.memoryMb);
  }
  return [
    ratio(what, median(ours), median(theirs), 1.5, '`ansible-playbook`, one `shell` task'),
    atMost('its engine', Math.max(...memory), MEMORY_MB_MAX, {unit: 'MB', detail: 'resident memory at its most'}),
  ];
}

async function runOurs(directory: string): Promise<{tookMs: number; memoryMb: number}> {
  const operator = newOperator(directory);
  let memoryMb = 0;
  const look = setInterval(() => {
    void operator.enginePid().then(
      pid => {
        memoryMb = Math.max(memoryMb, mostMemory(pid));
      },
      () => {},
    );
  }, LOOK_EVERY_MS);
  try {
    const {events} = await operator.run('run', 'deploy.md', '--auto', '--yes', 'all', '--json');
    const started = events.find(({type}) => type === 'step-started');
    const finished = events.find(event => event.type === 'step-finished');
    if (started === undefined || finished?.verdict.kind !== 'passed') {
      throw new Error(`the step has not passed: ${finished?.verdict.because ?? 'it has not ended'}`);
    }
    return {tookMs: finished.at - started.at, memoryMb};
  } finally {
    clearInterval(look);
    operator.stop();
  }
}

async function runPlain(directory: string): Promise<number> {
  const startedAt = performance.now();
  const words = ['-i', 'plain.ini', '-f', String(FORKS), 'plain.json'];
  const [code] = await once(
    spawn('ansible-playbook', words, {cwd: directory, stdio: ['ignore', 'ignore', 'inherit']}),
    'exit',
  );
  if (code !== 0) throw new Error(`the playbook ended with ${code}`);
  return performance.now() - startedAt;
}

/** Of the process, in MB; 0 when it has just ended. */
function mostMemory(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / MB;
  } catch {
    return 0;
  }
}
