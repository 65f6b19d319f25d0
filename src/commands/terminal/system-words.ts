import {getSystemErrorMap} from 'node:util';

/** What the system says against a file or directory, without the call that it was said to. */
export function systemWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = 'errno' in error ? getSystemErrorMap().get(Number(error.errno)) : undefined;
  return known?.[1] ?? error.message;
}
