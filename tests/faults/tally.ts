/** What a class of faults is, what it may find wrong, and the table that is made of all of them. */

/**
 * `twice`: what took effect was done again though nobody asked for it. `lost`: an end or an output that was there to be
 * read is not in the journal. `wrong`: what was said did not happen, or a refusal was not honoured. `false ready`: readiness
 * said ready, and the rollback could not have worked. `broken`: none of these, but it hung, crashed or cannot go on.
 */
export type Problem = {kind: 'twice' | 'lost' | 'wrong' | 'false ready' | 'broken'; what: string};

/** `kinds`: how many there were of each, where they are counted apart. */
export type Result = {injected: number; problems: readonly Problem[]; kinds?: Kinds};

export type Kinds = Readonly<Record<string, number>>;

/** `impossible`: why this machine cannot do it. */
export type Scenario = {name: string; run(): Promise<Result>; impossible?: string | undefined};

/** A row of the table. A text in place of either way says why there is none. */
export type FaultClass = {
  name: string;
  /** On real programs. Each scenario opens what it needs and injects as many as it can there; `full`: far more. */
  real: ((full: boolean) => readonly Scenario[]) | string;
  /** On the pure model, or on parts of the product in this process: so many faults, or more. */
  simulate: ((times: number) => Result | Promise<Result>) | string;
};

export const REAL_MIN = 30;
export const SIMULATED_MIN = 1000;

/** Absent: it was not asked for, or there is no such way. */
export type Tally = {name: string; real?: Result & {impossible: readonly string[]}; simulated?: Result};

export function summed(kinds: Kinds): number {
  return Object.values(kinds).reduce((sum, count) => sum + count, 0);
}

/** Of both together. */
export function joined(one: Kinds = {}, other: Kinds = {}): Kinds {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map(name => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}

export function table(classes: readonly FaultClass[], tallies: readonly Tally[]): string {
  const lines = [HEAD, ...tallies.map(row), total(tallies)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  const text = lines.map(line =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return [...text, ...notes(classes, tallies)].join('\n');
}

/** Everything that makes the suite fail; nothing when it is clean. */
export function failuresOf(tallies: readonly Tally[]): readonly string[] {
  return tallies.flatMap(({name, real, simulated}) => {
    const problems = [...(real?.problems ?? []), ...(simulated?.problems ?? [])].length;
    const few = (result: Result | undefined, least: number) => result !== undefined && result.injected < least;
    return [
      ...(problems > 0 ? [`${name}: ${problems} problems`] : []),
      ...(few(real, REAL_MIN) && real?.impossible.length === 0 ? [`${name}: only ${real.injected} real faults`] : []),
      ...(few(simulated, SIMULATED_MIN) ? [`${name}: only ${simulated?.injected} simulated faults`] : []),
    ];
  });
}

const COUNTED: readonly Problem['kind'][] = ['twice', 'lost', 'wrong', 'false ready'];
const HEAD = [
  'class of faults',
  'real',
  'survived',
  'simulated',
  'survived',
  'run twice',
  'lost',
  'wrong claims',
  'false ready',
];

function row({name, real, simulated}: Tally): readonly string[] {
  const problems = [...(real?.problems ?? []), ...(simulated?.problems ?? [])];
  const counts = COUNTED.map(kind => problems.filter(problem => problem.kind === kind).length);
  return [name, ...figures(real), ...figures(simulated), ...counts.map(String)];
}

function figures(result: Result | undefined): readonly [string, string] {
  if (result === undefined) return ['-', '-'];
  return [String(result.injected), String(Math.max(0, result.injected - result.problems.length))];
}

function total(tallies: readonly Tally[]): readonly string[] {
  const sum = (results: readonly (Result | undefined)[]): Result => ({
    injected: results.reduce((all, one) => all + (one?.injected ?? 0), 0),
    problems: results.flatMap(one => one?.problems ?? []),
  });
  const real = {...sum(tallies.map(one => one.real)), impossible: []};
  return row({name: 'all', real, simulated: sum(tallies.map(one => one.simulated))});
}

function notes(classes: readonly FaultClass[], tallies: readonly Tally[]): readonly string[] {
  const why = classes.flatMap(({name, real, simulate}) => [
    ...(typeof real === 'string' ? [`only simulated  ${name}: ${real}`] : []),
    ...(typeof simulate === 'string' ? [`only real  ${name}: ${simulate}`] : []),
  ]);
  const missing = tallies.flatMap(({name, real}) =>
    [...new Set(real?.impossible)].map(because => `NOT RUN ON THIS MACHINE  ${name}: ${because}`),
  );
  const kinds = tallies.flatMap(({name, real}) =>
    real?.kinds === undefined || summed(real.kinds) === 0 ? [] : [`of these  ${name}: ${kindsText(real.kinds)}`],
  );
  return [...why, ...kinds, ...missing];
}

function kindsText(kinds: Kinds): string {
  const most = Object.entries(kinds).sort(([, a], [, b]) => b - a);
  return most.map(([kind, count]) => `${count} ${kind}`).join(', ');
}
