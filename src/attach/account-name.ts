/** The name of the account of a user id. */
import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import {promisify} from 'node:util';

const ANSWER_WITHIN_MS = 2000;

/** The name of an account; `uid 1234` when nobody knows one. Directory services are asked where there are any. */
export async function accountName(uid: number): Promise<string> {
  if (uid === process.getuid?.()) return ownAccountName();
  const name = (await fromDirectoryServices(uid)) ?? fromFile(uid);
  return name ?? `uid ${uid}`;
}

/** In a container an account may be nothing but its number. */
export function ownAccountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.()}`;
  }
}

async function fromDirectoryServices(uid: number): Promise<string | undefined> {
  try {
    const {stdout} = await promisify(execFile)('getent', ['passwd', String(uid)], {timeout: ANSWER_WITHIN_MS});
    return nameIn(stdout, uid);
  } catch {
    // Not every system has getent.
    return undefined;
  }
}

function fromFile(uid: number): string | undefined {
  try {
    return nameIn(readFileSync('/etc/passwd', 'utf8'), uid);
  } catch {
    return undefined;
  }
}

function nameIn(table: string, uid: number): string | undefined {
  const entry = table.split('\n').find(line => line.split(':')[2] === String(uid));
  return entry?.split(':')[0];
}
