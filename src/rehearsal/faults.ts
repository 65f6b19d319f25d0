/** Incidents to practise. All but `ssh-drop` are in the new version's commit, so that the rollback really ends them. */
export const faults = ['slow', 'errors', 'leak', 'db-down', 'ssh-drop', 'bad-start'] as const;

export type Fault = (typeof faults)[number];

export function isFault(text: string): text is Fault {
  return (faults as readonly string[]).includes(text);
}

/** The rollback trigger that must fire, by its text in the checklist; none where the steps themselves notice. */
export function triggerOf(fault: Fault): string | undefined {
  switch (fault) {
    case 'slow':
      return 'P95 response time';
    case 'errors':
      return 'Error rate >5%';
    case 'leak':
      return 'Memory leak detected';
    case 'db-down':
      return 'Database connection failures';
    case 'ssh-drop':
    case 'bad-start':
      return undefined;
  }
}

/** What the service's `release.json` says of the new version; the service reads it at its start. */
export type Release = {
  version: string;
  /** Milliseconds one message takes to store. */
  contextMs?: number;
  /** Every n-th message is answered with a 500. */
  failEvery?: number;
  /** Megabytes kept per message. */
  leakMb?: number;
  /** Connects here instead of to the port in DATABASE_URL. */
  databasePort?: number;
  /** The message it dies with. */
  crashAtStart?: string;
};

export const newVersion = '2.0.0';

export function newRelease(fault: Fault | undefined): Release {
  switch (fault) {
    case 'slow':
      return {version: newVersion, contextMs: 2300};
    case 'errors':
      return {version: newVersion, failEvery: 3};
    case 'leak':
      return {version: newVersion, leakMb: 1};
    case 'db-down':
      // The discard port: nothing listens there, and no other service ever will.
      return {version: newVersion, databasePort: 9};
    case 'bad-start':
      return {version: newVersion, crashAtStart: "cannot import name 'postgresql_memory' from 'api.ai.memory'"};
    case 'ssh-drop':
    case undefined:
      return {version: newVersion};
  }
}
