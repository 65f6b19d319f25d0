/** Where a run is kept for the next reboot: with the systemd of this account, or else in its crontab. */
import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {stateHome} from '../../journal/run-directory.ts';
import {quoteForShell} from '../../plan/script.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {oneLine} from '../../text/width.ts';
import {CommandError} from '../command-error.ts';
import {findProgram} from '../find-program.ts';
import {type AfterReboot, cronLine, cronMark, cronScript, unitName, unitText} from './unit.ts';

export type Keeper = {
  /** Where it stands, for a person. */
  place: string;
  text: string;
  /** Commands that do the same by hand, and what else has to be done for it. */
  hints: readonly string[];
  install(): Promise<void>;
};

type Env = Readonly<Record<string, string | undefined>>;

export async function keeperOf(env: Env, after: AfterReboot): Promise<Keeper> {
  return (await hasUserManager(env)) ? systemdKeeper(env, after) : cronKeeper(env, after);
}

/** Takes away whatever keeps the run. Returns from where; nothing where nothing did. */
export async function uninstall(env: Env, runId: string): Promise<readonly string[]> {
  const removed: string[] = [];
  const file = unitFile(env, runId);
  if (existsSync(file)) {
    // Where its systemd is not there just now, the links go with the file.
    await run(env, 'systemctl', ['--user', 'disable', unitName(runId)]).catch(() => {});
    rmSync(file, {force: true});
    await run(env, 'systemctl', ['--user', 'daemon-reload']).catch(() => {});
    removed.push(file);
  }
  // Where this account may have no crontab there is nothing in it.
  const lines = await crontab(env).catch(() => []);
  const others = lines.filter(line => !line.endsWith(cronMark(runId)));
  if (others.length < lines.length) {
    await writeCrontab(env, others);
    removed.push('the crontab');
  }
  rmSync(bootScript(env, runId), {force: true});
  return removed;
}

/** Kept outside of the run: it removes itself and its line when the run is no longer there. */
export function bootScript(env: Env, runId: string): string {
  return join(stateHome(env), 'boot', `${runId}.sh`);
}

const ANSWER_WITHIN_MS = 10_000;

async function hasUserManager(env: Env): Promise<boolean> {
  if (findProgram(env, 'systemctl') === undefined) return false;
  return await run(env, 'systemctl', ['--user', 'show-environment']).then(
    () => true,
    () => false,
  );
}

function systemdKeeper(env: Env, after: AfterReboot): Keeper {
  const place = unitFile(env, after.runId);
  const name = unitName(after.runId);
  return {
    place,
    text: unitText(after),
    hints: [
      `systemctl --user daemon-reload && systemctl --user enable ${name} makes systemd know it.`,
      'loginctl enable-linger has to be said once: without it the units of an account start when somebody logs in, not at a boot.',
    ],
    async install() {
      mkdirSync(dirname(place), {recursive: true});
      writeFileSync(place, unitText(after));
      try {
        await run(env, 'systemctl', ['--user', 'daemon-reload']);
        await run(env, 'systemctl', ['--user', 'enable', name]);
      } catch (error) {
        throw new CommandError(EXIT.refused, `${place} is written, but systemctl refused: ${wordsOf(error)}`);
      }
    },
  };
}

function unitFile(env: Env, runId: string): string {
  const config = env['XDG_CONFIG_HOME']?.startsWith('/')
    ? env['XDG_CONFIG_HOME']
    : join(env['HOME'] || homedir(), '.config');
  return join(config, 'systemd', 'user', unitName(runId));
}

function cronKeeper(env: Env, after: AfterReboot): Keeper {
  const line = cronLine(after);
  const {script} = after;
  return {
    place: 'the crontab of this account',
    text: `${line}\n\n# ${script}:\n${cronScript(after)}`,
    hints: [
      `By hand: crontab -e for the first line, and the rest into ${script}.`,
      'What it says at a boot stands in boot.log in the directory of the run.',
    ],
    async install() {
      mkdirSync(dirname(script), {recursive: true, mode: 0o700});
      writeFileSync(script, cronScript(after), {mode: 0o600});
      if (findProgram(env, 'crontab') === undefined)
        throw refusal(after, 'neither a systemd of this account nor crontab is here');
      try {
        const others = (await crontab(env)).filter(one => !one.endsWith(cronMark(after.runId)));
        await writeCrontab(env, [...others, line]);
      } catch (error) {
        throw refusal(after, `crontab refused: ${wordsOf(error)}`);
      }
    },
  };
}

function refusal({script}: AfterReboot, why: string): CommandError {
  return new CommandError(EXIT.refused, `${why}; have this done at a boot: /bin/sh ${quoteForShell(script)}`);
}

/** Its lines; none where there is no crontab. Throws where it cannot be read: writing would then lose what stands in it. */
async function crontab(env: Env): Promise<readonly string[]> {
  if (findProgram(env, 'crontab') === undefined) return [];
  const text = await run(env, 'crontab', ['-l']).catch(error => {
    if (NO_CRONTAB.test(wordsOf(error))) return '';
    throw error;
  });
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** As the crons of Vixie and Debian say it, and that of BusyBox. */
const NO_CRONTAB = /no crontab for|no such file/i;

async function writeCrontab(env: Env, lines: readonly string[]): Promise<void> {
  const writing = run(env, 'crontab', ['-']);
  const {stdin} = writing.child;
  // One that refuses reads nothing; it says why as it ends.
  stdin?.on('error', () => {});
  stdin?.end(lines.map(line => `${line}\n`).join(''));
  await writing;
}

/** What a program said before it failed, in one line. */
function wordsOf(error: unknown): string {
  const {stderr, message} = error as {stderr?: string; message: string};
  return oneLine((stderr ?? '').trim() || message);
}

function run(
  env: Env,
  program: string,
  words: readonly string[],
): Promise<string> & {child: ReturnType<typeof execFile>} {
  const running = promisify(execFile)(program, [...words], {env: {...env}, timeout: ANSWER_WITHIN_MS});
  const said = running.then(({stdout}) => stdout);
  return Object.assign(said, {child: running.child});
}
