/** What exit 0 leaves open: commands that never ran, and ends that nobody saw. */
import type {Left, Outcome, Verdict} from '../outcome.ts';

type Exited = Outcome & {kind: 'exited'};

const NAMED_MAX = 4;

/** Absent when every command that should run did. */
export function judgeLeft({left}: Exited): Verdict | undefined {
  if (left === undefined || left.notRun.length === 0) return undefined;
  const named = left.notRun.slice(0, NAMED_MAX).map(({line, text}) => `line ${line}: ${text}`);
  const more = left.notRun.length > named.length ? `, and ${left.notRun.length - named.length} more` : '';
  return {kind: 'failed', because: `${whatLeft(left)}; not run: ${named.join(', ')}${more}`, checks: []};
}

/** What passed is put to a person where something went wrong unseen. A failure stays one. */
export function withDoubts(verdict: Verdict, {left, doubts = [], unseen = []}: Exited): Verdict {
  if (verdict.kind !== 'passed' && verdict.kind !== 'judge') return verdict;
  const open = [...doubts, ...(left === undefined ? [] : [`${whatLeft(left)}, and how it ended was not seen`])];
  const because = [
    verdict.because,
    ...(open.length === 0 ? [] : [`a person judges: ${open.join('; ')}`]),
    ...(unseen.length === 0 ? [] : [`not seen: ${unseen.join('; ')}`]),
  ].join('; ');
  const checks = [...verdict.checks, ...open.map(text => ({text, result: 'judge' as const}))];
  return {kind: open.length === 0 ? verdict.kind : 'judge', because, checks};
}

function whatLeft({line, text}: Left): string {
  return text === '' ? 'the shell ended with 0 before any command' : `line ${line}: ${text} ended the shell with 0`;
}
