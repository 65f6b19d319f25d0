/** The sh text that starts, watches and stops a job in its directory `~/.tminus/jobs/ID` (below `TMINUS_HOME`, where that is set). */

import {quote} from '../shell-quote.ts';
import {bootText, startedText} from './identity.ts';
import {TORN} from './record.ts';

/** This many newest jobs are left on a host for someone to look at; beyond them those whose run is over are removed, */
const JOBS_KEPT = 20;
/**
 * and beyond these all that have ended and are as old as this. An interrupted run that is taken up finds its jobs by
 * their directories: to one that is gone it could only be begun a second time.
 */
const JOBS_KEPT_MAX = 100;
const JOBS_KEPT_DAYS = 7;
const DAY_MS = 86_400_000;
/** From TERM to KILL. */
const KILL_AFTER_SECONDS = 5;
/** More than fit into that time: for a shell to which a process that has ended and was not yet reaped is still there. */
const LOOKS_MAX = 60;

/** `directory`: where this place keeps its jobs, when it is not where hosts keep them. */
export type JobPlace = {id: string; directory?: string};

/**
 * What may be started: `begunMsAgo` is set once the host may have begun it. It is then begun only where its directory
 * cannot have been there before: on a host that has been up all the time since, for a restart may empty directories.
 */
export type JobStart = {script: {runner: string; body: string}; begunMsAgo?: number};

/**
 * Starts the job unless its directory is there already (`start` absent: never starts it), then prints its output from
 * `offset` on standard output and its record on standard error until it is told to go by a line on, or the end of,
 * standard input.
 */
export function attachText(job: JobPlace, start: JobStart | undefined, offset: number): string {
  return `${directoryText(job)}
${identityText}
${start === undefined ? '' : startText(start)}
[ -f "$d/record" ] || sleep 1
if [ -f "$d/record" ]; then
tail -c +${offset + 1} -f "$d/out" 2>/dev/null &
t=$!
tail -n +1 -f "$d/record" >&2 2>/dev/null &
r=$!
( while sleep 2 2>/dev/null && _tm_lives; do :; done; sleep 1 2>/dev/null
  { ${endTornLineText}; } >&2
  case $o in '' | - | "$(_tm_boot)") echo '@ gone';; *) echo '@ gone rebooted';; esac >&2
  ${forgetValuesText} ) >/dev/null &
w=$!
read -r _
kill $t $r $w 2>/dev/null
${pruneText()}
else echo "@ missing $a" >&2; read -r _; fi`;
}

/**
 * TERM to the job's process group, KILL after five seconds; returns when nothing of it is left. The seconds are those of
 * one `sleep`, not the sum of many looks: on a host under load each look takes several times as long.
 */
export function cancelText(job: JobPlace): string {
  return `${directoryText(job)}
${identityText}
[ -d "$d" ] || exit 0
i=0; w=
while [ "$w" != pid ] && [ "$i" -lt 20 ]; do
  [ "$i" -eq 0 ] || sleep 0.1 2>/dev/null || sleep 1
  read -r _ w p _ <"$d/record"; i=$((i+1))
done
[ "$w" = pid ] || exit 0
# What has ended by itself may have left something running on purpose; what was told to end may not.
[ -f "$d/stop" ] || { grep -q '^@ done' "$d/record" && exit 0; }
# After a restart of the host, or when numbers have gone round, somebody else may bear this one.
_tm_lives || { _tm_same_boot && ! kill -s 0 "$p" 2>/dev/null; } || exit 0
# What has ended and was not yet reaped can still be sent a signal. To look for it takes a while: not every time.
works() {
  kill -s 0 -- "-$p" 2>/dev/null || return 1
  case $i in [0-3] | *[05]) ;; *) return 0;; esac
  l=$(ps -A -o pgid= -o stat= 2>/dev/null) && [ -n "$l" ] || return 0
  printf '%s\\n' "$l" | awk -v p="$p" '$1 == p && $2 !~ /^Z/ { n = 1 } END { exit !n }'
}
send() { kill -s "$1" -- "-$p" 2>/dev/null || kill -s "$1" "$p" 2>/dev/null; }
: >"$d/stop"
send TERM
sleep ${KILL_AFTER_SECONDS} >/dev/null 2>&1 &
t=$!; i=0
while works && kill -s 0 "$t" 2>/dev/null && [ "$i" -lt ${LOOKS_MAX} ]; do
  sleep 0.1 2>/dev/null || { sleep 1; i=$((i+9)); }; i=$((i+1))
done
kill "$t" 2>/dev/null
send KILL
if grep -q '[;&| ]sudo \\|^sudo ' "$d/body" 2>/dev/null; then sudo -n kill -KILL -- "-$p" 2>/dev/null </dev/null; fi
grep -q '^@ done' "$d/record" || { ${endTornLineText}; echo '@ killed'; } >>"$d/record"
${forgetValuesText}`;
}

