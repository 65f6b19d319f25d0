/** The signature of a record by an SSH key: made and checked by ssh-keygen itself, in the namespace `tminus`. */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError} from '../command-error.ts';

const NAMESPACE = 'tminus';
/** As ssh itself looks for them. */
const USUAL_KEYS = ['id_ed25519', 'id_ecdsa', 'id_ed25519_sk', 'id_ecdsa_sk', 'id_rsa'];

/** `FILE.sig`, as ssh-keygen names it. */
export function signatureOf(file: string): string {
  return `${file}.sig`;
}

/** Signs the file with this key, or with the one that is usual here. ssh-keygen asks for a passphrase on the terminal. */
export function signFile(file: string, key: string | undefined): void {
  const {path, remove} = keyFile(key);
  try {
    rmSync(signatureOf(file), {force: true});
    const {status, error} = spawnSync('ssh-keygen', ['-Y', 'sign', '-n', NAMESPACE, '-f', path, file], {
      stdio: ['inherit', 'ignore', 'inherit'],
    });
    if (error !== undefined) throw missing(error);
    if (status === 0 && existsSync(signatureOf(file))) return;
    throw new CommandError(
      EXIT.refused,
      `the record was not signed: ssh-keygen could not sign with ${path}, see above`,
    );
  } finally {
    remove();
  }
}

/** The fingerprint of the key that has signed exactly this text, `SHA256:…`; undefined when the signature does not fit it. */
export function signedBy(text: string, signature: string): string | undefined {
  const args = ['-Y', 'check-novalidate', '-n', NAMESPACE, '-s', signature];
  const {status, stdout, stderr, error} = spawnSync('ssh-keygen', args, {input: text, encoding: 'utf8'});
  // A signature that cannot be read ends it before it takes the text: that is an error of the pipe, and it has a status.
  if (status === null && error !== undefined) throw missing(error);
  return status === 0 ? /SHA256:\S+/.exec(stdout + stderr)?.[0] : undefined;
}

/** Who that is, by a file of allowed signers; undefined when it does not list the key, or not for now or for this. */
export function signerIn(allowed: string, text: string, signature: string): string | undefined {
  const found = spawnSync('ssh-keygen', ['-Y', 'find-principals', '-f', allowed, '-s', signature], {encoding: 'utf8'});
  if (found.error !== undefined) throw missing(found.error);
  if (found.status !== 0) return undefined;
  const names = found.stdout.split('\n').filter(name => name.trim() !== '');
  return names.find(name => {
    const args = ['-Y', 'verify', '-f', allowed, '-I', name, '-n', NAMESPACE, '-s', signature];
    return spawnSync('ssh-keygen', args, {input: text}).status === 0;
  });
}

/** A key that only the agent holds is named by its public half. */
function keyFile(key: string | undefined): {path: string; remove(): void} {
  const remove = () => {};
  if (key !== undefined && key !== 'agent') {
    const path = resolve(key.replace(/^~(?=\/|$)/, homedir()));
    if (existsSync(path)) return {path, remove};
    throw new CommandError(EXIT.usage, `there is no key ${path}: --key names the file of a private or public SSH key`);
  }
  const usual = USUAL_KEYS.map(name => join(homedir(), '.ssh', name)).find(path => existsSync(path));
  return key === undefined && usual !== undefined ? {path: usual, remove} : agentKey();
}

function agentKey(): {path: string; remove(): void} {
  const {stdout, status} = spawnSync('ssh-add', ['-L'], {encoding: 'utf8'});
  const [first = ''] = (stdout ?? '').split('\n');
  if (status !== 0 || first === '') {
    const where = join(homedir(), '.ssh');
    throw new CommandError(EXIT.usage, `there is no SSH key in ${where}, and no agent holds one: --key FILE names it`);
  }
  const directory = mkdtempSync(join(tmpdir(), 'tminus-key-'));
  const path = join(directory, 'agent.pub');
  writeFileSync(path, `${first}\n`, {mode: 0o600});
  return {path, remove: () => rmSync(directory, {recursive: true, force: true})};
}

function missing(error: Error): CommandError {
  return new CommandError(EXIT.refused, `ssh-keygen cannot be run (${error.message}): install the OpenSSH client`, {
    cause: error,
  });
}
