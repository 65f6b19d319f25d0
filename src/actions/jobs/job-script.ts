/** The sh text of a job: the commands of a script in one shell, with a record of what happened beside their output. */
import {type PipelinePart, quoteForShell as quote, watchPipelines} from '../../plan/script.ts';
import type {BoundCommand, BoundStage, Proof} from '../../run/request.ts';
import {directoryWord} from '../short-command.ts';
import {shellText} from './shell-text.ts';

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

/** `runner` is for `sh`, `body` for bash where there is one. Commands, expressions and parts as the record counts them. */
export type JobScript = {
  runner: string;
  body: string;
  commands: readonly JobCommand[];
  expressions: readonly string[];
  /** The parts of pipelines, each with its command. */
  parts: readonly (PipelinePart & {command: BoundCommand})[];
};
/** `stage`: which of the job's, from 0. */
export type JobCommand = {command: BoundCommand; stage: number; arm?: string};

/** Left by a job that ran nothing more because an input was missing; body.sh sets it. */
const UNPROVED_STATUS = 125;

export function jobScript(job: Job): JobScript {
  const commands = job.stages.flatMap(commandsOf);
  const parts: JobScript['parts'][number][] = [];
  const expressions = [...new Set(commands.flatMap(({command}) => command.captures.map(({expression}) => expression)))];
  const numbering: Numbering = {next: 0, expressions, parts};
  const stages = job.stages.map(stage => stageText(stage, numbering));
  return {
    runner: runnerText(job),
    body: ['{', preamble(job, expressions), ...stages, '_tm_over', '}', ''].join('\n'),
    commands,
    expressions,
    parts,
  };
}

type Numbering = {next: number; readonly expressions: readonly string[]; readonly parts: JobScript['parts'][number][]};

function commandsOf(stage: JobStage, index: number): readonly JobCommand[] {
  if (stage.kind === 'commands') return stage.commands.map(command => ({command, stage: index}));
  return stage.arms.flatMap(arm => arm.commands.map(command => ({command, stage: index, arm: arm.id})));
}

function runnerText({directory, exports}: Job): string {
  const names = Object.entries(exports).filter(([name]) => /^[A-Za-z_]\w*$/.test(name));
  return [
    shellText.identity,
    ['_tm_exports() {', ':', ...names.map(([name, value]) => `export ${name}=${quote(value)}`), '}'].join('\n'),
    `_tm_enter() {\n${directory === undefined ? ':' : enterText(directory)}\n}`,
    `_tm_wrapper=${quote(shellText.sudo)}`,
    `_tm_askpass=${quote(shellText.askpass)}`,
    shellText.runner,
  ].join('\n');
}

function enterText(directory: string): string {
  const words = `cannot enter ${directory}: no such directory here`;
  return `cd ${directoryWord(directory)} 2>/dev/null || { printf '%s\\n' ${quote(words)}; s=1; }`;
}

function preamble({captured}: Job, expressions: readonly string[]): string {
  const values = expressions.flatMap((expression, index) => {
    const value = captured[expression];
    return value === undefined ? [] : [`_tm_c${index}=${quote(value)}`];
  });
  return [...values, shellText.environment, shellText.body].join('\n');
}

