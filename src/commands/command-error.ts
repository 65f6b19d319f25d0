/** How a command ends that cannot go on: one clear line, and an exit code. */
import {getSystemErrorMap} from 'node:util';

/** The message says what, where, and what to do. */
export class CommandError extends Error {
  /** One of `EXIT`, or what an engine ended with. */
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** What the system says against a file or directory, without the call that it was said to. */
export function systemWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = 'errno' in error ? getSystemErrorMap().get(Number(error.errno)) : undefined;
  return known?.[1] ?? error.message;
}

/** What `work` returns. What the system says against it ends the command: `cannot read deploy.md: permission denied`. */
export function orEndWith<T>(exitCode: number, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new CommandError(exitCode, `${what}: ${systemWords(error)}`, {cause: error});
  }
}
