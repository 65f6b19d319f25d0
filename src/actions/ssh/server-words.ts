const LENGTH_MAX = 300;
/** OSC, DCS and their like with their text, then CSI, then any other escape. */
const STRING = /(?:\u001B[\]P_^X]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u009C\n]*(?:\u0007|\u001B\\|\u009C)?/g;
const CONTROL = /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?/g;
const ESCAPE = /\u001B[ -/]*[0-~]?/g;
/** Control characters, and signs that reverse the writing direction or take no room. */
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/g;

/** What a server says, as one line that may stand on a terminal. */
export function serverWords(text: string): string {
  const bare = text.replace(STRING, '').replace(CONTROL, '').replace(ESCAPE, '');
  const line = bare.toWellFormed().replace(/\s+/g, ' ').replace(UNSAFE, '').trim();
  return line.length > LENGTH_MAX ? `${line.slice(0, LENGTH_MAX - 1)}…` : line;
}
