/** Whether the machine that answers is the one that is meant. */
import {LinkError, messageOf, unanswered} from '../link-error.ts';
import type {Answers} from '../remembered-answers.ts';
import {
  checkHostKey,
  fingerprint,
  type HostKeyVerdict,
  keyType,
  knownKeyTypes,
  rememberHostKey,
} from './known-hosts.ts';
import type {Target} from './ssh-config.ts';

/** What the check of one connection found. `trusted`: a key that was agreed to before; `print`: of the key that was shown. */
export type SeenKey = {trusted?: Buffer; unknown?: Buffer; refusal?: LinkError; print?: string};

const HOST_KEY_ALGORITHMS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;

export function verifyHostKey(target: Target, key: Buffer, seen: SeenKey): boolean {
  const print = fingerprint(key);
  let verdict: HostKeyVerdict;
  try {
    verdict = checkHostKey(target.knownHostsFiles, target.keyName, target.keyPort, key);
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    seen.refusal = error;
    return false;
  }
  seen.print = print;
  switch (verdict.kind) {
    case 'known':
      return true;
    case 'unknown':
      if (seen.trusted?.equals(key)) return true;
      seen.unknown = key;
      seen.refusal = new LinkError('host-key-unknown', `${target.host}: host key ${print} is not in known_hosts`);
      return false;
    case 'changed': {
      const words = `${target.host}: HOST KEY CHANGED to ${print}, expected the one in ${verdict.where}`;
      seen.refusal = new LinkError('host-key-changed', words);
      return false;
    }
    case 'revoked': {
      const words = `${target.host}: host key ${print} is revoked in ${verdict.where}`;
      seen.refusal = new LinkError('host-key-changed', words);
      return false;
    }
  }
}

/** Types on file first, as OpenSSH does: a server with several keys must show the one that can be checked. */
export function hostKeyAlgorithms(target: Target): (typeof HOST_KEY_ALGORITHMS)[number][] {
  const types = knownKeyTypes(target.knownHostsFiles, target.keyName, target.keyPort);
  const isKnown = (name: string) => types.includes(name) || (name.startsWith('rsa-') && types.includes('ssh-rsa'));
  return [...HOST_KEY_ALGORITHMS.filter(isKnown), ...HOST_KEY_ALGORITHMS.filter(name => !isKnown(name))];
}

/** Returns when the key may be used, and is on file from then on. Throws `LinkError` otherwise. */
export async function agreeToHostKey(
  target: Target,
  key: Buffer,
  {host, answers, signal}: {host: string; answers: Answers; signal: AbortSignal},
): Promise<void> {
  const print = fingerprint(key);
  const words = `${target.host}: host key ${print} is not in known_hosts`;
  if (target.unknownKey === 'refuse') throw new LinkError('host-key-unknown', `${words} (StrictHostKeyChecking)`);
  if (target.unknownKey === 'ask') {
    const type = keyType(key).replace(/^ssh-/, '');
    const text = `${nameOf(target)} is not in known_hosts. Its ${type} key has the fingerprint ${print}. Is it this host?`;
    const memory = `host-key ${nameOf(target)} ${print}`;
    const reply = await answers.about(memory, {kind: 'host-key', host, text, secret: false, detail: print}, signal);
    if ('unanswered' in reply) throw unanswered('host-key-unknown', `${words}, and ${reply.unanswered}`);
    if (reply.answer !== 'yes' && reply.answer !== print) {
      answers.forget(memory, reply.answer);
      throw unanswered('host-key-unknown', `${words}, and was not agreed to`);
    }
  }
  remember(target, key);
}

function remember(target: Target, key: Buffer): void {
  const file = target.userKnownHostsFile;
  if (file === undefined)
    throw new LinkError('host-key-unknown', `${target.host}: no known_hosts file to keep its key in`);
  try {
    rememberHostKey(file, target.keyName, target.keyPort, key, target.hashKnownHosts);
  } catch (error) {
    throw new LinkError('host-key-unknown', `${target.host}: cannot keep its key: ${messageOf(error)}`, error);
  }
}

function nameOf({host, port}: Target): string {
  return port === 22 ? host : `${host}:${port}`;
}
