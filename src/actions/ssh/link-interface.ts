/** One open connection to a host: what the rest needs of it, whichever program holds it. */
import type {Duplex, Readable} from 'node:stream';

/** A process on the host. Emits `exit` with its status, or with null and a signal's name, then `close`. */
export type LinkChannel = Duplex & {stderr: Readable};

type Opened<T> = (error: Error | undefined | null, stream: T) => void;

/** As the client of ssh2, of which this is a part. */
export type Link = {
  exec(command: string, opened: Opened<LinkChannel>): unknown;
  forwardOut(fromHost: string, fromPort: number, toHost: string, toPort: number, opened: Opened<Duplex>): unknown;
  /** The connection is gone. */
  once(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
  end(): unknown;
  destroy(): unknown;
};

const GOODBYE_MS = 1000;

/** A link that is already dead never answers the goodbye. */
export async function endLink(link: Link): Promise<void> {
  await new Promise<void>(resolve => {
    const timer = setTimeout(() => {
      link.destroy();
      resolve();
    }, GOODBYE_MS);
    link.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    link.end();
  });
}
