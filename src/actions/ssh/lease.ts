/** A session on one of the connections to a host. */
import type {Link} from './link-interface.ts';

/**
 * `release` once the session is over. `refused`: the server allows no session beside those that are open. `broken`: the
 * connection takes nothing more; that it is closed may come to be known only later.
 */
export type Lease = {client: Link; release(): void; refused(): void; broken(): void};

/** `sessionsMax`: as far as the server allows them; 0 where the heartbeat takes the only one. */
export type Live = {client: Link; sessions: number; sessionsMax: number};

/** Of the connections to a host, by which it is kept: those that are open, and what a new one takes. */
type Kept = {live: Live[]; sessionsMax: number};

export function leaseOf(line: Kept, live: Live, dropped: () => void): Lease {
  live.sessions += 1;
  let held = true;
  return {
    client: live.client,
    release() {
      if (!held) return;
      held = false;
      live.sessions -= 1;
      // Only the first connection is kept when nothing uses it. Nobody gets one that is about to close.
      if (live.sessions > 0 || line.live[0] === live) return;
      line.live = line.live.filter(one => one !== live);
      live.client.end();
    },
    refused() {
      live.sessionsMax = Math.min(live.sessionsMax, live.sessions) - 1;
      line.sessionsMax = Math.max(1, live.sessionsMax);
    },
    broken() {
      dropped();
      live.client.destroy();
    },
  };
}
