/** Lets consoles in as who they are: proves their account and finds its name. */
import {execFile} from 'node:child_process';
import {randomBytes, randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import {promisify} from 'node:util';
import type {Console} from '../run/console.ts';
import {dropProof, prepareArrivals, readProof} from './account-proof.ts';
import type {Hello} from './protocol.ts';

/** `uid` is absent when the account is only presumed. */
export type Account = {user: string; uid?: number};

export type Door = {
  /** A name for the file that this one console has to make. */
  ask(): string;
  /** `failure`: why the console could not make it. */
  admit(nonce: string, failure: string | undefined): Promise<Account | {refusal: string}>;
  /** The console that was asked has gone. */
  forget(nonce: string): void;
};

/** `shared`: the socket is open to a group. Otherwise its permissions keep everybody out but its own account. */
export function openDoor(socketPath: string, shared: boolean): Door {
  const asked = new Map<string, number>();
  prepareArrivals(socketPath, shared);
  return {
    ask() {
      const nonce = randomBytes(16).toString('hex');
      asked.set(nonce, Date.now());
      return nonce;
    },
    async admit(nonce, failure) {
      const askedAt = asked.get(nonce);
      asked.delete(nonce);
      const proof = askedAt === undefined ? {failure: 'nobody asked'} : readProof(socketPath, nonce, askedAt);
      if ('uid' in proof) return {user: await accountName(proof.uid), uid: proof.uid};
      if (shared) return {refusal: `who you are could not be proved: ${failure ?? proof.failure}`};
      // A full or read-only disk must not lock the operator out of a run that is in trouble because of it.
      return {user: ownAccountName()};
    },
    forget(nonce) {
      if (asked.delete(nonce)) dropProof(socketPath, nonce);
    },
  };
}

/** What is claimed of a console, and what is known of its account. */
export function consoleOf({name, terminal, origin, observe}: Hello, {user, uid}: Account): Console {
  return {
    id: randomUUID().slice(0, 8),
    user,
    name: name ?? user,
    observer: observe,
    ...(uid !== undefined && {uid}),
    ...(terminal !== undefined && {terminal}),
    ...(origin !== undefined && {origin}),
    ...(uid === undefined ? {claimed: 'account'} : name !== undefined && name !== user && {claimed: 'name'}),
  };
}

const ANSWER_WITHIN_MS = 2000;

/** The name of an account; `uid 1234` when nobody knows one. Directory services are asked where there are any. */
async function accountName(uid: number): Promise<string> {
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
