/** How many consoles may wait for a run and be attached to it, and who goes when there are too many. */
import {type Account, ownAccountName} from './admission.ts';

/** One connection, as far as slots go. */
export type Guest = {
  /** It has not even said hello. */
  isSilent(): boolean;
  /** The driver's console is not sent away for another one of its own account. */
  drives(): boolean;
  refuse(reason: string): void;
};

export type ConsoleSlots<G extends Guest> = {
  /** A new connection. When too many wait, one of them goes: a silent one, or else the one that waits the longest. */
  wait(guest: G): void;
  /** It has proved its account. Returns why it cannot come in, or nothing. */
  comeIn(guest: G, account: Account): string | undefined;
  leave(guest: G): void;
  /** Everybody who has come in. */
  inside(): Iterable<G>;
  everybody(): readonly G[];
};

const CONSOLES_MAX = 32;
/** The account that runs the engine finds one slot free, whatever the other members of its group do. */
const OTHERS_MAX = CONSOLES_MAX - 1;
const WAITING_MAX = 64;

export function createConsoleSlots<G extends Guest>(): ConsoleSlots<G> {
  const waiting = new Set<G>();
  /** By whether it is a console of the engine's own account; oldest first. */
  const inside = new Map<G, boolean>();

  /** The owner's oldest console that does not drive goes; when there is none, the newest of the group's. */
  function makeRoom(): void {
    const consoles = [...inside];
    const [given] =
      consoles.find(([guest, isOwn]) => isOwn && !guest.drives()) ?? consoles.findLast(([, isOwn]) => !isOwn) ?? [];
    if (given === undefined) return;
    inside.delete(given);
    given.refuse(
      `${CONSOLES_MAX} consoles are attached, which is the most, and ${ownAccountName()} opened another one`,
    );
  }

  return {
    wait(guest) {
      waiting.add(guest);
      if (waiting.size <= WAITING_MAX) return;
      const [oldest] = waiting;
      const given = [...waiting].find(other => other.isSilent()) ?? oldest;
      if (given === undefined) return;
      waiting.delete(given);
      given.refuse(`${WAITING_MAX} connections wait to be let in, which is the most`);
    },
    comeIn(guest, account) {
      const isOwn = account.uid === undefined || account.uid === process.getuid?.();
      if (!isOwn && inside.size >= OTHERS_MAX) {
        return `${inside.size} consoles are attached; the last place is kept for ${ownAccountName()}, who runs this`;
      }
      if (inside.size >= CONSOLES_MAX) makeRoom();
      waiting.delete(guest);
      inside.set(guest, isOwn);
      return undefined;
    },
    leave(guest) {
      waiting.delete(guest);
      inside.delete(guest);
    },
    inside: () => inside.keys(),
    everybody: () => [...waiting, ...inside.keys()],
  };
}
