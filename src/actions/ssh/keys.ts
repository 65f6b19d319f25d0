/** The user's keys, in the order in which a server is offered them. A passphrase is asked only for a key that it takes. */
import {existsSync, readFileSync} from 'node:fs';
import ssh2, {type ParsedKey} from 'ssh2';
import {compact} from '../../text/compact.ts';
import {LinkError, messageOf, unanswered} from '../link-error.ts';
import type {Answers} from '../remembered-answers.ts';
import type {Target} from './ssh-config.ts';

export type Identity = {
  /** For messages: a file, or `agent`. */
  name: string;
  publicKey: ParsedKey;
  /** `hash` for RSA. Rejects with a `LinkError` when a passphrase was asked for in vain. */
  sign(data: Buffer, hash: string | undefined): Promise<Buffer>;
};

/** `host`: as the bindings call it. `opened`: keys by the text of their file, once their passphrase is known. */
export type KeyOptions = {host: string; answers: Answers; opened: Map<string, ParsedKey>; signal: AbortSignal};

const PASSPHRASE_TRIES = 3;

/**
 * Named keys that the agent holds, then named files that can be used as they are, then the agent's other keys (unless
 * `IdentitiesOnly`), then what needs a passphrase. `unusable`: in words.
 */
export async function identitiesFor(
  target: Target,
  options: KeyOptions,
): Promise<{identities: readonly Identity[]; unusable: readonly string[]}> {
  const unusable: string[] = [];
  const files = target.identityFiles.flatMap(file => {
    const read = readKeyFile(file);
    if ('problem' in read) unusable.push(`${file} (${read.problem})`);
    return 'problem' in read ? [] : [read];
  });
  const agent = await agentKeys(target.agent);
  if ('problem' in agent) unusable.push(`agent (${agent.problem})`);
  const held = 'problem' in agent ? [] : agent.identities;
  const isNamed = ({publicKey}: Identity) => files.some(file => sameKey(file.publicKey, publicKey));
  const own = files.filter(file => !file.onlyPublic && !held.some(one => sameKey(one.publicKey, file.publicKey)));
  const plain = own.filter(({privateKey}) => privateKey !== undefined).map(file => identityOf(file, options));
  const locked = own.filter(({privateKey}) => privateKey === undefined).map(file => identityOf(file, options));
  const others = target.identitiesOnly ? [] : held.filter(one => !isNamed(one));
  const middle = target.identitiesNamed ? [...plain, ...others] : [...others, ...plain];
  return {identities: [...held.filter(isNamed), ...middle, ...locked], unusable};
}

type KeyFile = {
  file: string;
  text: string;
  publicKey: ParsedKey;
  /** Absent while it is encrypted. */
  privateKey?: ParsedKey;
  /** As `IdentityFile key.pub`: it says which of the agent's keys is meant. */
  onlyPublic: boolean;
};

function readKeyFile(file: string): KeyFile | {problem: string} {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return {problem: messageOf(error)};
  }
  const key = parsed(text);
  if (key !== undefined) {
    const onlyPublic = !key.isPrivateKey();
    return compact({file, text, publicKey: key, onlyPublic, privateKey: onlyPublic ? undefined : key});
  }
  const publicKey = publicPart(file, text);
  if (publicKey === undefined) return {problem: 'not a private key that can be read'};
  return {file, text, publicKey, onlyPublic: false};
}

/**
 * The public part of an encrypted key: OpenSSH's own format holds it in clear, other formats have it in a `.pub` file
 * beside the key.
 */
function publicPart(file: string, text: string): ParsedKey | undefined {
  if (!/^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text.trim())) return undefined;
  const shown = shownInside(text);
  if (shown !== undefined) return parsed(shown);
  return existsSync(`${file}.pub`) ? parsed(readFileSync(`${file}.pub`, 'utf8')) : undefined;
}

const MAGIC = Buffer.from('openssh-key-v1\0');

/** After the magic come the cipher, the key derivation and its options, the number of keys, and the first public key. */
function shownInside(text: string): Buffer | undefined {
  const body = /BEGIN OPENSSH PRIVATE KEY-----([^-]+)-----END/.exec(text)?.[1];
  if (body === undefined) return undefined;
  const bytes = Buffer.from(body, 'base64');
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  let at = MAGIC.length;
  const next = () => {
    const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0;
    const field = bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    return field;
  };
  for (let field = 0; field < 3; field += 1) next();
  at += 4;
  return next();
}

function identityOf({file, text, publicKey, privateKey}: KeyFile, options: KeyOptions): Identity {
  return {
    name: file,
    publicKey,
    async sign(data, hash) {
      const key = privateKey ?? options.opened.get(text) ?? (await openKey(file, text, options));
      options.opened.set(text, key);
      const signature = hash === undefined ? key.sign(data) : key.sign(data, hash);
      if (signature instanceof Error) throw signature;
      return signature;
    },
  };
}

async function openKey(file: string, text: string, {host, answers, signal}: KeyOptions): Promise<ParsedKey> {
  const memory = `passphrase ${file}`;
  for (let left = PASSPHRASE_TRIES; left > 0; left -= 1) {
    const detail = left === PASSPHRASE_TRIES ? {} : {detail: `that was not it; ${triesLeft(left)}`};
    const question = {
      kind: 'passphrase',
      host,
      text: `Passphrase of the key ${file}`,
      secret: true,
      ...detail,
    } as const;
    const reply = await answers.about(memory, question, signal);
    if ('unanswered' in reply) throw unanswered('auth', `${file}: its passphrase is needed, and ${reply.unanswered}`);
    const key = parsed(text, reply.answer);
    if (key?.isPrivateKey()) return key;
    answers.forget(memory, reply.answer);
  }
  throw new LinkError('auth', `${file}: none of the passphrases opens it`);
}

export function triesLeft(left: number): string {
  return left === 1 ? 'one try left' : `${left} tries left`;
}

function parsed(key: string | Buffer, passphrase?: string): ParsedKey | undefined {
  const result = passphrase === undefined ? ssh2.utils.parseKey(key) : ssh2.utils.parseKey(key, passphrase);
  return result instanceof Error ? undefined : result;
}

async function agentKeys(socket: string | undefined): Promise<{identities: readonly Identity[]} | {problem: string}> {
  if (socket === undefined) return {identities: []};
  const agent = ssh2.createAgent(socket);
  return await new Promise(resolve => {
    agent.getIdentities((error, keys = []) => {
      if (error) return resolve({problem: error.message});
      const publicKeys = keys.flatMap(key => (typeof key === 'object' && 'getPublicSSH' in key ? [key] : []));
      resolve({identities: publicKeys.map(publicKey => heldBy(agent, publicKey))});
    });
  });
}

function heldBy(agent: ReturnType<typeof ssh2.createAgent>, publicKey: ParsedKey): Identity {
  const comment = publicKey.comment ? ` ${publicKey.comment}` : '';
  return {
    name: `agent${comment}`,
    publicKey,
    sign: (data, hash) =>
      new Promise((resolve, reject) => {
        const done = (error?: Error | null, signature?: Buffer) =>
          signature === undefined ? reject(error ?? new Error('the agent did not sign')) : resolve(signature);
        agent.sign(publicKey, data, hash === undefined ? {} : {hash: hash as 'sha256' | 'sha512'}, done);
      }),
  };
}

function sameKey(one: ParsedKey, other: ParsedKey): boolean {
  return one.getPublicSSH().equals(other.getPublicSSH());
}
