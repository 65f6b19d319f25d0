/** An account of this machine whose sudo asks for its password, reached over a real sshd. Needs root, and sudo. */
import {execFileSync} from 'node:child_process';
import {chmodSync, chownSync, existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {addAccount, type OtherAccount, othersMissing, removeAccounts} from './other-account.ts';
import {type Sshd, sshdMissing, startSshd} from './sshd.ts';

export type Sudoer = {
  account: OtherAccount;
  password: string;
  /** Its `box` logs in as that account. */
  sshd: Sshd;
  /** Commands that sudo runs without asking, from now on. */
  allow(...commands: readonly string[]): void;
  stop(): Promise<void>;
};

/** Why there can be none here. */
export const sudoerMissing =
  othersMissing ?? (sshdMissing ? 'needs the OpenSSH server' : existsSync('/usr/bin/sudo') ? undefined : 'needs sudo');
if (sudoerMissing !== undefined) process.stderr.write(`\nTests with a real sudo are SKIPPED: ${sudoerMissing}\n`);

/** `defaults`: of sudo for that account. */
export async function startSudoer({
  via,
  defaults = [],
}: {
  via?: number;
  defaults?: readonly string[];
} = {}): Promise<Sudoer> {
  const account = addAccount(`tmsudo${process.pid}`);
  const {name, uid, gid} = account;
  // Signs that mean something to a shell, and nothing that a log would hold anyway.
  const password = `pa'ss"$w0rd\\ ${process.pid}`;
  execFileSync('chpasswd', {input: `${name}:${password}\n`});
  const sshd = await startSshd(via === undefined ? {} : {via});
  const at = (file: string) => join(sshd.directory, file);
  chmodSync(sshd.directory, 0o755);
  for (const own of ['tminus', 'home']) chownSync(at(own), uid, gid);
  writeFileSync(sshd.configFile, readFileSync(sshd.configFile, 'utf8').replace(/User .*/, `User ${name}`));
  const rules = `/etc/sudoers.d/${name}`;
  const allow = (...commands: readonly string[]) => {
    const free = commands.map(command => `${name} ALL=(ALL) NOPASSWD: ${command}\n`);
    const own = ['!lecture', ...defaults].map(one => `Defaults:${name} ${one}\n`);
    writeFileSync(rules, [...own, `${name} ALL=(ALL) ALL\n`, ...free].join(''), {mode: 0o440});
  };
  allow();
  return {
    account,
    password,
    sshd: {...sshd, user: name},
    allow,
    async stop() {
      await sshd.stop();
      rmSync(rules, {force: true});
      removeAccounts([account]);
    },
  };
}
