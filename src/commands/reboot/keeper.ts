/** Where a run is kept for the next reboot: with the systemd of this account, or else in its crontab. */
import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError} from '../command-error.ts';
import {findProgram} from '../programs.ts';
import {type AfterReboot, cronLine, cronMark, unitName, unitText} from './unit.ts';

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
  const lines = await crontab(env);
  const others = lines.filter(line => !line.endsWith(cronMark(runId)));
  if (others.length < lines.length) {
    await writeCrontab(env, others);
    removed.push('the crontab');
  }
  return removed;
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
      await run(env, 'systemctl', ['--user', 'daemon-reload']);
      await run(env, 'systemctl', ['--user', 'enable', name]);
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
  return {
    place: 'the crontab of this account',
    text: `${line}\n`,
    hints: ['crontab -e adds it by hand. What it says at a boot stands in boot.log in the directory of the run.'],
    async install() {
      if (findProgram(env, 'crontab') === undefined) {
        throw new CommandError(
          EXIT.refused,
          `neither a systemd of this account nor crontab is here; have this done at a boot: ${line.replace('@reboot ', '')}`,
        );
      }
      const others = (await crontab(env)).filter(one => !one.endsWith(cronMark(after.runId)));
      await writeCrontab(env, [...others, line]);
    },
  };
}

/** Its lines; none where there is no crontab. */
async function crontab(env: Env): Promise<readonly string[]> {
  if (findProgram(env, 'crontab') === undefined) return [];
  const text = await run(env, 'crontab', ['-l']).catch(() => '');
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

async function writeCrontab(env: Env, lines: readonly string[]): Promise<void> {
  const writing = run(env, 'crontab', ['-']);
  writing.child.stdin?.end(lines.map(line => `${line}\n`).join(''));
  await writing;
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
