/** A scripted rollback over the connection that is kept for it, beside the same commands over a new SSH connection. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {type Measured, median, notMeasured, type Row, ratio} from './row.ts';
import {isFullFrame, openTerminal} from './terminal.ts';

const RUNS = 5;
const WHAT = 'scripted rollback, 5 commands, warm';

export const rollback: Row = async () => {
  if (sshdMissing) return [notMeasured(WHAT, '≤ 0.5 x', 'sshd is not installed')];
  const host = await startSmallHost({checklist});
  try {
    return [await measure(host), notMeasured('the same beside Ansible', '≤ 0.1 x', 'Ansible is not installed')];
  } finally {
    await host.stop();
  }
};

async function measure(host: SmallHost): Promise<Measured> {
  const ours: number[] = [];
  const cold: number[] = [];
  const script = commandsOf(readFileSync(host.checklist, 'utf8'));
  for (let round = 0; round <= RUNS; round += 1) {
    cold.push(await runCold(host, script));
    ours.push(await rollBackOnScreen(host));
  }
  return ratio(WHAT, median(ours.slice(1)), median(cold.slice(1)), 0.5, '`ssh host sh < script`');
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
    await terminal.when('countdown', rows => rows.at(-1)?.includes('R now') ?? false);
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
