/** Answers the programs that are played: each call comes over a connection of its own, its answer is shell text. */
import {appendFileSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';

/** A call as the program was called. `host`: the name of the host of the box. */
export type Called = {host: string; directory: string; program: string; args: readonly string[]};

/**
 * A line of the log. `usualMs`: what such a call takes in earnest. What the program was told is left out: a secret may
 * be in it.
 */
type PlayedCall = Omit<Called, 'args'> & {at: number; takesMs: number; usualMs: number};

/** What the caller does: shell text, run by its bash in its directory. */
export type Told = {text: string; takesMs: number; usualMs: number};

const ADDRESS = '127.90.0.1';
const PORT = 90;
const CALL_LENGTH_MAX = 4 * 1024 * 1024;
const END = '\u0004';

/** `log`: a file that holds a line for each call. */
export async function openBroker(log: string, answer: (called: Called) => Promise<Told>): Promise<void> {
  const server = createServer({allowHalfOpen: true}, socket => void serve(socket, log, answer));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, ADDRESS, resolve);
  });
}

async function serve(socket: Socket, log: string, answer: (called: Called) => Promise<Told>): Promise<void> {
  // A caller that was killed is none of its concern.
  socket.on('error', () => {});
  const called = await readCall(socket);
  if (called === undefined) return void socket.destroy();
  const {text, takesMs, usualMs} = await answer(called);
  const {host, directory, program} = called;
  const played: PlayedCall = {at: Date.now(), host, directory, program, takesMs, usualMs};
  appendFileSync(log, `${JSON.stringify(played)}\n`);
  await sleep(takesMs);
  socket.end(text);
}

function readCall(socket: Socket): Promise<Called | undefined> {
  return new Promise(resolve => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > CALL_LENGTH_MAX) resolve(undefined);
      if (!text.endsWith(`\0${END}\0`)) return;
      const [host = '', directory = '/', program = '', ...args] = text.slice(0, -3).split('\0');
      resolve({host, directory, program, args});
    });
    socket.once('close', () => resolve(undefined));
  });
}
