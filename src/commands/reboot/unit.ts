/** What takes a run up again after a reboot: a systemd user unit, or a line of a crontab and the script that it calls. */
import {quoteForShell} from '../../plan/script.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {oneLine} from '../../text/width.ts';

/** `program`: its words, with absolute paths. `environment`: no secrets; everybody may read a unit. */
export type AfterReboot = {
  runId: string;
  title: string;
  program: readonly string[];
  /** Behind `resume RUN --boot`. */
  flags: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** What cron calls is written there. */
  script: string;
  /** What is said at a boot goes there, where nothing keeps it. */
  log: string;
};

export function unitName(runId: string): string {
  return `tminus-${runId}.service`;
}

/** The engine outlives the command that starts it, so that what ends the unit must leave it alone. */
export function unitText({runId, title, program, flags, environment}: AfterReboot): string {
  // By a shell: systemd takes no program whose path has a space or a quote in it.
  const call = wordsOf(program, runId, flags).map(quoteForShell).join(' ');
  return `# Takes a run of T-Minus up again after a reboot. To remove it: tminus resume ${runId} --uninstall
[Unit]
Description=T-Minus run ${runId}: ${oneLine(title).replaceAll('%', '%%')}

[Service]
Type=oneshot
${Object.entries(environment)
  .map(([name, value]) => `Environment=${inUnit(`${name}=${value}`)}\n`)
  .join('')}ExecStart=/bin/sh -c ${inUnit(`exec ${call}`).replaceAll('$', '$$$$')}
SuccessExitStatus=${EXIT.detached}
KillMode=process

[Install]
WantedBy=default.target
`;
}

/** Every line of a crontab with this mark is ours. */
export function cronMark(runId: string): string {
  return `# tminus ${runId}`;
}

/** Cron takes no line of more than 1000 characters, which a `PATH` can have alone. A percent sign means a new line to it. */
export function cronLine({runId, script}: AfterReboot): string {
  return `@reboot /bin/sh ${quoteForShell(script).replaceAll('%', '\\%')} ${cronMark(runId)}`;
}

/** For any `sh`, with nothing in its environment. */
export function cronScript({runId, title, program, flags, environment, log}: AfterReboot): string {
  const variables = Object.entries(environment).map(([name, value]) => `export ${name}=${quoteForShell(value)}\n`);
  const call = wordsOf(program, runId, flags).map(quoteForShell).join(' ');
  return `# Takes a run of T-Minus up again after a reboot. To remove it: tminus resume ${runId} --uninstall
# ${oneLine(title)}
${variables.join('')}exec ${call} >>${quoteForShell(log)} 2>&1
`;
}

function wordsOf(program: readonly string[], runId: string, flags: readonly string[]): readonly string[] {
  return [...program, 'resume', runId, '--boot', ...flags];
}

/** One word as systemd reads it: quotes and backslashes as in C, and two percent signs for one. */
function inUnit(word: string): string {
  return `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;
}
