/** Commands as the document writes them, for steps that T-Minus performs itself: a request, a followed log. */

/** A longer text is no command that a person has typed. */
const LINES_MAX = 60;

/**
 * The command from the first line with the program on, without prompt, back-ticks and comment. A line that ends with a
 * back-slash or an open quote takes the next line with it. Undefined where the command does not hold `part`.
 */
export function writtenCommand(
  source: readonly string[],
  from: number,
  to: number,
  program: RegExp,
  part: string,
): string | undefined {
  for (let line = from; line <= Math.min(to, from + LINES_MAX); line += 1) {
    const text = source[line - 1] ?? '';
    const at = program.exec(text)?.index;
    if (at === undefined) continue;
    const written = inlineCode(text, at) ?? wholeCommand(source, line, at);
    if (written.includes(part)) return written;
  }
  return undefined;
}

/** The text between the back-ticks around this position. */
function inlineCode(text: string, at: number): string | undefined {
  const before = text.slice(0, at).match(/(?<!`)(`+)[^`]*$/);
  if (before === null) return undefined;
  const [, ticks = ''] = before;
  const start = (before.index ?? 0) + ticks.length;
  const end = text.indexOf(ticks, at);
  return end === -1 ? undefined : text.slice(start, end).trim();
}

function wholeCommand(source: readonly string[], line: number, at: number): string {
  const lines = [(source[line - 1] ?? '').slice(at)];
  while (lines.length < LINES_MAX && goesOn(lines.join('\n')) && line - 1 + lines.length < source.length) {
    const next = source[line - 1 + lines.length] ?? '';
    if (/^\s*(?:```|~~~)/.test(next)) break;
    lines.push(next.trim());
  }
  return withoutComment(lines.join('\n')).trim();
}

/** Whether the line ends with a back-slash or an open quote. */
function goesOn(text: string): boolean {
  return text.trimEnd().endsWith('\\') || quoteAt(text, text.length) !== undefined;
}

function withoutComment(text: string): string {
  for (const {index} of text.matchAll(/\s#(?:\s|$)/g))
    if (quoteAt(text, index) === undefined) return text.slice(0, index);
  return text;
}

/** The quote that is open at this position. */
function quoteAt(text: string, end: number): string | undefined {
  let open: string | undefined;
  for (let at = 0; at < end; at += 1) {
    const sign = text[at];
    if (sign === '\\' && open !== "'") at += 1;
    else if (open === undefined && (sign === "'" || sign === '"')) open = sign;
    else if (sign === open) open = undefined;
  }
  return open;
}
