/** Whether an environment file has what a step names, without a value ever leaving it. */
import type {Step} from '../plan.ts';
import {quoteForShell} from '../shell/quoting.ts';

/**
 * POSIX sh that exits 0 when every variable named in the step is set in the file, and says of each whether it is.
 * "(if using …)" makes one optional; "not committed" also asks that git does not track the file.
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
    // In parentheses: the shell is shared with other steps, which must not find our names.
    '[ "$bad" = 0 ]',
  ];
  return `(\n${lines.join('\n')}\n)`;
}

const VARIABLE = /^[A-Z][A-Z0-9_]{2,}$/;
const OPTIONAL = /\bif (?:using|used|enabled|needed|applicable|you use)\b|\boptional\b/i;
const UNCOMMITTED = /\bnot (?:be )?(?:committed|tracked|checked in|in git)\b/i;

/** Names in back-ticks that have the form; where nothing is in back-ticks, words of that form. */
export function namesIn(texts: readonly string[], form: RegExp): string[] {
  const ticked = texts
    .flatMap(text => [...text.matchAll(/`([^`]+)`/g)].map(match => match[1] ?? ''))
    .filter(name => form.test(name));
  if (ticked.length > 0) return [...new Set(ticked)];
  const words = texts.flatMap(text => text.match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ?? []);
  return [...new Set(words.filter(name => form.test(name)))];
}
