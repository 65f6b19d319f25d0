/** A small production to break: a real sshd, a link that can be disturbed, a checklist whose every step keeps a ledger. */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {loadNamed} from '../../src/commands/load-named-plan.ts';
import {acceptReading} from '../../src/commands/review.ts';
import {endProcessesWith} from '../helpers/proc.ts';
import {type Ended, newOperator, type Operator} from '../helpers/program.ts';
import {type Sshd, startSshd} from '../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';

export type Stage = {
  sshd: Sshd;
  /** Between T-Minus and the host. */
  link: TcpProxy;
  /** Where the steps run. */
  directory: string;
  operator: Operator;
  checklist: string;
  bindings: string;
  /** What the steps wrote: `migrate begin`, `migrate end 0`. */
  ledger(): readonly string[];
  /** How long each step takes from now on. */
  pace(seconds: number): void;
  /** What a step will exit with. */
  status(mark: string, code: number): void;
  /** Starts the deploy and does not wait. */
  deploy(...more: readonly string[]): ReturnType<Operator['start']>;
  stop(): Promise<void>;
};

/** `env`: for the program. `bindings`: more of them, beside the host. Both texts may use DIRECTORY and HEALTH. */
export async function openStage({
  env = {},
  checklist = smallDeploy,
  bindings = '',
}: {
  env?: NodeJS.ProcessEnv;
  checklist?: string;
  bindings?: string;
} = {}): Promise<Stage> {
  let port = 0;
  const link = await startTcpProxy(() => port);
  const sshd = await startSshd({via: link.port});
  port = sshd.port;
  const directory = join(sshd.directory, 'host');
  mkdirSync(directory);
  const at = (name: string) => join(directory, name);
  const health = createServer((_request, response) => response.end('{"status": "healthy"}'));
  await new Promise<void>(resolve => health.listen(0, '127.0.0.1', resolve));
  const healthUrl = `http://127.0.0.1:${(health.address() as AddressInfo).port}/health`;
  const files = {checklist: join(sshd.directory, 'small.md'), bindings: join(sshd.directory, 'small.yaml')};
  const named = (text: string) => text.replaceAll('DIRECTORY', directory).replaceAll('HEALTH', healthUrl);
  writeFileSync(files.checklist, named(checklist));
  writeFileSync(files.bindings, bindingsText(sshd, directory) + named(bindings));
  writeFileSync(at('mark.sh'), markScript);
  const operator = newOperator(sshd.directory, env, {reviews: false});
  return {
    sshd,
    link,
    directory,
    operator,
    ...files,
    ledger: () => (existsSync(at('ledger')) ? readFileSync(at('ledger'), 'utf8').trim().split('\n') : []),
    pace: seconds => writeFileSync(at('pace'), String(seconds)),
    status: (mark, code) => writeFileSync(at(`status-${mark}`), String(code)),
    deploy(...more) {
      // As `tminus review --accept` does it, here: a program for each would keep all faults waiting that go on meanwhile.
      acceptReading(loadNamed(files.checklist, files.bindings), 'ana');
      return operator.start('run', files.checklist, '-b', files.bindings, ...unattended, ...more);
    },
    async stop() {
      operator.stop();
      // Jobs are detached from the server, on purpose.
      endProcessesWith(sshd.tminusHome);
      await new Promise(resolve => health.close(resolve));
      await link.stop();
      await sshd.stop();
    },
  };
}

const unattended = ['--auto', '--yes', 'all', '--plain'];

/** Does `work` on a stage of its own. */
export async function onStage<T>(
  work: (stage: Stage) => Promise<T>,
  options: Parameters<typeof openStage>[0] = {},
): Promise<T> {
  const stage = await openStage(options);
  try {
    return await work(stage);
  } finally {
    await stage.stop();
  }
}

/** So much later it hangs: what takes ten seconds may take a hundred on a loaded machine. */
const HANGS_AFTER_MS = 300_000;

/** Undefined when it hangs. */
export async function endOf(ended: Promise<Ended>): Promise<Ended | undefined> {
  return await Promise.race([ended, sleep(HANGS_AFTER_MS, undefined, {ref: false})]);
}

function bindingsText({configFile}: Sshd, directory: string): string {
  return `tminus: 1
hosts:
  vps: { matches: user@your-vps-ip, destination: box, config: ${configFile}, directory: ${directory} }
`;
}

/** One speaks while it works, the others only at their end: nothing that was seen tells that these have begun. */
const markScript = `echo "$1 begin" >>ledger
[ "$1" != build ] || echo "first words of build"
sleep "$(cat pace 2>/dev/null || echo 0.2)"
echo "output of $1"
s=$(cat "status-$1" 2>/dev/null || echo 0)
echo "$1 end $s" >>ledger
exit "$s"
`;

export const smallDeploy = `# Release of the shop
## Pre-Deployment Checklist
- [ ] Reviewed by a second person
## Deployment
### Step 1: Migrate
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sh mark.sh migrate
\`\`\`
### Step 2: Build
\`\`\`bash
sh mark.sh build
\`\`\`
### Step 3: Restart
\`\`\`bash
sh mark.sh restart
\`\`\`
## Success Criteria
- [x] Nobody complains
## Rollback
### Step 1: Restore
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sh mark.sh restore
\`\`\`
### Step 2: Start again
\`\`\`bash
sh mark.sh again
\`\`\`
### Step 3: Check
\`\`\`bash
curl HEALTH
# Expected: {"status": "healthy"}
\`\`\`
`;

/** A rollback that leaves its mark on the host and asks the service, as checklists end with. */
export const ROLLBACK_PART = `## Rollback
### Step 1: Restore
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sh mark.sh restore
\`\`\`
### Step 2: Check
\`\`\`bash
curl HEALTH
\`\`\`
`;
