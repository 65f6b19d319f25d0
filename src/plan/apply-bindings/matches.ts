/** Finds the step or rule that `match` of a binding means. */
import {nearestText} from '../../text/nearest.ts';
import {type Problem, type ProblemCode, problemOf} from '../problem.ts';

/** Something of the plan that can be matched: its text, and the lines it stands on; a rule also by what it measures. */
export type Matchable = {text: string; line: number; endLine?: number; metric?: string};

/**
 * `match` is a piece of the text (letter case and emphasis do not count), or `line:N`, or `line:N METRIC` for one of
 * several rules of a line. One exact text wins over pieces.
 * `noun`: "step" or "rule", for the message.
 */
export function findMatches<Item extends Matchable>(
  items: readonly Item[],
  binding: {match: string; all?: boolean; line: number},
  noun: string,
  file: string | undefined,
): {found: readonly Item[]; problem?: Problem} {
  const {match} = binding;
  const found = matching(items, match);
  if (found.length === 1 || (found.length > 1 && binding.all === true)) return {found};
  const problem = (code: ProblemCode, message: string, hint: string) =>
    problemOf('error', code, binding.line, message, hint, file);
  if (found.length === 0) {
    const near = nearestText(
      match,
      items.map(({text}) => text),
    );
    const hint = near === undefined ? `write a piece of the ${noun}'s text, or line:N` : `did you mean "${near}"?`;
    return {found, problem: problem('unknown-binding', `no ${noun} matches "${match}"`, hint)};
  }
  const lines = found.map(({line}) => line).join(', ');
  const message = `"${match}" matches ${found.length} ${noun}s, at lines ${lines}`;
  const hint = 'write more of the text, line:N, or all: true';
  return {found: [], problem: problem('ambiguous-binding', message, hint)};
}

function matching<Item extends Matchable>(items: readonly Item[], match: string): readonly Item[] {
  const [, line, metric] = /^line:\s*(\d+)(?:\s+(\S.*))?$/i.exec(match.trim()) ?? [];
  if (line !== undefined) {
    const there = atLine(items, Number(line));
    return metric === undefined ? there : there.filter(item => comparable(item.metric ?? '') === comparable(metric));
  }
  const wanted = comparable(match);
  const pieces = items.filter(({text}) => comparable(text).includes(wanted));
  const exact = pieces.filter(({text}) => comparable(text) === wanted);
  return exact.length === 1 ? exact : pieces;
}

/** The items that start on the line, otherwise the smallest that span it. */
function atLine<Item extends Matchable>(items: readonly Item[], line: number): readonly Item[] {
  const starting = items.filter(item => item.line === line);
  if (starting.length > 0) return starting;
  const spanning = items.filter(item => item.line < line && line <= (item.endLine ?? item.line));
  const smallest = Math.min(...spanning.map(item => (item.endLine ?? item.line) - item.line));
  return spanning.filter(item => (item.endLine ?? item.line) - item.line === smallest);
}

export function comparable(text: string): string {
  return text
    .toLowerCase()
    .replace(/[*`]|__/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
