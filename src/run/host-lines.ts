/** How the output of a group tells which host has printed a line: `web1  | Restarted`. */

const MARK = ' | ';

/** `width`: of the longest name, so that what the hosts print stands in one column. */
export function hostLine(host: string, width: number, text: string): string {
  return `${host.padEnd(width)}${MARK}${text}`;
}

/** Undefined for a line that is of no host: names of hosts hold no blanks. */
export function hostOfLine(line: string): string | undefined {
  const at = line.indexOf(MARK);
  const name = at === -1 ? '' : line.slice(0, at).trimEnd();
  return name === '' || /\s/.test(name) ? undefined : name;
}
