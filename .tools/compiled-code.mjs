/** Keeps beside the programs of a build what V8 compiled of them for the first frame: src/engine/opening/compiled.ts. */
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
import {spawn} from '@lydell/node-pty';
import {codeFileOf} from '../src/engine/opening/compiled.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = join(root, 'node_modules/node/bin/node');
const CHECKLIST = 'src/rehearsal/production-deployment-checklist.md';
const BINDINGS = 'tminus: 1\nvalues:\n  place: here\n';
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 20;
/** What is left of a picture when its escape sequences are gone. */
const KEYS = /\? ?(?:help|lists all keys)/;

/** Plays runs of a document that is new, and of the same once it has been seen. */
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
  } finally {
    rmSync(place, {recursive: true, force: true});
  }
}

async function play(out, place, programs) {
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
  let engine;
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
    const [run] = readdirSync(join(home, 'runs')).sort().reverse();
    engine = Number(readFileSync(join(home, 'runs', run, 'engine.pid'), 'utf8'));
    for (const pid of [pty.pid, engine]) process.kill(pid, 'SIGUSR2');
    for (const file of programs.map(name => codeFileOf(join(out, `${name}.program.js`)))) {
      await until(file, () => existsSync(`${file}.made`));
      chmodSync(`${file}.made`, 0o644);
      renameSync(`${file}.made`, file);
    }
  } finally {
    if (engine !== undefined) process.kill(engine, 'SIGKILL');
    pty.kill('SIGKILL');
  }
}

async function until(what, isThere, seen = () => '') {
  for (let waitedMs = 0; !isThere(); waitedMs += LOOK_EVERY_MS) {
    if (waitedMs > PATIENCE_MS) throw new Error(`the build waits for ${what} ${seen()}`);
    await sleep(LOOK_EVERY_MS);
  }
}
