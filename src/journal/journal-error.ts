/** Why the journal could not be written. */

/**
 * `full` and `read-only` may pass: a later append can succeed.
 * `changed`: somebody else wrote to the file. `closed`: the run is over.
 */
export class JournalError extends Error {
  readonly kind: JournalErrorKind;

  constructor(kind: JournalErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JournalError';
    this.kind = kind;
  }
}

export type JournalErrorKind = 'full' | 'read-only' | 'io' | 'exists' | 'missing' | 'changed' | 'closed';

const KINDS: Readonly<Record<string, {kind: JournalErrorKind; message: string}>> = {
  ENOSPC: {kind: 'full', message: 'the disk that holds the journal is full'},
  EDQUOT: {kind: 'full', message: 'the disk quota for the journal is used up'},
  EFBIG: {kind: 'full', message: 'the journal has reached the largest file size allowed here'},
  EROFS: {kind: 'read-only', message: 'the file system that holds the journal is read-only'},
  EACCES: {kind: 'read-only', message: 'the journal may not be written by this user'},
  EPERM: {kind: 'read-only', message: 'the journal may not be written by this user'},
  EEXIST: {kind: 'exists', message: 'this run has a journal already'},
  ENOENT: {kind: 'missing', message: 'the run directory or its journal does not exist'},
};

export function journalErrorFrom(error: unknown): JournalError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = KINDS[code];
  if (known !== undefined) return new JournalError(known.kind, known.message, {cause: error});
  return new JournalError('io', `the journal could not be written: ${String(error)}`, {cause: error});
}
