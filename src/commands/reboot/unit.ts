/** What takes a run up again after a reboot: the text of a systemd user unit, or of a line of a crontab. */
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

/** For any \`sh\`, with nothing in its environment. A percent sign means a new line to cron. */
export function cronLine({runId, program, flags, environment, log}: AfterReboot): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${quoteForShell(value)}`);
  const words = wordsOf(program, runId, flags).map(quoteForShell);
  const command = [...variables, ...words, '>>', quoteForShell(log), '2>&1'].join(' ');
  return `@reboot ${command.replaceAll('%', '\\%')} ${cronMark(runId)}`;
}

function wordsOf(program: readonly string[], runId: string, flags: readonly string[]): readonly string[] {
  return [...program, 'resume', runId, '--boot', ...flags];
}

/** One word as systemd reads it: quotes and backslashes as in C, and two percent signs for one. */
function inUnit(word: string): string {
  return `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;
}
