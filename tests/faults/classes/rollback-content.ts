/**
 * Backups that hold nothing, overlap with what is deleted, were moved or pruned: readiness is held against the rollback
 * itself, which is run for its truth in a copy of the same directory.
 */
import {spawn} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {text as textOf} from 'node:stream/consumers';
import type {World} from '../../../src/actions/world.ts';
import {proveReadiness} from '../../../src/engine/readiness-watch.ts';
import type {Bindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {bindings, hostAt} from '../../helpers/real-world.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {together, withPerformer} from '../performer.ts';
import {onHost, type SharedHost} from '../shared.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

type Random = ReturnType<typeof seededRandom>;
/** `restored`: what holds when the old content is back; else that no command of it fails. */
type Case = {name: string; setup: string; lines: readonly string[]; restored?: string};

/** So many are looked at with one question, and run by one shell. */
const TOGETHER = 25;

export const rollbackContent: FaultClass = {
  name: 'content of a rollback',
  real: () => [{name: 'backups on a host', run: () => onHost(onTheHost)}],
  simulate,
};

const APP = 'mkdir -p app/backup; echo new >app/main; echo old >app/backup/main';
const RESTORED = '[ "$(cat app/main)" = old ]';
const packed = (content: string, name: string) => `${content} | gzip >${name}`;
const REPOSITORY = `git init -q -b main; git config user.name t; git config user.email t@t; echo old >main; git add main
git commit -qm old; git tag v1; echo new >main; git commit -qam new`;

const CASES: readonly Case[] = [
  ...(
    [
      ['a backup below what is deleted', APP, ['rm -rf app', 'cp -r app/backup app']],
      ['the same on one line', APP, ['rm -rf app; cp -r app/backup app']],
      [
        'deleted by a pattern',
        'mkdir app app.backup; echo old >app.backup/main',
        ['rm -rf app*', 'cp -r app.backup app'],
      ],
      ['deleted by braces', 'mkdir app app.old; echo old >app.old/main', ['rm -rf app{,.old}', 'cp -r app.old app']],
      ['a link to what is deleted', 'mkdir app; echo new >app/main; ln -s app bak', ['rm -rf app', 'cp -r bak app']],
      ['moved away with it', APP, ['mv app app.broken', 'cp -r app/backup app']],
      ['emptied before', 'mkdir b app; echo old >b/main', ['rm -rf b/*', 'cp -r b/main app/main']],
      ['found and deleted', 'mkdir b app; echo old >b/main', ['find . -name main -delete', 'cp b/main app/main']],
      ['cleaned away', 'git init -q; mkdir b app; echo old >b/main', ['git clean -fdq', 'cp -r b/main app/main']],
      ['a mirror of itself', APP, ['rsync -a --delete app/backup/ app/']],
      ['a backup that is not there', 'mkdir app', ['rm -rf app', 'cp -r app.bak app']],
      ['a backup of 0 bytes', 'mkdir app; : >main.bak', ['cp main.bak app/main']],
      ['an empty directory', 'mkdir -p app b/empty', ['rm -rf app', 'cp -r b app']],
      ['empty files', 'mkdir app b; : >b/main', ['rm -rf app', 'cp -r b app']],
      ['a packed nothing', `mkdir app; ${packed(':', 'main.gz')}`, ['gunzip -c main.gz >app/main']],
      [
        'a packed half',
        `mkdir app; ${packed('seq 9999', 'm.gz')}; head -c 99 m.gz >main.gz`,
        ['gunzip -c main.gz >app/main'],
      ],
      ['no archive', 'mkdir app; echo hello >b.tgz', ['tar -xzf b.tgz -C app']],
      ['an archive of nothing', 'mkdir app e; tar -czf b.tgz e', ['tar -xzf b.tgz -C app']],
      [
        'half an archive',
        `mkdir app e; seq 99999 >e/main; tar -czf a.tgz e; head -c 99 a.tgz >b.tgz`,
        ['tar -xzf b.tgz -C app'],
      ],
      ['a pattern that finds nothing', 'mkdir app b', ['cp b/*.old app/main']],
      ['a pruned release', 'mkdir -p releases/42; ln -s releases/42 app', ['ln -sfn releases/41 app']],
      ['a link to nowhere', 'mkdir app; ln -s gone b', ['cp -r b/main app/main']],
      [
        'a pruned release behind a pattern',
        'mkdir -p r/41; echo old >r/41/main; ln -s r/41 app',
        ['rm -rf r/4*', 'ln -sfn r/41 app'],
      ],
      ['a tag that is not there', REPOSITORY, ['git checkout -q v0']],
      ['a branch that is not there', REPOSITORY, ['git reset -q --hard stable']],
      ['a program that is not there', 'mkdir app b; echo old >b/main', ['rm -rf app', 'no-such-copier b app']],
      ['a file to be installed that is not there', 'mkdir app', ['install -m 644 main.bak app/main']],
      ['a target before what is copied', 'mkdir app', ['cp -t app main']],
      ['an archive in another directory', 'mkdir app b', ['tar -C app -xzf b/main.tgz']],
      ['a dump that is not there', 'mkdir app', ['gunzip -c dump.gz >app/main']],
    ] satisfies readonly (readonly [string, string, readonly string[]])[]
  ).map(([name, setup, lines]): Case => ({name, setup, lines, restored: RESTORED})),
  ...(
    [
      ['a good copy', 'mkdir app b; echo old >b/main', ['rm -rf app', 'cp -r b app']],
      ['saved first', APP, ['cp -r app/backup saved', 'rm -rf app', 'mv saved app']],
      ['a packed file', `mkdir app; ${packed('echo old', 'main.gz')}`, ['gunzip -c main.gz >app/main']],
      ['an archive', 'mkdir e app; echo old >e/main; tar -C e -czf b.tgz main', ['tar -xzf b.tgz -C app']],
      ['a release', 'mkdir -p r/41 r/42; echo old >r/41/main; ln -s r/42 app', ['ln -sfn r/41 app']],
      ['a tag', `mkdir app; cd app; ${REPOSITORY}`, ['cd app', 'git checkout -q v1', 'cd ..']],
    ] satisfies readonly (readonly [string, string, readonly string[]])[]
  ).map(([name, setup, lines]): Case => ({name: `${name}, which works`, setup, lines, restored: RESTORED})),
];

async function onTheHost(host: SharedHost): Promise<Result> {
  const {directory, configFile} = host;
  const problems = await withPerformer({directory, bindings: {hosts: {vps: hostAt('box', configFile)}}}, performer =>
    examined(CASES, performer.world, directory, configFile),
  );
  return {injected: CASES.length, problems};
}

async function simulate(times: number): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-content-'));
  const cases = Array.from({length: times}, (_, seed) => anyCase(seededRandom(101_000 + 3 * seed), `seed ${seed}`));
  const batches = Array.from({length: Math.ceil(times / TOGETHER)}, (_, index) =>
    cases.slice(index * TOGETHER, (index + 1) * TOGETHER),
  );
  try {
    const found = await withPerformer({directory}, performer =>
      together(batches, 1, batch => examined(batch, performer.world, directory)),
    );
    return {injected: times, problems: found.flat()};
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
}

/** Looks at the rollbacks in one copy of their directories, and runs them in another. */
async function examined(
  cases: readonly Case[],
  world: World,
  parent: string,
  configFile?: string,
): Promise<readonly Problem[]> {
  const root = mkdtempSync(join(parent, 'case-'));
  const at = (copy: string) => cases.map((_, index) => join(root, copy, String(index)));
  for (const directory of at('looked')) mkdirSync(directory, {recursive: true});
  await statuses(
    cases.map(({setup}) => setup),
    at('looked'),
  );
  cpSync(join(root, 'looked'), join(root, 'run'), {recursive: true, verbatimSymlinks: true});
  const looked = await readinessOf(cases, world, at('looked'), configFile);
  const ran = await statuses(cases.map(truthOf), at('run'));
  rmSync(root, {recursive: true, force: true});
  return cases.flatMap((one, index): readonly Problem[] => {
    const {ready, detail} = looked[index] ?? {ready: false, detail: 'nothing was looked at'};
    const works = ran[index] === 0;
    const text = `${one.name}: ${one.setup} | ${one.lines.join('; ')}`;
    if (ready && !works) return [{kind: 'false ready', what: text}];
    const isFalseAlarm = !ready && one.name.endsWith('which works');
    return isFalseAlarm ? [{kind: 'wrong', what: `${text}: said not to be ready: ${detail}`}] : [];
  });
}

/** One step of a rollback for each, in a directory of its own. */
async function readinessOf(
  cases: readonly Case[],
  world: World,
  directories: readonly string[],
  configFile: string | undefined,
) {
  const bound: Bindings = bindings(configFile === undefined ? {} : {hosts: {vps: hostAt('box', configFile)}});
  const there = configFile === undefined ? [] : ['ssh vps'];
  const steps = cases.flatMap(({lines}, index) => [
    `### Restore ${index}`,
    '```bash',
    ...there,
    `cd ${directories[index]}`,
    ...lines,
    '```',
  ]);
  const text = ['# D', '## Deployment', '```bash', 'true', '```', '## Rollback', ...steps, ''].join('\n');
  const {items} = await proveReadiness(parsePlan(text, bound, {env: {}}), bound, world, () => undefined);
  if (items.length !== cases.length) throw new Error(`${cases.length} rollbacks were read as ${items.length} steps`);
  return items;
}

/** Every command of it succeeds, and the old content is back. */
function truthOf({lines, restored = ':'}: Case): string {
  return [...lines, restored].join('\n');
}

/** What each text ends with in its directory, by a shell of its own. */
async function statuses(texts: readonly string[], directories: readonly string[]): Promise<readonly number[]> {
  const parts = texts.map(
    (text, index) => `( set -e; cd ${directories[index]}; ${text}\n) >/dev/null 2>&1; echo $? >&3`,
  );
  const env = {...process.env, GIT_CONFIG_GLOBAL: '/dev/null'};
  const child = spawn('bash', ['-s'], {stdio: ['pipe', 'ignore', 'ignore', 'pipe'], env});
  child.stdin?.end(['set -o pipefail', ...parts, ''].join('\n'));
  const said = await textOf(child.stdio[3] as Readable);
  return said.trim().split('\n').map(Number);
}

const KEPT: readonly string[] = [
  'mkdir b; echo old >b/main',
  'mkdir b',
  'mkdir b; : >b/main',
  'ln -s app b',
  'ln -s nowhere b',
  'mkdir -p app/b; echo old >app/b/main',
  ':',
  'mkdir -p r/41 r/42; echo old >r/41/main; ln -s r/41 b',
  'mkdir r; ln -s r/41 b',
];

/** The old content is kept somewhere, or is not; it is deleted with the rest, or is not; and is brought back in some way. */
function anyCase(random: Random, name: string): Case {
  const kept = random.pick(KEPT);
  // Nothing is copied to where it is already.
  const source = random.pick(['b', './b', 'r/41', 'b/.', 'b/../b']);
  const gone = random.pick([
    'rm -rf app',
    'rm -rf app/*',
    'rm -rf ./app',
    'mv app app.broken',
    'rm -rf app b',
    'rm -rf a*',
    'rm -rf b/*',
    'rm -rf r',
    ':',
  ]);
  const back = random.pick([
    `cp -r ${source} app`,
    `cp -a ${source} new && mv new app`,
    `ln -sfn ${source} current`,
    `mv ${source} app`,
    `cp ${source}/main main`,
    `cp ${source}/* .`,
    `rsync -a ${source}/ app/`,
    `tar -czf b.tgz ${source} && tar -xzf b.tgz`,
    `install -m 644 ${source}/main main`,
  ]);
  return {name, setup: `mkdir app; echo new >app/main; ${kept}`, lines: [gone, back]};
}
