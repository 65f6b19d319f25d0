/** The sh text that starts, watches and stops a job in its directory `~/.tminus/jobs/ID` (below `TMINUS_HOME`, where that is set). */
import type {JobScript} from './job-script.ts';
import {quote} from './shell-quote.ts';

/** This many newest jobs are left on a host for someone to look at; beyond them those that went well are removed, */
const JOBS_KEPT = 20;
/** and beyond these all that have ended. */
const JOBS_KEPT_MAX = 100;

/** `directory`: where this place keeps its jobs, when it is not where hosts keep them. */
export type JobPlace = {id: string; directory?: string};

/**
 * Starts the job unless its directory is there already (`script` absent: never starts it), then prints its output from
 * `offset` on standard output and its record on standard error until it is told to go by a line on, or the end of,
 * standard input.
 */
export function attachText(job: JobPlace, script: JobScript | undefined, offset: number): string {
  return `${directoryText(job)}
${script === undefined ? '' : startText(script)}
[ -f "$d/record" ] || sleep 1
if [ -f "$d/record" ]; then
tail -c +${offset + 1} -f "$d/out" 2>/dev/null &
t=$!
tail -n +1 -f "$d/record" >&2 2>/dev/null &
r=$!
( while sleep 2 2>/dev/null; do
    p=; read -r _ w p _ <"$d/record"
    [ "$w" = pid ] && kill -s 0 "$p" 2>/dev/null || break
    case $(ps -o stat= -p "$p" 2>/dev/null) in Z*) break;; esac
  done; sleep 1 2>/dev/null; echo '@ gone' >&2 ) >/dev/null &
w=$!
read -r _
kill $t $r $w 2>/dev/null
${pruneText()}
else echo '@ missing' >&2; read -r _; fi`;
}

/** TERM to the job's process group, KILL after five seconds; returns when nothing of it is left. */
export function cancelText(job: JobPlace): string {
  return `${directoryText(job)}
[ -d "$d" ] || exit 0
i=0; w=
while [ "$w" != pid ] && [ "$i" -lt 20 ]; do
  [ "$i" -eq 0 ] || sleep 0.1 2>/dev/null || sleep 1
  read -r _ w p _ <"$d/record"; i=$((i+1))
done
[ "$w" = pid ] || exit 0
grep -q '^@ done' "$d/record" && exit 0
send() { kill -s "$1" -- "-$p" 2>/dev/null || kill -s "$1" "$p" 2>/dev/null; }
send TERM
i=0
while kill -s 0 -- "-$p" 2>/dev/null && [ "$i" -lt 50 ]; do sleep 0.1 2>/dev/null || { sleep 1; i=$((i+9)); }; i=$((i+1)); done
send KILL
if grep -q '[;&| ]sudo \\|^sudo ' "$d/body" 2>/dev/null; then sudo -n kill -KILL -- "-$p" 2>/dev/null </dev/null; fi
grep -q '^@ done' "$d/record" || echo '@ killed' >>"$d/record"`;
}

function directoryText({id, directory}: JobPlace): string {
  const jobs = directory === undefined ? '${TMINUS_HOME:-$HOME/.tminus}/jobs' : quote(directory);
  return `b=${jobs}; d=$b/${quote(id)}`;
}

function startText({runner, body}: JobScript): string {
  // Started from a shell that ends at once, so that it is not our child: a child that died would look alive to us.
  const run = 'sh "$d/run" "$d" </dev/null >>"$d/out" 2>&1 &';
  return `[ -d "$b" ] || mkdir -p -m 700 "$b"
if [ ! -d "$d" ] && mkdir -m 700 "$d"; then
printf %s ${quote(body)} >"$d/body"
printf %s ${quote(runner)} >"$d/run"
: >"$d/out"; : >"$d/record"
if command -v setsid >/dev/null 2>&1; then ( setsid ${run} )
elif command -v perl >/dev/null 2>&1; then ( perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV' ${run} )
else ( nohup ${run} )
fi
fi`;
}

function pruneText(): string {
  return `( cd "$b" && ls -1t | tail -n +${JOBS_KEPT + 1} | { n=${JOBS_KEPT}; while read -r j; do
  n=$((n+1)); k='^@ done 0 '; [ "$n" -le ${JOBS_KEPT_MAX} ] || k='^@ done '
  grep -q "$k" "$j/record" 2>/dev/null && rm -rf "./$j"
done; } ) </dev/null >/dev/null 2>&1 &`;
}
