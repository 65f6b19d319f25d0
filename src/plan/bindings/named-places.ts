/** Hosts and sections of a document under the names that the bindings give them. */
import {findPlaceholders} from '../shell/placeholders.ts';
import type {Bindings} from './types.ts';

/** Key under `hosts:` whose `matches` is the destination as the document writes it; `vps` also names itself. */
export function matchHost(destination: string, bindings: Bindings): string | undefined {
  const wanted = destination.trim();
  const hosts = Object.entries(bindings.hosts);
  const exact =
    hosts.find(([, host]) => host.matches.includes(wanted)) ??
    hosts.find(([key, host]) => key === wanted || host.destination === wanted);
  // `matches: your-vps-ip` means that host under any account.
  const machine = wanted.slice(wanted.lastIndexOf('@') + 1);
  return (exact ?? hosts.find(([, host]) => host.matches.includes(machine)))?.[0];
}

/** Host name or `local` that `contexts:`, or else the review, gives to a section; titles innermost first. */
export function contextFor(sectionTitles: readonly string[], bindings: Bindings): string | undefined {
  const pieces = Object.keys(bindings.contexts).sort((a, b) => b.length - a.length);
  for (const title of sectionTitles) {
    const key = pieces.find(piece => title.toLowerCase().includes(piece.trim().toLowerCase()));
    if (key !== undefined) return bindings.contexts[key];
  }
  const {placed = {}} = bindings;
  return sectionTitles.flatMap(title => placed[title] ?? [])[0];
}

/**
 * Destinations as the document writes them, for `scp` and its like. A plain word (`matches: production`) is the name of
 * much else, a directory or a branch, and is no text to search for.
 */
export function writtenDestinations(hosts: Bindings['hosts']): readonly (readonly [written: string, bound: string])[] {
  return Object.values(hosts).flatMap(({matches, destination}) =>
    matches
      .filter(match => /[@.]/.test(match) || findPlaceholders(match).length > 0)
      .map(match => [match, destination] as const),
  );
}
