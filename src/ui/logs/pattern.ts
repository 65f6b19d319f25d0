/** What was typed as a search or filter, as a regular expression. */

/** Smart-case: small letters match both. A pattern that is no regular expression is taken literally; '' is none. */
export function compilePattern(typed: string | undefined): RegExp | undefined {
  if (typed === undefined || typed === '') return undefined;
  const flags = /\p{Lu}/u.test(typed.replace(/\\./g, '')) ? '' : 'i';
  try {
    return new RegExp(typed, flags);
  } catch {
    return new RegExp(typed.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), flags);
  }
}
