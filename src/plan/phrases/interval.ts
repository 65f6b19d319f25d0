/** Reads a length of time as bindings, directives and flags write it. */
import {matchesOf} from '../../text/matches.ts';

/** `500ms` `5s` `15m` `1h30m` `2d`, as milliseconds; undefined for any other text. */
export function parseInterval(text: string): number | undefined {
  const compact = text.trim().toLowerCase();
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(compact)) return undefined;
  let total = 0;
  for (const [, figure, unit = ''] of matchesOf(compact, /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(figure) * (UNITS_MS[unit] ?? 0);
  }
  return total;
}

const UNITS_MS: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};
