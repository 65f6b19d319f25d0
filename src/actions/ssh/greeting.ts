/** Whether a session that was opened on a host is a shell: before it has answered, nothing of a document goes there. */
import {randomUUID} from 'node:crypto';
import {LinkError, serverWords} from '../link-error.ts';
import type {LinkChannel} from './link-interface.ts';

/** Longer than start-up files take, and longer than a dead link takes to be noticed as one. */
const ANSWER_WITHIN_MS = 20_000;
const WORDS_CHARACTERS_MAX = 4096;

/**
 * Resolves when a shell has worked out a sum. An account without a shell (`nologin`), or a key that only runs one
 * command, answers something else, or does not read what is sent as shell text. Throws `LinkError` in the host's own
 * words.
 */
export async function greet(channel: LinkChannel, host: string): Promise<void> {
  const mark = `tminus-${randomUUID()}`;
  const question = `echo "${mark} $((6 * 7)) ready"`;
  const answer = `${mark} 42 ready`;
  let said = '';
  let status: number | undefined;
  const {promise, resolve, reject} = Promise.withResolvers<void>();
  const refuse = (what: string) => {
    const words = serverWords(said.replaceAll(new RegExp(`^.*${mark}.*$`, 'gm'), ''));
    reject(new LinkError('unreachable', `${host}: ${what}${words === '' ? '' : `; it says: ${words}`}`));
  };
  const hear = (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-WORDS_CHARACTERS_MAX);
    if (said.includes(answer)) resolve();
    else if (said.includes(question)) refuse('what runs there is no shell: it repeats what it is sent');
  };
  const onExit = (code: number | null) => {
    status = code ?? undefined;
  };
  const onClose = () =>
    refuse(status === undefined ? 'link lost' : `this account runs no shell (it ended with ${status})`);
  const timer = setTimeout(() => {
    refuse(`no shell answers there within ${ANSWER_WITHIN_MS / 1000} s`);
  }, ANSWER_WITHIN_MS);
  channel.on('data', hear).on('exit', onExit).on('close', onClose);
  channel.stderr.on('data', hear);
  channel.write(`${question}\n`);
  try {
    await promise;
  } catch (error) {
    channel.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    channel.off('data', hear).off('exit', onExit).off('close', onClose);
    channel.stderr.off('data', hear);
  }
}
