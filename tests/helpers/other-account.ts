/** Programs run by another Unix account. Only root can start them: tests that need them are skipped otherwise. */
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {chmodSync, constants, copyFileSync, cpSync, mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import type {ServerMessage} from '../../src/attach/protocol.ts';
import {eventually} from './eventually.ts';

export type OtherAccount = {name: string; uid: number; gid: number; groups: readonly number[]};

/** Why there can be no other account here. */
export const othersMissing =
  process.getuid?.() !== 0 ? 'needs root, to be another Unix account' : missing('setpriv', 'useradd', 'groupadd');
if (othersMissing !== undefined)
  process.stderr.write(`\nTests with a second Unix account are SKIPPED: ${othersMissing}\n`);

/** A directory that every account can enter, with Node, the raw console and, if it is asked for, the built program. */
export function publicToolbox(withProgram = false): {
  directory: string;
  node: string;
  rawConsole: string;
  program: string;
  remove(): void;
} {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-public-'));
  chmodSync(directory, 0o755);
  const at = (name: string) => join(directory, name);
  if (!isReachable(process.execPath)) copyFileSync(process.execPath, at('node'), constants.COPYFILE_FICLONE);
  copyFileSync(resolve('tests/fixtures/raw-console.mjs'), at('raw-console.mjs'));
  if (withProgram) cpSync('dist', at('dist'), {recursive: true});
  return {
    directory,
    node: isReachable(process.execPath) ? process.execPath : at('node'),
    rawConsole: at('raw-console.mjs'),
    program: at('dist/tminus.js'),
    remove: () => rmSync(directory, {recursive: true, force: true}),
  };
}

/** As `setpriv` starts it: with that account's groups and nothing of ours. */
export function commandAs({uid, gid, groups}: OtherAccount, command: readonly string[]): readonly [string, string[]] {
  const ids = groups.length === 0 ? ['--clear-groups'] : ['--groups', groups.join(',')];
  return ['setpriv', ['--reuid', String(uid), '--regid', String(gid), ...ids, '--', ...command]];
}

export type RawConsole = {
  child: ChildProcess;
  messages: (ServerMessage | {type: 'error'; code: string})[];
  say(message: object): void;
  /** The first message of that type, when it has come. */
  heard<T extends ServerMessage['type'] | 'error'>(
    type: T,
  ): Promise<Extract<RawConsole['messages'][number], {type: T}>>;
};

export function rawConsoleAs(
  account: OtherAccount,
  {node, rawConsole}: {node: string; rawConsole: string},
  socketPath: string,
  hello: object = {},
): RawConsole {
  const said = JSON.stringify({type: 'hello', version: 2, observe: false, ...hello});
  const [command, args] = commandAs(account, [node, rawConsole, socketPath, said]);
  const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit'], cwd: '/'});
  const messages: RawConsole['messages'] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    messages.push(...lines.map(line => JSON.parse(line)));
  });
  return {
    child,
    messages,
    say: message => void child.stdin.write(`${JSON.stringify(message)}\n`),
    heard: async type =>
      (await eventually(`${type} at ${account.name}`, () => messages.find(message => message.type === type), {
        seen: () => messages.map(message => ('code' in message ? message.code : message.type)).join(' '),
      })) as never,
  };
}

/** Makes an account for the length of a test. */
export function addAccount(name: string, group?: {name: string; gid: number}): OtherAccount {
  execFileSync('useradd', ['--no-create-home', ...(group === undefined ? [] : ['-G', group.name]), name]);
  const [, , uid, gid] = execFileSync('getent', ['passwd', name], {encoding: 'utf8'}).split(':');
  return {name, uid: Number(uid), gid: Number(gid), groups: group === undefined ? [] : [group.gid]};
}

export function addGroup(name: string): {name: string; gid: number} {
  execFileSync('groupadd', [name]);
  return {name, gid: Number(execFileSync('getent', ['group', name], {encoding: 'utf8'}).split(':')[2])};
}

export function removeAccounts(accounts: readonly OtherAccount[], group?: {name: string}): void {
  for (const {name} of accounts) execFileSync('userdel', ['-f', name], {stdio: 'ignore'});
  if (group !== undefined) execFileSync('groupdel', [group.name]);
}

function isReachable(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

function missing(...programs: readonly string[]): string | undefined {
  const absent = programs.filter(name => {
    try {
      execFileSync('sh', ['-c', `command -v ${name}`], {stdio: 'ignore'});
      return false;
    } catch {
      return true;
    }
  });
  return absent.length === 0 ? undefined : `needs ${absent.join(', ')}`;
}
