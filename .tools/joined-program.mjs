/** Joins the modules that a process begins with into one file: to link a hundred takes longer than to run them. */
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join, relative, resolve} from 'node:path';
import {build} from 'esbuild';
import {closure, importsOf} from './late-parts.mjs';

/** Where the modules of the joined file are found by those that stay in files of their own. */
const JOINED = "globalThis[Symbol.for('tminus.joined')]";
const STATEMENT =
  /^import\s*(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}\s*)?(?:\*\s*as\s+([\w$]+)\s*)?from\s*("(?:node:)?[\w/]+");$/gm;

/**
 * `entry`: its output, which begins the program `name` from then on. `first`: sources that it imports when it runs, and
 * always on its way to the first frame: they are in the file, and run when they are imported. `banner`: of each output.
 * Returns the outputs as they are then.
 */
export async function joinProgram({name, out, entry, first, outputs, banner, common}) {
  const begun = Object.keys(outputs).filter(output => first.includes(outputs[output].entryPoint));
  if (begun.length !== first.length) throw new Error(`not all of ${first.join(', ')} are outputs`);
  const members = closure([entry, ...begun], outputs, ['import-statement']);
  const others = Object.keys(outputs).filter(output => !members.has(output));
  const wanted = new Set(others.flatMap(output => importsOf(outputs[output], ['import-statement', 'dynamic-import'])));
  const shared = [...members].filter(member => wanted.has(member));
  const pathOf = output => `./${relative(out, output)}`;
  const table = shared.map(
    member => `${JSON.stringify(pathOf(member))}: () => import(${JSON.stringify(pathOf(member))}),`,
  );
  const {outputFiles, metafile} = await build({
    ...common,
    stdin: {
      contents: `${JOINED} = {${table.join('\n')}};\nawait import(${JSON.stringify(pathOf(entry))});`,
      resolveDir: resolve(out),
    },
    format: 'esm',
    write: false,
    metafile: true,
    outfile: join(out, `${name}.program.js`),
    define: {...common.define, 'import.meta.url': '__url', 'import.meta.resolve': '__resolve'},
    plugins: [onlyMembers(members, out, banner)],
  });
  writeFileSync(join(out, `${name}.program.js`), inAscii(asFunction(outputFiles[0].text)));
  const joined = {};
  for (const output of others) joined[output] = outputs[output];
  for (const member of members) rmSync(member);
  for (const member of shared) {
    writeFileSync(member, standIn(pathOf(member), outputs[member].exports));
    joined[member] = {...outputs[member], imports: []};
  }
  const {imports} = Object.values(metafile.outputs)[0];
  const late = imports
    .filter(({kind}) => kind === 'dynamic-import')
    .map(({path, kind}) => ({kind, path: join(out, path)}));
  joined[entry] = {...outputs[entry], imports: late};
  return joined;
}

/** Whatever is no part of the file is imported from where it stands. */
function onlyMembers(members, out, banner) {
  const known = new Set([...members].map(member => resolve(member)));
  return {
    name: 'only-members',
    setup({onResolve, onLoad}) {
      onResolve({filter: /^\.\.?\//}, ({path, resolveDir}) => {
        const file = resolve(resolveDir, path);
        return known.has(file) ? {path: file} : {path: `./${relative(resolve(out), file)}`, external: true};
      });
      onLoad({filter: /\.js$/}, ({path}) => ({contents: readFileSync(path, 'utf8').replace(banner, '')}));
    },
  };
}

/** Only Node's own modules are still imported, and what is loaded late: only a module may ask for that. */
function asFunction(text) {
  const needed = [];
  const body = text.replace(/\bimport\((?=")/g, '__load(').replace(STATEMENT, (_, whole, named, all, from) => {
    if (whole) needed.push(`const ${whole} = require(${from});`);
    if (all) needed.push(`const ${all} = require(${from});`);
    if (named) needed.push(`const {${named.replace(/\s+as\s+/g, ': ').replace(/\s+/g, ' ')}} = require(${from});`);
    return '';
  });
  const begin = [
    '(async function (require, __load, __url, __dirname) {',
    "'use strict';",
    'const __resolve = undefined;',
  ];
  return [...begin, ...needed, body, '})', ''].join('\n');
}

/** What is left beyond it stands in regular expressions and comments, where the escape means the same. */
export function inAscii(text) {
  const raw = /String\.raw`[^`]*[^\x00-\x7f`][^`]*`/.exec(text);
  if (raw !== null) throw new Error(`an escape would change ${raw[0].slice(0, 100)}`);
  return text.replace(/[^\x00-\x7f]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** For modules that stay in files of their own: the same module as in the joined file, which runs at the latest now. */
function standIn(path, names) {
  const pairs = names.map((name, at) => [name, `_${at}`]);
  const taken = pairs.map(([name, local]) => `${name}: ${local}`).join(', ');
  const given = pairs.map(([name, local]) => `${local} as ${name}`).join(', ');
  return `const {${taken}} = await ${JOINED}[${JSON.stringify(path)}]();\nexport {${given}};\n`;
}
