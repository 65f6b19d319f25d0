/** `tminus doctor`: what this machine lacks for runs and rehearsals, and what follows from it. It changes nothing. */
import {execFile} from 'node:child_process';
import {constants, existsSync, statfsSync, statSync} from 'node:fs';
import {createConnection} from 'node:net';
import {dirname} from 'node:path';
import {promisify} from 'node:util';
import {messageOf} from '../actions/link-error.ts';
import {stateHome} from '../journal/run-directory.ts';
import {findPrograms} from '../rehearsal/postgres.ts';
import {EXIT} from '../run/exit-codes.ts';
import {toAscii} from '../text/ascii.ts';
import {type Paint, paintIn, type Tone} from '../text/paint.ts';
import {wrap} from '../text/width.ts';
import {colourDepth} from '../ui/terminal/theme.ts';
import {parseArguments} from './command-line/arguments.ts';
import {thisProgram, versionLine} from './command-line/program-name.ts';
import {findProgram, may} from './find-program.ts';
import {speaksUtf8} from './terminal/appearance.ts';
import {print, printJson} from './terminal/print.ts';

/** `limited`: runs work, and something is missing from them. `missing`: no run can be opened. */
type State = 'ok' | 'limited' | 'missing';

/** `follows`: what it means for the operator, and what to do; absent when all is well. */
type Finding = {name: string; state: State; found: string; follows?: string};

type Env = Readonly<Record<string, string | undefined>>;

export async function doctorCommand(args: readonly string[]): Promise<number> {
  const {values: flags} = parseArguments('doctor', args);
  const {env, stdout} = process;
  const findings = await examine(env);
  const ready = findings.every(({state}) => state !== 'missing');
  if (flags.json === true) {
    printJson({...thisProgram(), ready, findings}, 2);
  } else {
    const colour = stdout.isTTY === true && colourDepth(env) !== 'none';
    const width = Math.min(stdout.isTTY ? stdout.columns : WIDTH_MAX, WIDTH_MAX);
    const text = `${doctorPage(findings, {width, paint: paintIn(colour)}).join('\n')}\n`;
    print(speaksUtf8(env) ? text : toAscii(text), {painted: colour});
  }
  return ready ? EXIT.succeeded : EXIT.refused;
}

const WIDTH_MAX = 80;
const NAME_WIDTH = 13;

const SIGNS: Readonly<Record<State, readonly [sign: string, tone: Tone]>> = {
  ok: ['✓', 'good'],
  limited: ['!', 'warn'],
  missing: ['✗', 'bad'],
};

const ENDS: Readonly<Record<State, string>> = {
  ok: 'Nothing is missing here.',
  limited: 'Runs can be opened here; what is marked ! is limited as it says.',
  missing: 'Runs cannot be opened here until what is marked ✗ is put right.',
};

function doctorPage(findings: readonly Finding[], {width, paint}: {width: number; paint: Paint}): readonly string[] {
  const rows = findings.flatMap(({name, state, found, follows}) => {
    const [sign, tone] = SIGNS[state];
    const indent = ' '.repeat(NAME_WIDTH + 2);
    const [first = '', ...more] = wrap(found, width - indent.length);
    const consequence = follows === undefined ? [] : wrap(follows, width - indent.length);
    return [
      `${paint[tone](sign)} ${name.padEnd(NAME_WIDTH)}${first}`,
      ...[...more, ...consequence].map(line => indent + line),
    ];
  });
  const worst = (['missing', 'limited', 'ok'] as const).find(state =>
    findings.some(finding => finding.state === state),
  );
  return [paint.strong(versionLine()), '', ...rows, '', ENDS[worst ?? 'ok']];
}

async function examine(env: Env): Promise<readonly Finding[]> {
  return [
    stateDirectory(env),
    diskSpace(env),
    program(env, 'bash', 'Commands run in sh, and what only bash knows fails; the rehearsal cannot be opened.'),
    locale(env),
    colours(env),
    await tmux(env),
    await agent(env),
    program(
      env,
      'ssh',
      'T-Minus connects by itself, without it; hosts whose configuration wants what only ssh does (certificates, hardware keys, Kerberos) cannot be reached. Debian: openssh-client.',
    ),
    program(
      env,
      'git',
      'The rehearsal cannot be opened, and what goes live is not shown for a repository here. Debian: git.',
    ),
    program(
      env,
      'curl',
      'Plain curl lines of a checklist work; those with options that T-Minus leaves to curl fail when they run here. Debian: curl.',
    ),
    await postgres(),
    ...(await ansible()),
  ];
}

/** A directory that is not there yet is made by the first run, so its nearest parent counts. */
function stateDirectory(env: Env): Finding {
  const home = stateHome(env);
  const place = nearestThere(home);
  const name = 'state';
  const problem = !statSync(place).isDirectory()
    ? `${place} is not a directory`
    : !may(place, constants.W_OK | constants.X_OK)
      ? `you may not write in ${place}`
      : undefined;
  if (problem === undefined) return ok(name, place === home ? home : `${home} (made when needed)`);
  return {
    name,
    state: 'missing',
    found: `${home}: ${problem}`,
    follows: 'No run can be opened: its journal has no place. Give yourself the right, or set TMINUS_HOME.',
  };
}

