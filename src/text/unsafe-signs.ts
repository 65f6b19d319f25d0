/** Characters that nothing stored or printed may hold: they act on a terminal or on the reader's eye. */

/** All controls but tab, line feed and carriage return; what turns the reading direction or breaks lines unseen. */
const SIGNS = String.raw`\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff`;

/** One such sign. */
export const UNSAFE_SIGN = new RegExp(`[${SIGNS}]`);
const UNSAFE_SIGNS = new RegExp(`[${SIGNS}]+`, 'g');

export function withoutUnsafeSigns(text: string): string {
  return UNSAFE_SIGN.test(text) ? text.replace(UNSAFE_SIGNS, '') : text;
}

/** For text that is printed as it stands: no carriage return but in a line end, with which a line would overwrite itself. */
export function withoutControls(text: string): string {
  return withoutUnsafeSigns(text.includes('\r') ? text.replace(/\r(?!\n)/g, '') : text);
}
