/** What a scenario is, what it may find wrong, and the table that is made of all of them. */

/**
 * `twice`: a step's command ran again though nobody asked for it. `lost`: its end was there to be read and is not in the
 * journal. `wrong`: the journal or the record says what did not happen, or a refusal was not honoured.
 * `broken`: none of these, but it hung, crashed or left a run that cannot go on.
 */
export type Problem = {kind: 'twice' | 'lost' | 'wrong' | 'broken'; what: string};

export type Result = {injected: number; problems: readonly Problem[]};

/** `kind` is the row that it is counted in. */
export type Scenario = {
  kind: string;
  name: string;
  /** Keeps this process busy: run alone, so that nothing else seems slow because of it. */
  alone?: true;
  run(): Promise<Result>;
};

export type Tally = Result & {scenario: Scenario};

/** A row of its own for what this machine cannot do. */
export type Skipped = {kind: string; because: string};

export const FAULTS_MIN = 300;

export function table(tallies: readonly Tally[], skipped: readonly Skipped[]): string {
  const kinds = [...new Set(tallies.map(({scenario}) => scenario.kind))];
  const rows = kinds.map(kind =>
    row(
      kind,
      tallies.filter(({scenario}) => scenario.kind === kind),
    ),
  );
  const lines = [HEAD, ...rows, row('all', tallies)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  const text = lines.map(line =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return [...text, ...skipped.map(({kind, because}) => `SKIPPED  ${kind}: ${because}`)].join('\n');
}

export function isClean(tallies: readonly Tally[]): boolean {
  const injected = tallies.reduce((sum, tally) => sum + tally.injected, 0);
  return injected >= FAULTS_MIN && tallies.every(({problems}) => problems.length === 0);
}

const HEAD = ['fault', 'injected', 'survived', 'steps run twice', 'outcomes lost', 'wrong claims'];

function row(kind: string, tallies: readonly Tally[]): readonly string[] {
  const count = (wanted: Problem['kind']) =>
    tallies.flatMap(({problems}) => problems).filter(problem => problem.kind === wanted).length;
  const injected = tallies.reduce((sum, tally) => sum + tally.injected, 0);
  const survived = tallies.reduce((sum, {injected, problems}) => sum + Math.max(0, injected - problems.length), 0);
  return [kind, injected, survived, count('twice'), count('lost'), count('wrong')].map(String);
}