const SPACE_MIN_MIB = 64;
const SPACE_GOOD_MIB = 1024;

function diskSpace(env: Env): Finding {
  const {bavail, bsize} = statfsSync(nearestThere(stateHome(env)));
  const freeMib = Math.floor((bavail * bsize) / 1024 ** 2);
  const [name, found] = ['disk', `${freeMib} MiB free for runs`];
  if (freeMib >= SPACE_GOOD_MIB) return ok(name, found);
  const follows = 'When the disk is full nothing new starts. Each log source may keep up to 1 GiB.';
  return {name, state: freeMib < SPACE_MIN_MIB ? 'missing' : 'limited', found, follows};
}

function locale(env: Env): Finding {
  const set = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  if (speaksUtf8(env)) return ok('locale', set ?? '');
  const found = set ? `${set}, which is not UTF-8` : 'none is set';
  return limited('locale', found, 'Frames, charts and signs are drawn in ASCII. Set LANG=C.UTF-8.');
}

function colours(env: Env): Finding {
  const name = 'terminal';
  const term = env['TERM'] || 'TERM is not set';
  const better = 'Set TERM to what your terminal is.';
  if (term === 'dumb')
    return limited(name, 'TERM=dumb', `There is no full screen: a run prints one line per event. ${better}`);
  if (env['NO_COLOR']) return limited(name, `${term}, NO_COLOR is set`, 'States are shown by signs alone.');
  const depth = colourDepth(env);
  if (depth === 'none') return limited(name, term, `Nothing is coloured. ${better}`);
  if (depth === '16')
    return limited(
      name,
      `${term}, 16 colours`,
      'Themes are shown in the nearest of them. TERMs with -256color have more.',
    );
  return ok(name, `${term}, ${depth === '256' ? '256 colours' : 'all colours'}`);
}

async function tmux(env: Env): Promise<Finding> {
  const path = findProgram(env, 'tmux');
  const needs = 'Runs go on without a terminal all the same; only several windows side by side need it. Debian: tmux.';
  if (path === undefined || !env['TMUX']) return program(env, 'tmux', needs);
  const answer = await ask(path, ['show-options', '-sv', 'set-clipboard'], env);
  if (answer === undefined)
    return limited('tmux', `${path} does not answer`, 'What you copy in the console goes to a file.');
  const found = `${path}, set-clipboard ${answer}`;
  if (answer !== 'off') return ok('tmux', found);
  const follows =
    "What you copy reaches tmux's buffer, not your terminal's clipboard. Type: tmux set -s set-clipboard on";
  return limited('tmux', found, follows);
}

async function agent(env: Env): Promise<Finding> {
  const socket = env['SSH_AUTH_SOCK'];
  if (socket && (await answers(socket))) return ok('ssh agent', socket);
  const found = socket ? `nobody answers at ${socket}` : 'SSH_AUTH_SOCK is not set';
  const follows = 'Keys are read from files; without a terminal nobody can be asked for the passphrase of one.';
  return limited('ssh agent', found, follows);
}

async function postgres(): Promise<Finding> {
  const programs = await findPrograms();
  if (programs !== undefined && existsSync(programs.postgres))
    return ok('PostgreSQL', 'for the rehearsal, part of this installation');
  const found = `none for ${process.platform}-${process.arch} in this installation`;
  return limited('PostgreSQL', found, 'A rehearsal goes without SQL. Runs need none: your bindings name databases.');
}

/** Who has none may well have no group of hosts: nothing is said of it. */
async function ansible(): Promise<readonly Finding[]> {
  if (findProgram(process.env, 'ansible-playbook') === undefined) return [];
  const {ansibleVersion} = await import('../actions/group/ansible.ts');
  try {
    return [ok('Ansible', `ansible-core ${await ansibleVersion()}, for groups of hosts`)];
  } catch (error) {
    return [limited('Ansible', messageOf(error), 'Runs on single hosts need none.')];
  }
}

function program(env: Env, name: string, follows: string): Finding {
  const path = findProgram(env, name);
  return path === undefined ? limited(name, 'not in PATH', follows) : ok(name, path);
}

function ok(name: string, found: string): Finding {
  return {name, state: 'ok', found};
}

function limited(name: string, found: string, follows: string): Finding {
  return {name, state: 'limited', found, follows};
}

function nearestThere(path: string): string {
  return existsSync(path) ? path : nearestThere(dirname(path));
}

const ANSWER_WITHIN_MS = 3000;

async function ask(path: string, words: readonly string[], env: Env): Promise<string | undefined> {
  try {
    const {stdout} = await promisify(execFile)(path, [...words], {env: {...env}, timeout: ANSWER_WITHIN_MS});
    return stdout.trim();
  } catch {
    return undefined;
  }
}

async function answers(path: string): Promise<boolean> {
  return await new Promise(resolve => {
    const socket = createConnection(path);
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.setTimeout(ANSWER_WITHIN_MS, () => end(false));
  });
}
