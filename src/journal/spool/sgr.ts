/** The one escape sequence that is let through: colour and weight. */

const BLINK_SLOW = 5;
const BLINK_FAST = 6;
const CONCEAL = 8;
/** 38, 48 and 58 set a colour and are followed by its description, whose numbers mean nothing by themselves. */
const COLOUR_FOLLOWS: ReadonlySet<number> = new Set([38, 48, 58]);

/** The sequence for these parameters without what blinks or hides; empty when nothing is left or it is no SGR at all. */
export function safeSgr(parameters: string): string {
  if (!/^[0-9;:]*$/.test(parameters)) return '';
  if (parameters === '') return '\x1b[m';
  const parts = parameters.split(';');
  const kept: string[] = [];
  for (let at = 0; at < parts.length; ) {
    const length = colourLength(parts, at);
    const code = Number.parseInt(parts[at] || '0', 10);
    if (length > 1 || (code !== BLINK_SLOW && code !== BLINK_FAST && code !== CONCEAL)) {
      kept.push(...parts.slice(at, at + length));
    }
    at += length;
  }
  return kept.length === 0 ? '' : `\x1b[${kept.join(';')}m`;
}

/** How many parameters belong together from here: `38;5;208` are three, `38;2;1;2;3` five, `38:5:208` one. */
function colourLength(parts: readonly string[], at: number): number {
  if (!COLOUR_FOLLOWS.has(Number(parts[at]))) return 1;
  const description = {'5': 3, '2': 5}[parts[at + 1] ?? ''];
  return Math.min(description ?? 1, parts.length - at);
}
