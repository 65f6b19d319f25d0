/** Within a program that a build plays: writes at a signal what V8 has compiled of its files. */
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import module from 'node:module';
import vm from 'node:vm';
import {codeFileOf, codeToKeep} from '../src/engine/opening/compile-cache.ts';

const scripts = new Map();

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    scripts.set(options.filename, this);
  }
};
module.syncBuiltinESMExports();

process.on('SIGUSR2', () => {
  for (const [file, script] of scripts) {
    const code = codeFileOf(file);
    writeFileSync(`${code}.draft`, codeToKeep(readFileSync(file), script.createCachedData()));
    renameSync(`${code}.draft`, `${code}.made`);
  }
});
