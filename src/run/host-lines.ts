/** How the hosts of a group are told of: before each line that one has printed (`web1  | Restarted`), and many in few words. */

const MARK = ' | ';
const BLANK = '␣';
const NAMED_MAX = 5;

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

/** `web3, web9`; of more than five: `… and 12 more`. */
export function hostNames(hosts: readonly string[]): string {
  const more = hosts.length > NAMED_MAX ? ` and ${hosts.length - NAMED_MAX} more` : '';
  return `${hosts.slice(0, NAMED_MAX).join(', ')}${more}`;
}
