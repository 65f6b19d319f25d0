/** Finds the names that the bindings give to hosts and sections of the document. */
import type {Place} from '../script.ts';
import {bindText, findPlaceholders} from '../shell/placeholders.ts';
import type {Bindings} from './types.ts';

/**
 * The host of the bindings for a destination in the document: the one whose `matches` has it, or the one with that
 * name.
 */
export function matchHost(destination: string, bindings: Bindings): string | undefined {
  const wanted = destination.trim();
  const hosts = Object.entries(bindings.hosts);
  const exact =
    hosts.find(([, host]) => host.matches.includes(wanted)) ??
    hosts.find(([key, host]) => key === wanted || host.destination === wanted);
  // `matches: your-vps-ip` covers that host with every account.
  const machine = wanted.slice(wanted.lastIndexOf('@') + 1);
  return (exact ?? hosts.find(([, host]) => host.matches.includes(machine)))?.[0];
}

/**
 * Where to log in for a destination of the document. `host`: the one that the bindings have for it; without one, a value
 * for its placeholder may name a host of the bindings, or say where to log in.
 */
export function placeFilled(
  host: string | undefined,
  written: string,
  bindings: Bindings,
): {place: Place; directory: string | undefined} {
  const destination = host === undefined ? filledDestination(written, bindings) : written;
  const known = host ?? (destination === written ? undefined : matchHost(destination, bindings));
  const place = {kind: 'host' as const, host: known ?? destination, destination};
  const directory = known === undefined ? undefined : bindings.hosts[known]?.directory;
  return {place: destination === written ? place : {...place, written}, directory};
}

/** `deploy@<app-host>` with the values of its placeholders, if all of them have one; otherwise as it is written. */
function filledDestination(written: string, {values}: Bindings): string {
  const lookup = {keys: Object.keys(values), get: (name: string) => values[name]?.value};
  const {text, missing} = bindText(written, lookup, 'plain');
  return missing.length === 0 && /^[\w.@:[\]-]+$/.test(text) ? text : written;
}

/**
 * The host, or `local`, that `contexts:` or else the review gives to a section. Titles come innermost first. `isSaid`:
 * the text in the section names another host of the bindings, which wins over the review.
 */
export function contextFor(titles: readonly string[], bindings: Bindings, isSaid = false): string | undefined {
  const pieces = Object.keys(bindings.contexts).sort((a, b) => b.length - a.length);
  for (const title of titles) {
    const key = pieces.find(piece => title.toLowerCase().includes(piece.trim().toLowerCase()));
    if (key !== undefined) return bindings.contexts[key];
  }
  return isSaid ? undefined : placedAt(titles, bindings)?.place;
}

/** The place that the review gives to a section or to one around it, and the name under which it is kept there. */
export function placedAt(titles: readonly string[], {placed}: Bindings): {place: string; by: string} | undefined {
  if (placed === undefined) return undefined;
  return titles
    .flatMap((title, index) => [titlePath(titles.slice(index)), title])
    .flatMap(by => (placed[by] === undefined ? [] : [{place: placed[by], by}]))[0];
}

/** "Step 2 > Option A" of titles that come innermost first. */
export function titlePath(titles: readonly string[]): string {
  return titles.toReversed().join(' > ');
}

/**
 * Destinations as the document writes them, with the bound ones, for `scp` and the like. A plain word (`matches:
 * production`) is left out, because it may also be a directory or a branch, and so is a group, which has no address.
 */
export function writtenDestinations(hosts: Bindings['hosts']): readonly (readonly [written: string, bound: string])[] {
  return Object.values(hosts).flatMap(({matches, destination, group}) =>
    (group === undefined ? matches : [])
      .filter(match => /[@.]/.test(match) || findPlaceholders(match).length > 0)
      .map(match => [match, destination] as const),
  );
}
