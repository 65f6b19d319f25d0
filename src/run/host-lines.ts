/** How the output of a group tells which host has printed a line: `web1  | Restarted`. */

const MARK = ' | ';
const BLANK = '␣';

/** `width`: of the longest name, so that what the hosts print stands in one column. */
export function hostLine(host: string, width: number, text: string): string {
  return `${nameInLine(host).padEnd(width)}${MARK}${text}`;
}

/** The name as it stands in the line, which is for `hostOfLine` to find again: `web one` is `web␣one` there. */
export function nameInLine(host: string): string {
  return host.replace(/\s/g, BLANK);
}

/** The name of the host as in `nameInLine`; undefined for a line that is of no host. */
export function hostOfLine(line: string): string | undefined {
  const at = line.indexOf(MARK);
  const name = at === -1 ? '' : line.slice(0, at).trimEnd();
  return name === '' || /\s/.test(name) ? undefined : name;
}
