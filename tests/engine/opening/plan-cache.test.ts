/** A document that was read before is not read again, and nothing but what was read is ever taken for it. */

import {createHash} from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {beforeEach, expect, test} from 'vitest';
import {bindingsOf, loadPlan, type Sources} from '../../../src/engine/opening/load-plan.ts';
import {openRun} from '../../../src/engine/opening/open-run.ts';
import {type EngineOptions, writeOptions} from '../../../src/engine/opening/options.ts';
import {mayRecall, type PlanCache, readToKeep, recallPlan} from '../../../src/engine/opening/plan-cache.ts';
import {createRunDirectory} from '../../../src/journal/run-directory.ts';
import {seedBytes} from '../../helpers/documents.ts';
import {temporaryDirectory} from '../../helpers/temporary-directory.ts';

const CHECKLIST = `# Release

## Deployment

### Step 1: Ship

\`\`\`bash
ssh user@your-vps-ip
touch shipped
\`\`\`

## Rollback

\`\`\`bash
git checkout PREVIOUS
\`\`\`
`;
const BINDINGS =
  'tminus: 1\nhosts:\n  vps: { matches: [your-vps-ip], destination: "${TARGET}" }\nvalues:\n  PREVIOUS: v1\n';
const REVIEW = 'tminus-review: 1\n';

const sources: Sources = {
  checklist: Buffer.from(CHECKLIST),
  bindings: {text: BINDINGS, file: '/srv/tminus.yaml'},
  review: {text: REVIEW, file: '/srv/deploy.review.yaml'},
  values: {},
  env: {TARGET: 'deploy@vps', UNUSED: 'a'},
};

let cache: PlanCache;
beforeEach(async () => {
  cache = {directory: join(await temporaryDirectory(), 'cache', 'plans'), program: 'one'};
});

function keep(of: Sources = sources): void {
  const load = (read: Sources) => {
    expect(read.env['ABSENT']).toBeUndefined();
    return loadPlan(read);
  };
  readToKeep(cache, of, load).keep();
}

function file(): string {
  const [name = '', ...more] = readdirSync(cache.directory);
  expect(more).toEqual([]);
  return join(cache.directory, name);
}

test('what was read is recalled as it was, from a file for this user alone', () => {
  expect(recallPlan(cache, sources)).toBeUndefined();
  expect(mayRecall(cache, sources)).toBe(false);
  keep();
  expect(mayRecall(cache, sources)).toBe(true);
  expect(recallPlan(cache, sources)).toEqual(loadPlan(sources));
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(statSync(cache.directory).mode & 0o777).toBe(0o700);
});

test('every document of the seed and its review comes back as it was', () => {
  const seed = {checklist: seedBytes, values: {}, env: {}};
  keep(seed);
  expect(recallPlan(cache, seed)).toEqual(loadPlan(seed));
});

test.for<[string, (of: Sources) => Sources]>([
  ['a byte of the document', of => ({...of, checklist: Buffer.from(CHECKLIST.replace('shipped', 'Shipped'))})],
  ['the bindings', of => ({...of, bindings: {text: `${BINDINGS}\n`, file: '/srv/tminus.yaml'}})],
  ['their path', of => ({...of, bindings: {text: BINDINGS, file: '/srv/other.yaml'}})],
  ['the review', of => ({...of, review: {text: `${REVIEW}\n`, file: '/srv/deploy.review.yaml'}})],
  ['a value of the command line', of => ({...of, values: {PREVIOUS: 'v2'}})],
  ['the procedure', of => ({...of, procedure: 'RB-1'})],
  ['a variable that was looked up', of => ({...of, env: {...of.env, TARGET: 'deploy@other'}})],
  ['a variable that was looked up and was not there', of => ({...of, env: {...of.env, ABSENT: ''}})],
])('another %s is read anew', ([, change]) => {
  keep();
  expect(recallPlan(cache, change(sources))).toBeUndefined();
});

