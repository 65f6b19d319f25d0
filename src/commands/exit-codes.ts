/** What the process ends with; people script against these numbers. */
export const EXIT = {
  succeeded: 0,
  internalError: 1,
  usage: 2,
  stepFailed: 3,
  rolledBack: 4,
  rollbackFailed: 5,
  aborted: 6,
  refused: 7,
  detached: 8,
  lockHeld: 9,
  invalid: 65,
  unreachable: 69,
  unknown: 75,
  interrupted: 130,
  terminated: 143,
} as const;

/** Ends the command with one clear line: what, where, what to do. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}
