/** What a process of ours ends with; people script against these numbers. Help and README show this table. */
const TABLE = {
  succeeded: [0, 'succeeded: every step passed, no rule tripped'],
  internalError: [1, 'internal error'],
  usage: [2, 'usage'],
  stepFailed: [3, 'a step failed, or a rule tripped; not rolled back'],
  rolledBack: [4, 'rolled back and verified'],
  rollbackFailed: [5, 'rollback failed, or nothing verified it'],
  aborted: [6, 'aborted by the operator'],
  refused: [7, 'refused: gate, readiness, an open review, or a person is needed; or nothing ran'],
  detached: [8, 'detached, the run goes on'],
  lockHeld: [9, 'the checklist is being run by somebody else'],
  invalid: [65, 'checklist, bindings, journal, record or signature invalid, or changed since'],
  unreachable: [69, 'host or database unreachable'],
  unknown: [75, 'state unknown: nobody saw how a step ended'],
  hungUp: [129, 'ended by a signal; the run goes on'],
  interrupted: [130, 'ended by a signal; the run goes on'],
  terminated: [143, 'ended by a signal; the run goes on'],
} as const satisfies Readonly<Record<string, readonly [code: number, means: string]>>;

export type Exit = keyof typeof TABLE;
export type ExitCode = (typeof TABLE)[Exit][0];

export const EXIT = Object.fromEntries(Object.entries(TABLE).map(([name, [code]]) => [name, code])) as {
  readonly [Name in Exit]: (typeof TABLE)[Name][0];
};

/** In the order of the codes; those that mean the same stand together: `130, 143`. */
export function exitMeanings(): readonly {codes: readonly number[]; means: string}[] {
  const byMeaning = new Map<string, number[]>();
  for (const [code, means] of Object.values(TABLE)) byMeaning.set(means, [...(byMeaning.get(means) ?? []), code]);
  return [...byMeaning].map(([means, codes]) => ({codes, means}));
}
