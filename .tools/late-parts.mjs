/** Packs what an engine loads late into one file, which it takes into memory: src/engine/program-in-memory.ts. */
import {readFileSync, writeFileSync} from 'node:fs';
import {dirname, relative} from 'node:path';
import {deflateRawSync} from 'node:zlib';

/**
 * `outputs`: of esbuild's metafile. The file begins with a line of JSON: by their paths from the engine the parts that
 * are `loaded` with it, and of the `late` ones where they stand behind that line, each deflated.
 */
export function packLateParts(engine, outputs, file) {
  const loaded = closure([engine], outputs, ['import-statement']);
  const begun = [...loaded].flatMap(name => importsOf(outputs[name], ['dynamic-import']));
  const late = [...closure(begun, outputs, ['import-statement', 'dynamic-import'])].filter(name => !loaded.has(name));
  const pathOf = name => `./${relative(dirname(engine), name)}`;
  const places = {};
  const packed = [];
  let at = 0;
  for (const name of late) {
    const bytes = deflateRawSync(readFileSync(name), {level: 9});
    places[pathOf(name)] = [at, at + bytes.length];
    at += bytes.length;
    packed.push(bytes);
  }
  const head = JSON.stringify({loaded: [...loaded].map(pathOf), late: places});
  writeFileSync(file, Buffer.concat([Buffer.from(`${head}\n`), ...packed]));
}

/** These outputs and all that they lead to by imports of these kinds. */
export function closure(names, outputs, kinds) {
  const found = new Set();
  const follow = name => {
    if (found.has(name)) return;
    found.add(name);
    for (const next of importsOf(outputs[name], kinds)) follow(next);
  };
  for (const name of names) follow(name);
  return found;
}

export function importsOf({imports}, kinds) {
  return imports.filter(({kind, external}) => !external && kinds.includes(kind)).map(({path}) => path);
}
