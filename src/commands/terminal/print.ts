/** What commands print, on both streams: the only place where they do. */
import {withoutControls} from '../../text/unsafe-signs.ts';

/** Text for standard output. `painted`: colours in it are its own. */
export function print(text: string, {painted = false}: {painted?: boolean} = {}): void {
  process.stdout.write(painted ? withoutSequences(text) : withoutControls(text));
}

/** One value as JSON and a line end. What a terminal would act on is escaped: it comes out as it went in. */
export function printJson(value: unknown, indent?: number): void {
  process.stdout.write(`${safeJson(value, indent)}\n`);
}

/** Text for standard error: notices, questions, what went wrong. */
export function say(text: string): void {
  process.stderr.write(withoutControls(text));
}

export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent);
  return text.replace(JSON_SIGNS, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** JSON.stringify escapes the controls below U+0020 only; those that are left here are its own line ends. */
const JSON_SIGNS = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Only colours keep their escape sign. */
function withoutSequences(text: string): string {
  const pieces = text.split(/(\x1b\[[\d;]*m)/);
  return pieces.map((piece, index) => (index % 2 === 1 ? piece : withoutControls(piece))).join('');
}
