/** One row of `ps`. `rssKb` in KiB. */
export type Process = {pid: number; parent: number; rssKb: number; commandLine: string};

/**
 * Lists every process of the place, preceded by the number of the shell that asks.
 * The pattern is not part of it: `pgrep -f` and `ps | grep` find themselves, and a pattern would have to be quoted.
 * procps cuts wide lines unless told `-ww`, an option that busybox does not know. A bare system has no `ps` at all.
 */
export const LIST_PROCESSES = [
  'echo "$$"; ps -ww -eo pid,ppid,rss,args 2>/dev/null || ps -eo pid,ppid,rss,args 2>/dev/null || ps -o pid,ppid,rss,args 2>/dev/null ||',
  'for d in /proc/[0-9]*; do q= r=0',
  '  while read -r k v _; do case $k in PPid:) q=$v;; VmRSS:) r=$v;; esac; done <"$d/status" || continue',
  '  a=$(tr "\\0\\n" "  " <"$d/cmdline") && [ -n "$a" ] && printf "%s %s %s %s\\n" "${d#/proc/}" "$q" "$r" "$a"',
  'done 2>/dev/null',
  ':',
].join('\n');

/** The processes in the output of `LIST_PROCESSES`, without those that were only there to measure. */
export function readProcesses(output: string): readonly Process[] {
  const [first = '', ...rows] = output.split('\n');
  const asking = Number(first.trim());
  return rows
    .map(readRow)
    .filter(process => process !== undefined)
    .filter(({pid, parent, commandLine}) => {
      const measures = pid === asking || parent === asking || commandLine.includes('pid,ppid,rss,args');
      return !measures;
    });
}

function readRow(row: string): Process | undefined {
  const match = /^\s*(\d+)\s+(\d+)\s+([\d.]+)([kmg]?)\s+(\S.*)$/i.exec(row);
  if (match === null) return undefined;
  const [, pid, parent, rss, suffix = '', commandLine = ''] = match;
  return {pid: Number(pid), parent: Number(parent), rssKb: Number(rss) * kibibytes(suffix), commandLine};
}

// busybox shortens large figures: `12m`.
function kibibytes(suffix: string): number {
  switch (suffix.toLowerCase()) {
    case 'm':
      return 1024;
    case 'g':
      return 1024 * 1024;
    default:
      return 1;
  }
}
