/** Keeps beside the programs of a build what V8 compiled of them for the first frame: src/engine/opening/compile-cache.ts. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {codeFileOf} from '../src/engine/opening/compile-cache.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = join(root, 'node_modules/node/bin/node');
const CHECKLIST = 'src/rehearsal/production-deployment-checklist.md';
const BINDINGS = 'tminus: 1\nvalues:\n  place: here\n';
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 20;
/** What is left of a picture when its escape sequences are gone. */
const KEYS = /\? ?(?:help|lists all keys)/;

/** Plays runs of a document that is new, and of the same once it has been seen. Without it programs only start slower. */
export async function keepCompiled(out) {
  const place = mkdtempSync(join(tmpdir(), 'tminus-compiled-'));
  try {
    copyFileSync(join(root, CHECKLIST), join(place, 'checklist.md'));
    writeFileSync(join(place, 'tminus.yaml'), BINDINGS);
    for (const programs of [
      ['cli', 'engine', 'reader'],
      ['cli', 'engine'],
    ])
      await play(resolve(out), place, programs);
  } catch (error) {
    console.error(`nothing compiled was kept, so the program starts slower: ${error.message}`);
  } finally {
    // Whoever was ended may still be at work for a moment.
    rmSync(place, {recursive: true, force: true, maxRetries: 10, retryDelay: 100});
  }
}

async function play(out, place, programs) {
  // Not on every machine is there one that runs.
  const {spawn} = await import('@lydell/node-pty');
  const home = join(place, 'home');
  const {href: recorder} = pathToFileURL(join(root, '.tools/record-compiled.mjs'));
  const {PATH} = process.env;
  const pty = spawn(node, [join(out, 'tminus.js'), 'run', 'checklist.md'], {
    cols: 160,
    rows: 45,
    cwd: place,
    // Of whoever builds it nothing else: no settings, no ledger.
    env: {
      ...{PATH, HOME: place, TMINUS_HOME: home, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8'},
      NODE_OPTIONS: `--import ${recorder}`,
    },
  });
  let shown = '';
  pty.onData(data => {
    shown += data;
  });
  try {
    await until(
      'a frame',
      () => KEYS.test(shown.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '')),
      () => shown,
    );
    await until(
      'a plan',
      () => existsSync(join(home, 'cache/plans')) && readdirSync(join(home, 'cache/plans')).length > 0,
    );
    for (const pid of [pty.pid, ...enginesIn(home)]) process.kill(pid, 'SIGUSR2');
    for (const file of programs.map(name => codeFileOf(join(out, `${name}.program.js`)))) {
      await until(file, () => existsSync(`${file}.made`));
      chmodSync(`${file}.made`, 0o644);
      renameSync(`${file}.made`, file);
    }
  } finally {
    for (const pid of enginesIn(home)) process.kill(pid, 'SIGKILL');
    pty.kill('SIGKILL');
  }
}

/** That of this run, also when it never showed anything. */
function enginesIn(home) {
  const runs = join(home, 'runs');
  const files = existsSync(runs) ? readdirSync(runs).map(run => join(runs, run, 'engine.pid')) : [];
  return files
    .filter(file => existsSync(file))
    .map(file => Number(readFileSync(file, 'utf8')))
    .filter(isAlive);
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(what, isThere, seen = () => '') {
  for (let waitedMs = 0; !isThere(); waitedMs += LOOK_EVERY_MS) {
    if (waitedMs > PATIENCE_MS) throw new Error(`the build waits for ${what} ${seen()}`);
    await sleep(LOOK_EVERY_MS);
  }
}
