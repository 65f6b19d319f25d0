/** What the shells of all hosts of a group have left in common, for the next step of the same context. */
import type {HostOutcome, OutcomeHere, OutcomeOnHosts} from '../../run/outcome.ts';
import {compact} from '../../text/compact.ts';

type Agreed = Pick<OutcomeOnHosts, 'directory' | 'exports' | 'unset' | 'captures' | 'differs'>;
type Exited = Extract<OutcomeHere, {kind: 'exited'}>;

/** Of the hosts where it went well: on the others nothing goes on by itself. */
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
