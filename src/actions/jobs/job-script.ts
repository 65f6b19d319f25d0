/**
 * The sh text of a job: the commands of a script in one shell, with a record of what happened beside their output.
 * POSIX sh throughout; the commands themselves run in bash where there is one.
 */
import type {BoundCommand, BoundStage, Proof} from '../../run/request.ts';
import {quote} from '../shell-quote.ts';
import {directoryWord} from '../short-command.ts';
import {captureText, withVariables} from './captures.ts';
import {ownIdentityText} from './identity.ts';
import {recordAwk} from './record.ts';
import {sudoCleanUpText, sudoSetUpText} from './sudo.ts';

export type JobStage = Exclude<BoundStage, {kind: 'http'}>;

export type Job = {
  /** Safe in a path; the job's identity on its host. */
  id: string;
  directory?: string;
  exports: Readonly<Record<string, string>>;
  /** Values that an earlier job of the same script has captured, by expression. */
  captured: Readonly<Record<string, string>>;
  stages: readonly JobStage[];
};

/** `commands` in the order the record counts them. */
export type JobScript = {runner: string; body: string; commands: readonly JobCommand[]; expressions: readonly string[]};
export type JobCommand = {command: BoundCommand; arm?: string};

/** Left by a job that ran nothing more because an input was missing. */
const UNPROVED_STATUS = 125;
/** What makes a command wait for a person, or draw for one. */
const QUIET =
  'TERM=dumb PAGER=cat GIT_PAGER=cat SYSTEMD_PAGER=cat GIT_TERMINAL_PROMPT=0 DEBIAN_FRONTEND=noninteractive';

export function jobScript(job: Job): JobScript {
  const commands = job.stages.flatMap(commandsOf);
  const expressions = [...new Set(commands.flatMap(({command}) => command.captures.map(({expression}) => expression)))];
  const numbering: Numbering = {next: 0, expressions};
  const stages = job.stages.map(stage => stageText(stage, numbering));
  return {
    runner: runnerText(job),
    body: [preamble(job, expressions), ...stages, 'exit 0', ''].join('\n'),
    commands,
    expressions,
  };
}

type Numbering = {next: number; readonly expressions: readonly string[]};

function commandsOf(stage: JobStage): readonly JobCommand[] {
  if (stage.kind === 'commands') return stage.commands.map(command => ({command}));
  return stage.arms.flatMap(arm => arm.commands.map(command => ({command, arm: arm.id})));
}

/**
 * Sets the place up, runs the body and records how it ended. It survives a TERM to its group (what it runs does not),
 * so that the end of a cancelled job is on record too.
 */
function runnerText({directory, exports}: Job): string {
  const names = Object.entries(exports).filter(([name]) => /^[A-Za-z_]\w*$/.test(name));
  return `d=$1
trap : TERM INT HUP
${ownIdentityText}
printf '@ pid %s %s %s\\n' "$$" "\${_tm_s:--}" "\${_tm_b:--}" >>"$d/record"
unset CDPATH
export ${QUIET}
${names.map(([name, value]) => `export ${name}=${quote(value)}`).join('\n')}
${sudoSetUpText}
s=0
${directory === undefined ? '' : enterText(directory)}
if [ "$s" -eq 0 ]; then
  if command -v bash >/dev/null 2>&1; then bash "$d/body" "$d"; else sh "$d/body" "$d"; fi
  s=$?
  if [ -f "$d/env" ]; then ${recordAwk.environment} >"$d/env0"; ${recordAwk.changes} "$d/env0" "$d/env" >>"$d/record"; fi
fi
${sudoCleanUpText}
n=$(wc -c <"$d/out")
printf '@ done %s %s\\n' "$s" "$((n))" >>"$d/record"
rm -f "$d/body" "$d/run" "$d/env" "$d/env0"
`;
}

function enterText(directory: string): string {
  const words = `cannot enter ${directory}: no such directory here`;
  return `cd ${directoryWord(directory)} 2>/dev/null || { printf '%s\\n' ${quote(words)}; s=1; }`;
}

/** Names start with `_tm_` to stay clear of the commands'. The body's last word is its trap: `exit` in a command ends there too. */
function preamble({captured}: Job, expressions: readonly string[]): string {
  const values = expressions.flatMap((expression, index) => {
    const value = captured[expression];
    return value === undefined ? [] : [`_tm_c${index}=${quote(value)}`];
  });
  return `_tm_d=$1
_tm_rec() { printf '@ %s\\n' "$*" >>"$_tm_d/record"; }
_tm_now() { if [ -n "\${EPOCHREALTIME-}" ]; then _tm_t=$EPOCHREALTIME; else _tm_t=$(date +%s); fi; }
_tm_begin() { _tm_now; _tm_at=$1; printf '$ %s\\n' "$2"; _tm_rec start "$1" "$_tm_t"; }
_tm_end() { _tm_s=$1; _tm_now; _tm_rec end "$_tm_at" "$1" "$_tm_t"; _tm_at=; }
_tm_unproved() { printf '# not run: %s\\n' "$2"; _tm_rec unproved "$1" "$2"; _tm_s=${UNPROVED_STATUS}; }
_tm_capture() { printf '%s\\n' "$2" | sed "s/^/@ capture $1 /" >>"$_tm_d/record"; }
_tm_leave() {
  _tm_x=$?
  trap - EXIT
  set +eu
  if [ -n "$_tm_at" ]; then _tm_end "$_tm_x"; fi
  _tm_rec cwd "$(pwd)"
  if [ "$_tm_env" != "$(export -p)" ]; then ${recordAwk.environment} >"$_tm_d/env"; fi
  exit "$_tm_x"
}
_tm_at=; _tm_s=0; _tm_why=
${values.join('\n')}
_tm_env=$(export -p)
trap _tm_leave EXIT`;
}

