/** What the hosts of a group have said, each on its last look, as one answer of them all. */
import type {Proof, Proved} from '../../run/request.ts';
import {compact} from '../../text/compact.ts';

/** `silent`: why there was no answer. `at`: when it was said, by `performance.now()`. */
export type Said = {lines: readonly string[]; at: number; silent?: string};

export function whereProved(
  found: ReadonlyMap<string, Said>,
  proofs: readonly Proof[],
): Readonly<Record<string, Proved>> {
  const looks = [...found.values()].map(({at}) => at);
  const ageMs = Math.round(Math.max(...looks) - Math.min(...looks));
  const silent = [...found].flatMap(([host, {silent: because}]) => (because === undefined ? [] : [{host, because}]));
  const [first] = silent;
  const unheard = first && {hosts: silent.map(({host}) => host), because: first.because};
  return Object.fromEntries(
    proofs.map(({id}, index) => {
      const notOn = [...found].flatMap(([host, {lines}]) => (lines.includes(String(index)) ? [] : [host]));
      return [id, compact({notOn, hosts: found.size, ageMs, silent: unheard})];
    }),
  );
}

/** What all hosts print behind `lead`, in one line; nothing where none prints any. */
export function agreedLine(found: readonly Said[], lead: string): readonly string[] {
  const values = found.map(({lines, silent}) => {
    const value = lines.find(line => line.startsWith(lead))?.slice(lead.length);
    return value ?? (silent === undefined ? 'nothing' : 'not known');
  });
  const counts = [...Map.groupBy(values, value => value)].sort(([, a], [, b]) => b.length - a.length);
  if (counts.length === 1) return values[0] === 'nothing' ? [] : values.slice(0, 1);
  return [counts.map(([value, own]) => `${value} on ${own.length}`).join(', ')];
}
