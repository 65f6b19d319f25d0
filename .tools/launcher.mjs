#!/usr/bin/env node
// Written to run on any Node: it only decides which Node runs the program.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import module from 'node:module';
import {fileURLToPath} from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 19);

if (newEnough) {
  module.enableCompileCache?.();
  process.env['NODE_ENV'] ||= 'production';
  await import('./cli.js');
} else {
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(pinned)) {
    const {status, signal} = spawnSync(pinned, process.argv.slice(1), {stdio: 'inherit'});
    if (signal) process.kill(process.pid, signal);
    process.exit(status ?? 1);
  }
  console.error(
    `tminus: needs Node 22.19 or newer, this is ${process.versions.node}; run \`npm run setup\` in the repository to install its own Node`,
  );
  process.exit(2);
}
