/** What all hosts of a group say as one: their answers to a look, and what their shells have in common for the next step. */
import type {HostOutcome, OutcomeHere, OutcomeOnHosts} from '../../run/outcome.ts';
import type {Proof, Proved} from '../../run/request.ts';
import {compact} from '../../text/compact.ts';
import {BROKEN_OFF, NOT_PROVED} from '../short-command.ts';

type Agreed = Pick<OutcomeOnHosts, 'directory' | 'exports' | 'unset' | 'captures' | 'differs'>;
type Exited = Extract<OutcomeHere, {kind: 'exited'}>;

/** Counts only the hosts where it went well: on the others nothing goes on by itself. */
export function agreedOn(hosts: readonly HostOutcome[]): Agreed {
  const ended = hosts.flatMap(({host, outcome}) =>
    outcome.kind === 'exited' && outcome.code === 0 ? [{host, outcome}] : [],
  );
  const differs: string[] = [];
  // Values are not said: one of them may be a secret.
  const common = (what: string, of: (outcome: Exited) => string | undefined): string | undefined => {
    const values = Map.groupBy(ended, ({outcome}) => of(outcome));
    if (values.size <= 1) return [...values.keys()][0];
    const [one, other] = [...values.values()].map(own => own[0]?.host ?? '');
    differs.push(`${what} is not the same on ${one} and ${other}, so no later step has it`);
    return undefined;
  };
  const all = (part: 'exports' | 'captures'): Record<string, string> => {
    const names = new Set(ended.flatMap(({outcome}) => Object.keys(outcome[part] ?? {})));
    const found = [...names].map(name => [name, common(name, outcome => outcome[part]?.[name])] as const);
    return Object.fromEntries(found.filter((one): one is [string, string] => one[1] !== undefined));
  };
  const directory = common('the directory', outcome => outcome.directory);
  const [exports, captures] = [all('exports'), all('captures')];
  const unset = [...new Set(ended.flatMap(({outcome}) => outcome.unset ?? []))];
  return compact({
    directory,
    exports: Object.keys(exports).length === 0 ? undefined : exports,
    captures: Object.keys(captures).length === 0 ? undefined : captures,
    unset: unset.length === 0 ? undefined : unset,
    differs: differs.length === 0 ? undefined : differs,
  });
}

/** `silent`: why there is no answer to what `lines` do not answer. `at`: when it was said, by `performance.now()`. */
export type Said = {lines: readonly string[]; at: number; silent?: string};

export function whereProved(
  found: ReadonlyMap<string, Said>,
  proofs: readonly Proof[],
): Readonly<Record<string, Proved>> {
  const looks = [...found.values()].map(({at}) => at);
  const ageMs = Math.round(Math.max(...looks) - Math.min(...looks));
  return Object.fromEntries(
    proofs.map(({id, missing}, index) => {
      const notProved = [...found].filter(([, {lines}]) => !lines.includes(String(index)));
      const silent = notProved.flatMap(([host, {lines, silent: why = BROKEN_OFF}]) => {
        if (lines.includes(`${index} ${NOT_PROVED}`)) return [];
        return [{host, because: lines.length === 0 ? why : `${why} about: ${missing}`}];
      });
      const unheard = silent[0] && {hosts: silent.map(({host}) => host), because: silent[0].because};
      return [id, compact({notOn: notProved.map(([host]) => host), hosts: found.size, ageMs, silent: unheard})];
    }),
  );
}

/** What all hosts print behind `lead`, in one line; nothing where none prints any. */
export function agreedLine(found: readonly Said[], lead: string): readonly string[] {
  const values = found.map(({lines}) => {
    const value = lines.find(line => line.startsWith(lead))?.slice(lead.length);
    return value ?? (lines.includes(lead.trimEnd()) ? 'nothing' : 'not known');
  });
  const counts = [...Map.groupBy(values, value => value)].sort(([, a], [, b]) => b.length - a.length);
  if (counts.length === 1) return values[0] === 'nothing' ? [] : values.slice(0, 1);
  return [counts.map(([value, own]) => `${value} on ${own.length}`).join(', ')];
}
