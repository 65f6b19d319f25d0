/** Lets the HTTP client use a connection that does not go straight from here to the server. */
import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {Timing} from '../../run/outcome.ts';

/** Opens a way to the server of an address, when it is not straight from here; `seen` is told the times. */
export type Dial = (url: URL, seen: (stretch: 'connectMs' | 'tlsMs') => void) => Promise<Duplex>;

type Connected = (...opened: [null, Socket] | [Error, null]) => void;

/** Each time is that of one part alone: connecting, then TLS. */
export function dialled(dial: Dial, url: URL, since: () => number, seen: Partial<Timing>) {
  let before = 0;
  const note = (stretch: 'connectMs' | 'tlsMs') => {
    seen[stretch] = Math.round((since() - before) * 10) / 10;
    before = since();
  };
  return (_options: unknown, connected: Connected) => {
    dial(url, note).then(
      // The client uses nothing of a socket that a stream does not have.
      stream => connected(null, stream as Socket),
      error => connected(error, null),
    );
  };
}
