/** Lets consoles in as who they are. */
import {randomBytes} from 'node:crypto';
import {accountName, ownAccountName} from './account-name.ts';
import {dropProof, prepareArrivals, readProof} from './proof.ts';

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
