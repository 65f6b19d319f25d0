/** A scripted rollback over the connection that is kept for it, beside the same commands over a new SSH connection. */
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {type Measured, median, notMeasured, type Row, ratio} from './row.ts';
import {isFullFrame, openTerminal} from './terminal.ts';

const RUNS = 5;
const WHAT = 'scripted rollback, 5 commands, warm';
const BESIDE_ANSIBLE = 'the same beside Ansible';
const hasAnsible = spawnSync('ansible-playbook', ['--version']).status === 0;

export const rollback: Row = async () => {
  if (sshdMissing) return [notMeasured(WHAT, '≤ 0.5 x', 'sshd is not installed')];
  const host = await startSmallHost({checklist});
  try {
    return await measure(host);
  } finally {
    await host.stop();
  }
};

async function measure(host: SmallHost): Promise<readonly Measured[]> {
  const ours: number[] = [];
  const cold: number[] = [];
  const ansible: number[] = [];
  const script = commandsOf(readFileSync(host.checklist, 'utf8'));
  for (let round = 0; round <= RUNS; round += 1) {
    cold.push(await runCold(host, script));
    if (hasAnsible) ansible.push(await runPlaybook(host, script));
    ours.push(await rollBackOnScreen(host));
    host.operator.endEngines();
  }
  const [mine, theirs] = [median(ours.slice(1)), median(ansible.slice(1))];
  return [
    ratio(WHAT, mine, median(cold.slice(1)), 0.5, '`ssh host sh < script`'),
    hasAnsible
      ? ratio(BESIDE_ANSIBLE, mine, theirs, 0.1, '`ansible-playbook`, a task a command')
      : notMeasured(BESIDE_ANSIBLE, '≤ 0.1 x', 'Ansible is not installed (--install-peers)'),
  ];
}

async function runPlaybook({sshd, directory}: SmallHost, script: string): Promise<number> {
  const tasks = script
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => ({'ansible.builtin.shell': line, args: {chdir: directory}}));
  const playbook = join(sshd.directory, 'playbook.json');
  writeFileSync(playbook, JSON.stringify([{hosts: 'all', gather_facts: false, tasks}]));
  const args = ['-i', 'box,', '--ssh-common-args', `-F ${sshd.configFile}`, playbook];
  // No connection of a round before is taken up again: ours are its own in each round, too.
  const env = {...process.env, ANSIBLE_SSH_ARGS: '-o ControlMaster=auto -o ControlPersist=1s', ANSIBLE_PIPELINING: '1'};
  const startedAt = performance.now();
  const [code] = await once(spawn('ansible-playbook', args, {env, stdio: ['ignore', 'ignore', 'inherit']}), 'exit');
  const tookMs = performance.now() - startedAt;
  if (code !== 0) throw new Error(`the playbook ended with ${code}`);
  return tookMs;
}

/** Waited for without blocking: the script asks a server of this process whether all is well. */
async function runCold({sshd, directory}: SmallHost, script: string): Promise<number> {
  const startedAt = performance.now();
  const ssh = spawn('ssh', ['-F', sshd.configFile, 'box', 'sh'], {stdio: ['pipe', 'ignore', 'inherit']});
  ssh.stdin.end(`set -e\ncd ${directory}\n${script}`);
  const [code] = await once(ssh, 'exit');
  if (code !== 0) throw new Error(`the script ended with ${code}`);
  return performance.now() - startedAt;
}

async function rollBackOnScreen({checklist, bindings, directory, operator}: SmallHost): Promise<number> {
  const own = `${checklist}-${performance.now()}.md`;
  writeFileSync(own, readFileSync(checklist));
  const terminal = openTerminal(['run', own, '-b', bindings], directory, operator.environment);
  try {
    await terminal.when('full frame', isFullFrame);
    await terminal.when('readiness', rows => rows[0]?.includes('ROLLBACK READY') ?? false);
    terminal.press('R');
    await terminal.when('countdown', rows => rows.some(row => /R now/i.test(row)));
    const startedAt = performance.now();
    terminal.press('R');
    return (await terminal.when('end of the rollback', rows => rows.some(row => /rolled back/i.test(row)))) - startedAt;
  } finally {
    terminal.close();
  }
}

function commandsOf(text: string): string {
  return [...text.matchAll(/```bash\n(?!ssh)(.*?)```/gs)].map(match => match[1]).join('');
}

const checklist = `# Small

## Rollback

\`\`\`bash
ssh user@your-vps-ip
\`\`\`

\`\`\`bash
touch DIRECTORY/stopped
cp DIRECTORY/slow.sh DIRECTORY/restored.sh
touch DIRECTORY/started
ls DIRECTORY
\`\`\`

### Verify

\`\`\`bash
curl -fsS HEALTH
# Expected: {"status": "healthy"}
\`\`\`
`;
