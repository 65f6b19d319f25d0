/** What a rollback has left to do, in one line of a list; the commands to be pasted stand elsewhere, one a line. */

/** `on host vps: git checkout v1; systemctl start app`. */
export function leftWords(text: string): string {
  const lines = text.split('\n').flatMap(line => line.replace(/^# /, '').trim() || []);
  return lines.reduce((all, line) => (all === '' ? line : `${all}${all.endsWith(':') ? ' ' : '; '}${line}`), '');
}
