/** A shell on a host, over a pooled connection. */
import {randomUUID} from 'node:crypto';
import type {ClientChannel} from 'ssh2';
import {LinkError, messageOf} from './link-error.ts';
import type {Ending, Listener, Running, Shell} from './shell.ts';
import type {Connections, Lane, Lease} from './ssh-connections.ts';

export function sshShell(connections: Connections, host: string, destination: string, lane: Lane): Shell {
  return {
    name: host,
    async start(text, listen) {
      const lease = await connections.lease(host, destination, lane);
      try {
        return run(await execute(lease, host), text, listen, lease);
      } catch (error) {
        lease.release();
        throw error;
      }
    },
  };
}

async function execute({client}: Lease, host: string): Promise<ClientChannel> {
  return await new Promise((resolve, reject) => {
    const refuse = (error: unknown) => reject(new LinkError('unreachable', `${host}: ${messageOf(error)}`, error));
    // A connection that closes while the channel is being opened never calls back.
    const onClose = () => refuse(new Error('link lost'));
    client.once('close', onClose);
    try {
      client.exec('exec sh', (error, channel) => {
        client.off('close', onClose);
        if (error) refuse(error);
        else resolve(channel);
      });
    } catch (error) {
      client.off('close', onClose);
      refuse(error);
    }
  });
}

function run(channel: ClientChannel, text: string, listen: Listener, lease: Lease): Running {
  // Start-up files of the login shell may print before our first line: everything up to the mark is theirs.
  const mark = `tminus-${randomUUID()}`;
  const out = afterMark(mark, listen.out);
  const err = afterMark(mark, listen.err);
  channel.on('data', out);
  channel.stderr.on('data', err);
  channel.on('error', () => {});
  channel.write(`echo ${mark}; echo ${mark} >&2\n${text}`);
  return {ended: ending(channel).finally(lease.release), release: () => channel.end()};
}

async function ending(channel: ClientChannel): Promise<Ending> {
  return await new Promise(resolve => {
    let seen: Ending = {kind: 'dropped', detail: 'link lost'};
    channel.once('exit', (code: number | null, signal?: string) => {
      seen = code === null ? {kind: 'dropped', detail: `ended by ${signal ?? 'a signal'}`} : {kind: 'exited', code};
    });
    channel.once('close', () => resolve(seen));
  });
}

function afterMark(mark: string, pass: (chunk: Buffer) => void): (chunk: Buffer) => void {
  let held: Buffer | undefined = Buffer.alloc(0);
  return chunk => {
    if (held === undefined) return pass(chunk);
    held = Buffer.concat([held, chunk]);
    const at = held.indexOf(`${mark}\n`);
    if (at < 0) return;
    const rest = held.subarray(at + mark.length + 1);
    held = undefined;
    if (rest.length > 0) pass(rest);
  };
}