function stageText(stage: JobStage, numbering: Numbering): string {
  if (stage.kind === 'alternatives') return alternativesText(stage.arms, numbering);
  const texts = guarded(stage.commands).map(command => commandText(command, numbering));
  return `${texts.join('\n')}
if [ "$_tm_s" -ne 0 ]; then
  if [ "$_tm_s" -eq ${UNPROVED_STATUS} ] && [ -n "$_tm_why" ]; then _tm_rec refused; fi
  _tm_over
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
_tm_rec ${quote(`arm ${id}`)}
`;
    const body = guarded(commands).map(command => commandText(command, numbering));
    return `${ready}${body.join('\n')}
if [ "$_tm_s" -eq 0 ]; then _tm_won=1; else
  command printf '# %s failed, status %s\\n' ${quote(label)} "$_tm_s" >>"$_tm_out"
  _tm_last=$_tm_s; command cd "$_tm_home"
fi
else command printf '# %s not possible: %s\\n' ${quote(label)} "$_tm_why" >>"$_tm_out"; _tm_rec "unproved - $_tm_why"; fi
fi`;
  });
  return `_tm_won=; _tm_tried=; _tm_last=${UNPROVED_STATUS}; _tm_home=$(\\command pwd)
${texts.join('\n')}
if [ -z "$_tm_won" ]; then
  if [ -z "$_tm_tried" ]; then _tm_rec refused; fi
  _tm_s=$_tm_last; _tm_over
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
    // The options come first in the text itself: what is ours is neither traced nor ended by them.
    `eval "$_tm_own$_tm_own_trace\n"${quote(watched(command, numbering))}`,
    '{ _tm_x=$? _tm_o=$-; command set "+aefuvxC$_tm_inherits"; } 2>/dev/null',
    '_tm_end',
    'fi',
  ].join('\n');
  if (command.requires.length === 0) return `if [ "$_tm_s" -eq 0 ]; then\n${run}\nfi`;
  const tests = command.requires.map(
    proof => `if [ -z "$_tm_why" ]; then ${proofText(proof)} || _tm_why=${quote(oneLine(proof.missing))}; fi`,
  );
  const otherwise = command.optional
    ? `command printf '# passed over: %s\\n' ${quote(oneLine(command.text))}" ($_tm_why)" >>"$_tm_out"; _tm_why=`
    : `_tm_unproved ${index} "$_tm_why"`;
  return `if [ "$_tm_s" -eq 0 ]; then
_tm_why=
${tests.join('\n')}
if [ -z "$_tm_why" ]; then
${run}
else ${otherwise}; fi
fi`;
}

/** In the text that is run each part of a pipeline says when it fails. */
function watched(command: BoundCommand, {expressions, parts}: Numbering): string {
  const first = parts.length;
  const found = watchPipelines(withVariables(command, expressions), {
    part: number => `{ _tm_part ${first + number}; } 2>/dev/null`,
    pipeline: numbers => `{ _tm_piped ${numbers.map(number => first + number).join(' ')}; } 2>/dev/null`,
  });
  parts.push(...found.parts.map(part => ({...part, command})));
  return found.text;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * Expressions such as `$(date +%Y%m%d)` are evaluated once per job and held in a variable, so that midnight cannot split
 * them. Evaluates one unless it has been; one that fails with nothing to show stops the job, rather than running it with a
 * hole.
 */
function captureText(expression: string, number: number): string {
  const name = `_tm_c${number}`;
  return `if [ -z "\${${name}+x}" ]; then
  eval ${quote(`${name}=${expression}`)}; _tm_x=$?
  if [ "$_tm_x" -ne 0 ] && [ -z "$${name}" ]; then
    command printf '%s\\n' ${quote(`cannot evaluate ${expression}`)} >>"$_tm_out"; command unset ${name}; _tm_s=$_tm_x
  else _tm_capture ${number} "$${name}"; fi
fi`;
}

/** The command with each captured expression as a variable, except inside single quotes, where the shell reads neither. */
function withVariables({text, captures}: BoundCommand, expressions: readonly string[]): string {
  let done = '';
  let rest = text;
  let quoted: '' | "'" | '"' = '';
  while (rest !== '') {
    const capture = quoted === "'" ? undefined : captures.find(({expression}) => rest.startsWith(expression));
    if (capture !== undefined) {
      done += `\${_tm_c${expressions.indexOf(capture.expression)}}`;
      rest = rest.slice(capture.expression.length);
      continue;
    }
    const length = rest.startsWith('\\') && quoted !== "'" ? 2 : 1;
    const sign = rest.slice(0, length);
    if (sign === quoted) quoted = '';
    else if (quoted === '' && (sign === "'" || sign === '"')) quoted = sign;
    done += sign;
    rest = rest.slice(length);
  }
  return done;
}