test('another program reads for itself, and a variable that nobody asked for changes nothing', () => {
  keep();
  expect(recallPlan({...cache, program: 'two'}, sources)).toBeUndefined();
  expect(recallPlan(cache, {...sources, env: {...sources.env, UNUSED: 'b'}})).toBeDefined();
});

const SUM_LENGTH = 64;

/** With a sum that fits: only its shape tells that nobody here wrote it. */
function forge(body: string): void {
  const key = basename(file(), '.plan');
  writeFileSync(file(), createHash('sha256').update(key).update(body).digest('hex') + body);
}

/** The same, with one thing changed in what was kept. */
function forgeWith(change: (loaded: Record<string, Record<string, unknown>>) => void): void {
  const kept = JSON.parse(readFileSync(file(), 'utf8').slice(SUM_LENGTH));
  change(kept.loaded);
  forge(JSON.stringify(kept));
}

test.for<[string, () => void]>([
  ['empty', () => truncateSync(file(), 0)],
  ['cut short', () => truncateSync(file(), statSync(file()).size - 1)],
  ['damaged', () => writeFileSync(file(), readFileSync(file(), 'utf8').replace('shipped', 'dropped'))],
  ['readable by others', () => chmodSync(file(), 0o644)],
  ['writable by the group', () => chmodSync(file(), 0o620)],
  [
    'a link',
    () => {
      const [path, elsewhere] = [file(), join(dirname(cache.directory), 'elsewhere')];
      renameSync(path, elsewhere);
      symlinkSync(elsewhere, path);
    },
  ],
  ['known by another name too', () => linkSync(file(), join(dirname(cache.directory), 'elsewhere'))],
  ['no JSON', () => forge('{')],
  ['JSON of something else', () => forge('[]')],
  ['a plan without steps', () => forgeWith(({plan}) => delete plan?.['steps'])],
  ['a plan whose rules are no list', () => forgeWith(({plan}) => Object.assign(plan ?? {}, {rules: {}}))],
  ['with hosts that are none', () => forgeWith(({bindings}) => Object.assign(bindings ?? {}, {hosts: null}))],
  ['without what was confirmed', () => forgeWith(({standing}) => delete standing?.['confirmed'])],
])('a file that is %s is never used, and gives way to a sound one', ([, spoil]) => {
  keep();
  spoil();
  expect(recallPlan(cache, sources)).toBeUndefined();
  keep();
  expect(recallPlan(cache, sources)).toEqual(loadPlan(sources));
});

test('of a directory that others can enter, or a file of another account, nothing is taken', () => {
  keep();
  chmodSync(cache.directory, 0o755);
  expect(recallPlan(cache, sources)).toBeUndefined();
  chmodSync(cache.directory, 0o700);
  expect(recallPlan(cache, sources)).toBeDefined();
  // Only the superuser can give a file away; for everybody else the kernel refuses, and it stays his own.
  if (process.getuid?.() === 0) {
    chownSync(file(), 65_534, 65_534);
    expect(recallPlan(cache, sources)).toBeUndefined();
    keep();
    expect(statSync(file()).uid).toBe(0);
  }
  expect(recallPlan(cache, sources)).toBeDefined();
});

test('a cache that cannot be written changes nothing', () => {
  mkdirSync(dirname(dirname(cache.directory)), {recursive: true});
  writeFileSync(dirname(cache.directory), 'in the way');
  keep();
  expect(recallPlan(cache, sources)).toBeUndefined();
  rmSync(dirname(cache.directory));
  cache = {...cache, directory: '/proc/nowhere/plans'};
  keep();
  expect(recallPlan(cache, sources)).toBeUndefined();
});

