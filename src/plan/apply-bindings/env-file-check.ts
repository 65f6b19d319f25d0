/** Checks that an environment file has the variables of a step, without printing a value. */
import {matchesOf} from '../../text/matches.ts';
import type {Step} from '../plan.ts';
import {quoteForShell} from '../shell/quoting.ts';

/**
 * POSIX sh that exits 0 when every variable in the step is set in the file, and says of each whether it is. "(if using
 * …)" makes a variable optional; "not committed" also checks that git does not track the file.
 */
export function checkEnvFile(file: string, step: Pick<Step, 'title' | 'instructions'>): string {
  const texts = [step.title, ...step.instructions];
  const optional = namesIn(
    texts.filter(text => OPTIONAL.test(text)),
    VARIABLE,
  );
  const required = namesIn(texts, VARIABLE).filter(name => !optional.includes(name));
  const lines = [
    `f=${quoteForShell(file)}; bad=0`,
    `[ -r "$f" ] || { echo "$f cannot be read"; exit 1; }`,
    `has() { grep -Eq "^[[:space:]]*(export[[:space:]]+)?$1[[:space:]]*=[[:space:]]*(\\"[^\\"]|'[^']|[^\\"'#[:space:]])" "$f"; }`,
    ...(required.length > 0
      ? [
          `for n in ${required.join(' ')}; do if has "$n"; then echo "$n is set"; else echo "$n is missing or empty"; bad=1; fi; done`,
        ]
      : []),
    ...(optional.length > 0
      ? [
          `for n in ${optional.join(' ')}; do if has "$n"; then echo "$n is set"; else echo "$n is not set (optional)"; fi; done`,
        ]
      : []),
    ...(texts.some(text => UNCOMMITTED.test(text))
      ? [
          'if git ls-files --error-unmatch -- "$f" >/dev/null 2>&1; then echo "$f is tracked by git"; bad=1; else echo "$f is not tracked by git"; fi',
        ]
      : []),
    // In parentheses, because later steps in the same shell must not see these variables.
    '[ "$bad" = 0 ]',
  ];
  return `(\n${lines.join('\n')}\n)`;
}

const VARIABLE = /^[A-Z][A-Z0-9_]{2,}$/;
const OPTIONAL = /\bif (?:using|used|enabled|needed|applicable|you use)\b|\boptional\b/i;
const UNCOMMITTED = /\bnot (?:be )?(?:committed|tracked|checked in|in git)\b/i;

/** Names in back-ticks that match `form`; if there are none, plain words that match. */
export function namesIn(texts: readonly string[], form: RegExp): string[] {
  const ticked = texts
    .flatMap(text => matchesOf(text, /`([^`]+)`/g).map(match => match[1] ?? ''))
    .filter(name => form.test(name));
  if (ticked.length > 0) return [...new Set(ticked)];
  const words = texts.flatMap(text => text.match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ?? []);
  return [...new Set(words.filter(name => form.test(name)))];
}
