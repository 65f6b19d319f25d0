/** An attached terminal and who sits at it. */
export type Console = {
  id: string;
  /** The account. Proved by a file that the console made in the run's directory, unless `claimed` says otherwise. */
  user: string;
  uid?: number;
  /** On another machine: its role in the team's ledger, which the database has proved. */
  role?: string;
  terminal?: string;
  /** Where its SSH session comes from, as it says. */
  origin?: string;
  /** How the person wants to be called (`--as`); the account's name otherwise. */
  name: string;
  /** It never drives. */
  observer: boolean;
  /** What is taken on trust: the `name` within a proved account, or the whole `account`. */
  claimed?: 'name' | 'account';
};

/** As it stands in `by`: `ana`, or `ana (root)` for who calls herself ana in the account root. */
export function personOf({user, name}: Pick<Console, 'user' | 'name'>): string {
  return name === user ? user : `${name} (${user})`;
}

/** With where the person sits, for those who have to find each other: `ana on pts/3 from 203.0.113.9`. */
export function whereOf(console: Console): string {
  const {terminal, origin} = console;
  return `${personOf(console)}${terminal === undefined ? '' : ` on ${terminal}`}${origin === undefined ? '' : ` from ${origin}`}`;
}

export function isSameAccount(one: Console, other: Console): boolean {
  if (one.role !== undefined || other.role !== undefined) return one.role === other.role;
  return one.uid === undefined || other.uid === undefined ? one.user === other.user : one.uid === other.uid;
}