test('bindings with a secret of the environment are read again beside a plan that was kept', () => {
  const secret = 'pa55-of-nobody';
  const withToken: Sources = {
    ...sources,
    bindings: {text: `${BINDINGS}  API_TOKEN: "\${API_TOKEN}"\n`, file: '/srv/tminus.yaml'},
    env: {...sources.env, API_TOKEN: secret},
  };
  keep(withToken);
  const recalled = recallPlan(cache, withToken);
  const {bindings, ...unbound} = loadPlan(withToken);
  expect(recalled).toEqual(unbound);
  expect(bindingsOf(withToken, recalled?.reviews ?? [])).toEqual(bindings);
  const text = readFileSync(file(), 'utf8');
  expect(text).not.toContain(secret);
  // Only a digest that takes long to make is kept of it.
  expect(text).toMatch(/"API_TOKEN":"scrypt:[0-9a-f]{64}"/);
  expect(recallPlan(cache, {...withToken, env: {...withToken.env, API_TOKEN: 'another-0f-nobody'}})).toBeUndefined();
});

test('what holds a secret of the bindings file, the command line or the environment is not kept', () => {
  const secret = 'pa55-of-nobody';
  keep({
    ...sources,
    bindings: {text: `tminus: 1\ndatabases:\n  main: { url: "postgres://a:${secret}@h/d" }\n`, file: 'b'},
  });
  keep({...sources, values: {API_TOKEN: secret}});
  keep({...sources, checklist: Buffer.from(CHECKLIST.replace('shipped', secret)), env: {DB_PASSWORD: secret}});
  expect(existsSync(cache.directory)).toBe(false);
});

test('of many plans those used last are kept', () => {
  for (let version = 0; version < 45; version += 1) {
    keep({checklist: Buffer.from(`- [ ] Version ${version}\n`), values: {}, env: {}});
  }
  expect(readdirSync(cache.directory)).toHaveLength(40);
});

test('the second run of a document opens with the same plan, and one whose bindings hold a secret reads them again', async () => {
  const home = await temporaryDirectory();
  const open = async (runId: string, bindings: string) => {
    const runDirectory = await createRunDirectory(home, runId, {checklist: Buffer.from(CHECKLIST), bindings});
    const options: EngineOptions = {
      ...{runId, home, checklist: '/srv/deploy.md', bindings: '/srv/tminus.yaml', directory: home, user: 'ana'},
      ...{auto: false, yes: [], watch: 'none' as const, unattended: false, dryRun: false, values: {}, choices: []},
    };
    writeOptions(runDirectory, options);
    const run = await openRun({runDirectory, options, onlyRollback: false, env: {TARGET: 'deploy@vps'}, cache});
    await run.journal.close();
    run.keepPlan();
    return {...run, runDirectory};
  };
  const first = await open('20261101T090000Z-0001', BINDINGS);
  const kept = statSync(file()).mtimeMs;
  const second = await open('20261101T090001Z-0002', BINDINGS);
  expect(second.plan).toEqual(first.plan);
  expect(second.bindings).toEqual(first.bindings);
  expect(statSync(file()).mtimeMs).toBeGreaterThanOrEqual(kept);
  const secret = `${BINDINGS}  API_TOKEN: abcdef123456\n`;
  for (const id of ['20261101T090002Z-0003', '20261101T090003Z-0004']) {
    const run = await open(id, secret);
    expect(run.bindings.values['API_TOKEN']?.value).toBe('abcdef123456');
    expect(readFileSync(join(run.runDirectory, 'bindings.yaml'), 'utf8')).not.toContain('abcdef123456');
  }
  expect(readdirSync(cache.directory)).toHaveLength(1);
});

test('a value given for the name of a secret is shown in no part of the plan', () => {
  const text = CHECKLIST.replace('touch shipped', 'login YOUR_PASSPHRASE YOUR_TAG');
  const given = {values: {YOUR_PASSPHRASE: 'oranges', YOUR_TAG: 'v7'}, checklist: Buffer.from(text)};
  const plan = JSON.stringify(loadPlan({...sources, ...given}).plan);
  expect(plan).toContain('v7');
  expect(plan).not.toContain('oranges');
});