/**
 * Leaves of the ended jobs whose names begin with `prefix` only what they were and how they ended: neither what they
 * printed nor any value. What still runs is left alone.
 */
export function forgetText({id: prefix, directory}: JobPlace): string {
  return `${jobsText(directory)}
${identityText}
for d in "$b"/${quote(prefix)}*; do
  [ -f "$d/record" ] || continue
  grep -q -e '^@ done' -e '^@ killed' "$d/record" || { _tm_lives && continue; }
  { sed -n -e '/^@ pid /p' -e '/^@ start /p' -e '/^@ end /p' -e '/^@ killed/p' -e 's/^\\(@ done [0-9]*\\) .*/\\1 0/p' "$d/record"
    echo '@ forgotten'; } >"$d/record.new" && mv -f "$d/record.new" "$d/record"
  rm -f "$d/out"; ${forgetValuesText}
done`;
}

/** `_tm_lives`: whether the process of `$d/record` is still the one that wrote it; `o`: since which start of the host. */
const identityText = `_tm_boot() { ${bootText}; }
_tm_started() { ${startedText}; }
_tm_same_boot() { [ "\${o:--}" = - ] || [ "$o" = "$(_tm_boot)" ]; }
_tm_lives() {
  w=; p=; s=; o=; read -r _ w p s o _ <"$d/record"
  [ "$w" = pid ] && kill -s 0 "$p" 2>/dev/null || return 1
  case $(ps -o stat= -p "$p" 2>/dev/null) in Z*) return 1;; esac
  _tm_same_boot && { [ "\${s:--}" = - ] || [ "$s" = "$(_tm_started "$p")" ]; }
}`;

/** A host that went down in the middle of a write leaves a last line without an end, which is not to be read. */
const endTornLineText = `[ -z "$(tail -c 1 "$d/record")" ] || echo '${TORN}'`;

/** The texts of a job hold its bound values: they stay no longer than it needs them. */
const forgetValuesText = 'rm -f "$d/body" "$d/run" "$d/env" "$d/env0"';

function jobsText(directory: string | undefined): string {
  return `b=${directory === undefined ? '${TMINUS_HOME:-$HOME/.tminus}/jobs' : quote(directory)}`;
}

export function directoryText({id, directory}: JobPlace): string {
  return `${jobsText(directory)}; d=$b/${quote(id)}; a=`;
}

function startText({script: {runner, body}, begunMsAgo}: JobStart): string {
  // Started from a shell that ends at once, so that it is not our child: a child that died would look alive to us.
  const run = 'sh "$d/run" "$d" </dev/null >>"$d/out" 2>&1 &';
  return `[ -d "$b" ] || mkdir -p -m 700 "$b"
${begunMsAgo === undefined ? '' : upSinceText(begunMsAgo)}
if [ "$a" = "" ] && [ ! -d "$d" ] && mkdir -m 700 "$d"; then
printf %s ${quote(body)} >"$d/body"
printf %s ${quote(runner)} >"$d/run"
: >"$d/out"; : >"$d/record"
if command -v setsid >/dev/null 2>&1; then ( setsid ${run} )
elif command -v perl >/dev/null 2>&1; then ( perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV' ${run} )
else ( nohup ${run} )
fi
fi`;
}

/** Where nobody can tell, nothing is begun again. */
function upSinceText(begunMsAgo: number): string {
  if (begunMsAgo > JOBS_KEPT_DAYS * DAY_MS) return '[ -d "$d" ] || a=restarted';
  const seconds = Math.max(0, Math.ceil(begunMsAgo / 1000));
  return `u=; read -r u _ 2>/dev/null </proc/uptime; u=\${u%%.*}
[ -d "$d" ] || [ "\${u:-0}" -gt ${seconds} ] || a=restarted`;
}

function pruneText(): string {
  return `( cd "$b" && ls -1t | tail -n +${JOBS_KEPT + 1} | { n=${JOBS_KEPT}; while read -r j; do
  n=$((n+1)); grep -q '^@ done ' "$j/record" 2>/dev/null || continue
  if grep -q '^@ forgotten' "$j/record" ||
    { [ "$n" -gt ${JOBS_KEPT_MAX} ] && [ -n "$(find "./$j" -prune -mtime +${JOBS_KEPT_DAYS} 2>/dev/null)" ]; }
  then rm -rf "./$j"; fi
done; } ) </dev/null >/dev/null 2>&1 &`;
}
