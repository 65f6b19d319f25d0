/** Ways back as an operator counts them: the parts of one block are one way, and one question. */
import type {FoundDoubt} from '../found-doubt.ts';

export type Way = {line: number; text: string; steps: readonly string[]};

/** One doubt for each way. What is one way is perhaps for one case only, if its parts tell of it in different words. */
export function oneOf(ways: readonly Way[], because?: string): FoundDoubt[] {
  const whole = wholeWays(ways);
  if (whole.length > 1) return whole.map(way => wayDoubt(way, whole.length, because));
  return ways.some(({text}) => text !== ways[0]?.text) ? whole.map(someCases) : [];
}

/** "If the provider does not answer", above all parts of a block. */
function someCases({line, text, steps}: Way): FoundDoubt {
  const shown = text.slice(0, SHOWN_MAX);
  return {
    code: 'condition-assumed',
    line,
    steps,
    message: `line ${line} reads as if what follows were for some cases only: "${shown}"`,
    because: shown,
    settle: 'confirm that it always runs, do it by hand, or leave it out',
  };
}

export function wayDoubt({line, text, steps}: Way, count: number, because = text): FoundDoubt {
  return {
    code: 'rollback-assumed',
    line,
    steps,
    message: `"${text.slice(0, SHOWN_MAX)}" may be one of ${count} ways back, of which only one is run`,
    because: because.slice(0, SHOWN_MAX),
    settle: 'leave out the ways that are not taken, or say that all are done',
  };
}

export const SHOWN_MAX = 80;

/** "Case A (1/3)", "Case A (2/3)" and what stands under the same words are one way, from its first line. */
export function wholeWays(ways: readonly Way[]): Way[] {
  const found = new Map<string, Way>();
  for (const way of ways) {
    const name = nameOf(way.text);
    const before = found.get(name);
    const steps = [...new Set([...(before?.steps ?? []), ...way.steps])];
    found.set(name, {line: before?.line ?? way.line, text: before?.text ?? way.text.replace(PART, ''), steps});
  }
  return [...found.values()];
}

function nameOf(text: string): string {
  return text.replace(PART, '').replace(/[\s:：.]+$/, '');
}

const PART = / \(\d{1,3}\/\d{1,3}\)$/;
