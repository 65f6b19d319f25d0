#!/usr/bin/env node
// Written to run on any Node: it only decides which Node runs the program.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import module from 'node:module';
import {fileURLToPath} from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 19);
const ARGUMENTS = 'TMINUS_ARGUMENTS';
// A flood of lines lives briefly: in a large young generation it takes 120 MB more, and is no faster. Also in package.mjs.
const NODE_FLAGS = ['--max-semi-space-size=4'];

// Everybody on this machine can read the arguments of a process, and values may be secrets: they do not stay there.
const givesValues = process.argv.some(word => /^--value(?:=|$)/.test(word));
if (givesValues) process.title = ['tminus', ...withoutValues(process.argv.slice(2))].join(' ');
const handedOver = process.env[ARGUMENTS];
if (handedOver !== undefined) {
  delete process.env[ARGUMENTS];
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...JSON.parse(handedOver));
}

// `bin/tminus` of a package is a shell script: it is what people type, and the commands we print name it.
const typed = process.env['TMINUS_PROGRAM'];
if (typed !== undefined) {
  delete process.env['TMINUS_PROGRAM'];
  process.argv[1] = typed;
}

if (newEnough) {
  module.enableCompileCache?.();
  process.env['NODE_ENV'] ||= 'production';
  // Nearly always the run is opened, and its engine takes longest to be there.
  if (process.argv[2] === 'run') (await import('./start-engine-early.js')).startEngineEarly();
  await import('./cli.js');
} else {
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(pinned)) {
    const [, script, ...words] = process.argv;
    const {status, signal} = givesValues
      ? spawnSync(pinned, [...NODE_FLAGS, script], {
          stdio: 'inherit',
          env: {...process.env, [ARGUMENTS]: JSON.stringify(words)},
        })
      : spawnSync(pinned, [...NODE_FLAGS, script, ...words], {stdio: 'inherit'});
    if (signal) process.kill(process.pid, signal);
    process.exit(status ?? 1);
  }
  console.error(
    `tminus: needs Node 22.19 or newer, this is ${process.versions.node}; run \`npm run setup\` in the repository to install its own Node`,
  );
  process.exit(2);
}

function withoutValues(words) {
  return words.map((word, index) => {
    const isValue = word.startsWith('--value=') || words[index - 1] === '--value';
    return isValue ? word.replace(/^((?:--value=)?[^=]*=).*/s, '$1…') : word;
  });
}
