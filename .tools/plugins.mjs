/** What the bundler changes in sources and packages, so that a start takes less time and an engine less memory. */
import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The files of jobs and of groups stand in the bundle: an engine needs no file of its installation once its run is open. */
export function withShellText() {
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

/** What the reader's patterns need of a text is found here once, and not at every start: plan/words/needed/known-words.ts. */
export function withKnownWords() {
  return {
    name: 'with-known-words',
    setup({onLoad}) {
      onLoad({filter: /\/plan\/words\/needed\/known-words\.ts$/}, ({path}) => {
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
 * String.raw`…` is an ordinary text with its backslashes doubled: it is there without a call, and esbuild writes its signs
 * beyond ASCII as escapes.
 */
export function plainText() {
  const value = /((?<!\\)\$\{[^{}`]*\})/;
  return {
    name: 'plain-text',
    setup({onLoad}) {
      onLoad({filter: /\/src\/.*\.tsx?$/}, ({path}) => {
        const source = readFileSync(path, 'utf8');
        const contents = source.replace(/String\.raw`((?:\\.|[^`\\])*)`/gs, (_, text) => {
          const parts = text.split(value).map((part, at) => (at % 2 === 1 ? part : part.replace(/[\\`]/g, '\\$&')));
          return `\`${parts.join('')}\``;
        });
        return {contents, loader: path.endsWith('x') ? 'tsx' : 'ts'};
      });
    },
  };
}

/**
 * Yoga gets its own bytes, which it carries as base64, by fetch() when there is one, and the first use of Node's fetch
 * loads an HTTP client: 40 ms before the first frame.
 */
export function withoutFetch() {
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
export function plainComments() {
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
export function tablesWhenNeeded() {
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
export function keysMadeOnce() {
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
