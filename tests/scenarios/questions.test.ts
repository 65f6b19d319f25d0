/** What hosts ask, from the first connection to sudo: on the screen, on a bare terminal, and where there is nobody. */
import {execFileSync} from 'node:child_process';
import {chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {commandAs, publicToolbox} from '../helpers/other-account.ts';
import {endProcessesWith} from '../helpers/proc.ts';
import {acceptReading, finishedSteps, newOperator, type Operator, program} from '../helpers/program.ts';
import {openPty, type Pty} from '../helpers/pty.ts';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {fingerprintOf, sshdMissing} from '../helpers/sshd.ts';
import {type Sudoer, startSudoer, sudoerMissing} from '../helpers/sudoer.ts';

const ENTER = '\r';
const PASSPHRASE = 'correct horse battery';
const checklist = (work: string) => `# Release
## Deployment
### Step 1: Restart
\`\`\`bash
ssh user@your-vps-ip
sudo id -u
cat ${work}/careless.log
\`\`\`
`;

describe.skipIf(sudoerMissing !== undefined)(
  'a host nobody has been at, with a locked key and a sudo that asks',
  () => {
    let sudoer: Sudoer;
    let operator: Operator;
    let work: string;
    let terminals: Pty[] = [];
    const secrets = () => [PASSPHRASE, sudoer.password.slice(sudoer.password.indexOf('w0rd'))];
    const at = (name: string) => join(work, name);
    const files = () => [at('release.md'), '-b', at('bindings.yaml')];

    beforeAll(async () => {
      sudoer = await startSudoer();
      const {sshd, password} = sudoer;
      work = join(sshd.directory, 'work');
      mkdirSync(work);
      execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', PASSPHRASE, '-f', sshd.identityFile]);
      writeFileSync(at('release.md'), checklist(work));
      writeFileSync(
        at('bindings.yaml'),
        `tminus: 1\nhosts:\n  vps: { matches: user@your-vps-ip, destination: box, config: ${sshd.configFile}, directory: ${work} }\n`,
      );
      writeFileSync(at('careless.log'), `the passphrase is ${PASSPHRASE}, the password ${password} and that is that\n`);
      chmodSync(at('careless.log'), 0o644);
    });
    afterAll(() => sudoer?.stop());

    beforeEach(() => {
      operator = newOperator(work);
      writeFileSync(sudoer.sshd.knownHosts, '');
    });
    afterEach(() => {
      for (const terminal of terminals) terminal.kill();
      terminals = [];
      operator.stop();
      endProcessesWith(sudoer.sshd.tminusHome);
    });

    function terminal(...args: readonly string[]): Pty {
      const env = {TMINUS_HOME: operator.home, HOME: work};
      if (args[0] === 'run') acceptReading(work, {...process.env, ...env}, args.slice(1));
      const pty = openPty([process.execPath, [program, ...args]], {env, cwd: work});
      terminals.push(pty);
      return pty;
    }

    test('is deployed to from the screen, and what was answered is nowhere afterwards', async () => {
      const screen = terminal('run', ...files());
      await screen.shows('T-MINUS');
      screen.type(ENTER);
      await screen.shows('vps is it the right host?');
      await screen.shows(fingerprintOf(sudoer.sshd.hostKeyFile).slice(0, 30));
      screen.type(`yes${ENTER}`);
      await screen.shows('vps needs the passphrase of a key');
      screen.type(`wrong${ENTER}`);
      await screen.shows('that was not it; 2 tries left');
      screen.type(`${PASSPHRASE}${ENTER}`);
      await screen.shows('vps needs the password of sudo');
      screen.type(`${sudoer.password}${ENTER}`);
      const [finished] = [await operator.recorded('step-finished')];
      expect(finished.verdict).toMatchObject({kind: 'passed'});
      await screen.shows('the passphrase is [redacted], the password [redacted] and');

      const events = await operator.journal();
      const asked = events.filter(event => event.type === 'question-asked');
      expect(asked.map(({kind, host}) => [kind, host])).toEqual([
        ['host-key', 'vps'],
        ['passphrase', 'vps'],
        ['passphrase', 'vps'],
        ['sudo', 'vps'],
      ]);
      const closed = events.filter(event => event.type === 'question-closed');
      expect(closed.map(({answered}) => answered)).toEqual([true, true, true, true]);
      expect(new Set(closed.map(({by}) => by))).toEqual(new Set([userInfo().username]));
      for (const secret of secrets()) expect(placesWith(secret, operator.home)).toEqual([]);
      const known = readFileSync(sudoer.sshd.knownHosts, 'utf8');
      expect(known).toContain(`[127.0.0.1]:${sudoer.sshd.port} ssh-ed25519`);
    });

    test('can be checked from a bare terminal, where a secret is not echoed', async () => {
      const bare = terminal('check', ...files(), '--connect');
      await bare.shows('yes or no:');
      bare.type(`y${ENTER}`);
      await bare.shows('Type yes or no in full');
      bare.type(`yes${ENTER}`);
      await bare.shows('Passphrase of the key');
      await bare.shows('answer:');
      bare.type(`${PASSPHRASE}${ENTER}`);
      await bare.shows('ok   host vps');
      await bare.exit;
      expect(bare.screen()).not.toContain(PASSPHRASE);
      expect(readFileSync(sudoer.sshd.knownHosts, 'utf8')).toContain('ssh-ed25519');
    });

    test('is refused with a reason where there is nobody to ask, and nothing runs there', async () => {
      const {code, out, said} = await operator.run('run', ...files(), '--auto', '--plain');
      expect(code).toBe(3);
      expect(said).toMatch(/^tminus: vps asks: .* is not in known_hosts.* There is no terminal here to answer on\.$/m);
      expect(out).toContain('is not in known_hosts, and');
      const [step] = finishedSteps(await operator.journal());
      expect(step?.outcome).toMatchObject({kind: 'refused', reason: 'host-key-unknown'});
      expect(readFileSync(sudoer.sshd.knownHosts, 'utf8')).toBe('');
      const check = await operator.run('check', ...files(), '--connect');
      expect(check.code).toBe(69);
      expect(check.out).toContain('and there is nobody to ask');
    });
  },
);

describe.skipIf(sudoerMissing !== undefined)('sudo on the machine that T-Minus runs on', () => {
  let sudoer: Sudoer;
  let toolbox: ReturnType<typeof publicToolbox>;
  let shown: Pty | undefined;
  beforeAll(async () => {
    sudoer = await startSudoer();
    toolbox = publicToolbox(true);
  });
  afterAll(async () => {
    shown?.kill();
    endProcessesWith(toolbox.directory);
    await sudoer.stop();
    toolbox.remove();
  });

  test('has its password asked for on the terminal', async () => {
    const {account, password} = sudoer;
    const home = join(toolbox.directory, 'home');
    mkdirSync(home);
    chownSync(home, account.uid, account.gid);
    writeFileSync(join(toolbox.directory, 'here.md'), '# Release\n## Deployment\n```bash\nsudo id -u >uid\n```\n');
    acceptReading(toolbox.directory, process.env, ['here.md']);
    const command = [toolbox.node, toolbox.program, 'run', join(toolbox.directory, 'here.md'), '--auto', '--plain'];
    const env = {TMINUS_HOME: join(home, 'state'), HOME: home};
    shown = openPty(commandAs(account, command), {env, cwd: home});
    await shown.shows(`this machine: sudo asks: [sudo] password for ${account.name}:`);
    await shown.shows('answer:');
    shown.type(`${password}${ENTER}`);
    expect(await shown.exit).toBe(0);
    expect(readFileSync(join(home, 'uid'), 'utf8')).toBe('0\n');
    expect(placesWith(password.slice(password.indexOf('w0rd')), home)).toEqual([]);
  });
});

const withRollback = `# Release
## Deployment
### Step 1: Deploy
\`\`\`bash
ssh user@your-vps-ip
echo deployed >>DIRECTORY/log
\`\`\`
## Rollback
### Step 1: Restore
\`\`\`bash
ssh user@your-vps-ip
echo restored >>DIRECTORY/log
\`\`\`
### Step 2: Verify
\`\`\`bash
curl HEALTH
\`\`\`
`;

describe.skipIf(sshdMissing)('a key that is locked when it comes to rolling back', () => {
  let host: SmallHost;
  let shown: Pty | undefined;
  beforeAll(async () => {
    host = await startSmallHost({checklist: withRollback});
  });
  afterAll(async () => {
    shown?.kill();
    await host?.stop();
  });

  test('is asked about on the terminal, and the rollback goes on with it', async () => {
    const deployed = await host.operator.run('run', host.checklist, '-b', host.bindings, '--auto', '--plain');
    expect(deployed).toMatchObject({code: 0});
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', PASSPHRASE, '-f', host.sshd.identityFile]);
    const env = {TMINUS_HOME: host.operator.home, HOME: host.directory};
    shown = openPty([process.execPath, [program, 'rollback']], {env, cwd: host.directory});
    await shown.shows('Passphrase of the key');
    await shown.shows('answer:');
    shown.type(`${PASSPHRASE}${ENTER}`);
    expect(await shown.exit).toBe(4);
    expect(host.lines('log')).toEqual(['deployed', 'restored']);
  });
});

/** Files below the directory that hold the text, by `grep` as anybody would look. */
function placesWith(text: string, directory: string): readonly string[] {
  try {
    return execFileSync('grep', ['-rlaF', '--', text, directory], {encoding: 'utf8'}).trim().split('\n');
  } catch {
    return [];
  }
}