function stageText(stage: JobStage, numbering: Numbering): string {
  if (stage.kind === 'alternatives') return alternativesText(stage.arms, numbering);
  const texts = guarded(stage.commands).map(command => commandText(command, numbering));
  return `${texts.join('\n')}
if [ "$_tm_s" -ne 0 ]; then
  if [ "$_tm_s" -eq ${UNPROVED_STATUS} ] && [ -n "$_tm_why" ]; then _tm_rec refused; fi
  exit "$_tm_s"
fi`;
}

type Arm = Extract<BoundStage, {kind: 'alternatives'}>['arms'][number];

/** The first arm whose inputs are all there is run; the next only after it failed, from where the first began. */
function alternativesText(arms: readonly Arm[], numbering: Numbering): string {
  const texts = arms.map(({id, label, commands}) => {
    const ready = `if [ -z "$_tm_won" ]; then
if _tm_why=$(
${readyText(commands)}
); then
_tm_s=0; _tm_tried=1
_tm_rec arm ${quote(id)}
`;
    const body = guarded(commands).map(command => commandText(command, numbering));
    return `${ready}${body.join('\n')}
if [ "$_tm_s" -eq 0 ]; then _tm_won=1; else
  printf '# %s failed, status %s\\n' ${quote(label)} "$_tm_s"
  _tm_last=$_tm_s; cd "$_tm_home"
fi
else printf '# %s not possible: %s\\n' ${quote(label)} "$_tm_why"; _tm_rec unproved - "$_tm_why"; fi
fi`;
  });
  return `_tm_won=; _tm_tried=; _tm_last=${UNPROVED_STATUS}; _tm_home=$(pwd)
${texts.join('\n')}
if [ -z "$_tm_won" ]; then
  if [ -z "$_tm_tried" ]; then _tm_rec refused; fi
  exit "$_tm_last"
fi
_tm_s=0; _tm_why=`;
}

/** Whether everything an arm needs is there, before any of it is run; `cd` is followed, because the proofs are about there. */
function readyText(commands: readonly BoundCommand[]): string {
  const lines = commands
    .filter(({optional}) => !optional)
    .flatMap(({text, requires}) => [
      ...requires.map(proof => `${proofText(proof)} || { printf '%s' ${quote(oneLine(proof.missing))}; exit 1; }`),
      ...(isPlainCd(text)
        ? [`eval ${quote(text)} >/dev/null 2>&1 || { printf '%s' ${quote(`cannot ${text}`)}; exit 1; }`]
        : []),
    ]);
  return [...lines, ':'].join('\n');
}

/**
 * A command that removes something also needs what the rest of its stage needs:
 * `rm -rf X; cp -r B X` must not get as far as finding B missing.
 */
function guarded(commands: readonly BoundCommand[]): readonly BoundCommand[] {
  return commands.map((command, index) => {
    if (command.optional || !removesSomething(command.text)) return command;
    const later = commands.slice(index + 1).filter(({optional}) => !optional);
    const requires = new Map([command, ...later].flatMap(({requires}) => requires).map(proof => [proof.sh, proof]));
    return {...command, requires: [...requires.values()]};
  });
}

function removesSomething(text: string): boolean {
  return /(^|[;&|(\s])(rm|rmdir|mv|shred|truncate|dropdb|unlink)\s/.test(text);
}

function isPlainCd(text: string): boolean {
  return /^\s*cd\s+[^;&|<>()]+$/.test(text);
}

/** A proof holds where the command is about to run, which the shell knows better than the document. */
function proofText({sh}: Proof): string {
  return `( eval ${quote(sh)} ) </dev/null >/dev/null 2>&1`;
}

function commandText(command: BoundCommand, numbering: Numbering): string {
  const index = numbering.next++;
  const {expressions} = numbering;
  const needed = command.captures.map(({expression}) => expressions.indexOf(expression));
  const run = [
    ...needed.map(number => captureText(expressions[number] ?? '', number)),
    'if [ "$_tm_s" -eq 0 ]; then',
    `_tm_begin ${index} ${quote(command.shown ?? command.text)}`,
    `eval ${quote(withVariables(command, expressions))}`,
    '_tm_end $?',
    'fi',
  ].join('\n');
  if (command.requires.length === 0) return `if [ "$_tm_s" -eq 0 ]; then\n${run}\nfi`;
  const tests = command.requires.map(
    proof => `if [ -z "$_tm_why" ]; then ${proofText(proof)} || _tm_why=${quote(oneLine(proof.missing))}; fi`,
  );
  const otherwise = command.optional
    ? `printf '# passed over: %s\\n' ${quote(oneLine(command.text))}" ($_tm_why)"; _tm_why=`
    : `_tm_unproved ${index} "$_tm_why"`;
  return `if [ "$_tm_s" -eq 0 ]; then
_tm_why=
${tests.join('\n')}
if [ -z "$_tm_why" ]; then
${run}
else ${otherwise}; fi
fi`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
