import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openWorld} from '../../src/actions/open-world.ts';
import type {World} from '../../src/actions/world.ts';
import {lookForEvidence} from '../../src/engine/evidence-look.ts';
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {type ConditionSubject, readConditionSubject} from '../../src/plan/plan.ts';
import {readsOnly} from '../../src/plan/script.ts';
import type {EvidenceQuestion} from '../../src/run/evidence/evidence.ts';

const directory = mkdtempSync(join(tmpdir(), 'evidence-'));
const ran: string[] = [];
let world: World;

function sh(text: string): string {
  const env = {...process.env, GIT_CONFIG_GLOBAL: '/dev/null'};
  return execFileSync('sh', ['-ec', text], {cwd: directory, encoding: 'utf8', stdio: 'pipe', env}).trim();
}

beforeAll(() => {
  sh(`git init -q -b main origin; cd origin; git config user.name t; git config user.email t@t
mkdir -p api/migrations; echo 1 >requirements.txt; echo 1 >api/migrations/0001.py; echo a=1 >.env.example; git add .; git commit -qm old; git tag v1
cd ..; git clone -q origin app; git clone -q origin behind; cd origin
echo 2 >requirements.txt; echo 2 >api/migrations/0002.py; git add .; git commit -qm 'Add a queue'; git tag -a v2 -m two
cd ../app; git pull -q origin main; git status`);
  world = openWorld({bindings: emptyBindings, directory, onLink: () => {}, jobsDirectory: join(directory, '.jobs')});
});
afterAll(async () => {
  await world.close();
  rmSync(directory, {recursive: true, force: true});
});

const place = {kind: 'local'} as const;

async function seen(more: Partial<EvidenceQuestion>) {
  const question = {key: 'k', stepId: 's', about: 'condition', text: 'if', place, elsewhere: [], ...more} as const;
  const capture: World['capture'] = (at, text, timeoutMs) => {
    ran.push(text);
    return world.capture(at, text, timeoutMs);
  };
  return await lookForEvidence(question, {capture}, {asOf: 7});
}

const asked = (condition: string, more: Partial<EvidenceQuestion> = {}) =>
  seen({directory: 'app', subject: readConditionSubject(condition) as ConditionSubject, base: 'v1', ...more});

test.each([
  ['if requirements.txt changed', 'yes', 'requirements.txt has changed between', ['M requirements.txt']],
  ['if requirements.txt is unchanged', 'no', 'requirements.txt has changed between', ['M requirements.txt']],
  ['only if dependencies have changed', 'yes', 'dependencies have changed', ['M requirements.txt']],
  ['if there are new migrations', 'yes', 'migrations have changed', ['A api/migrations/0002.py']],
  ['if the configuration has changed', 'no', 'configuration have not changed', []],
  ['falls sich requirements.txt geändert hat', 'yes', 'has changed', ['M requirements.txt']],
  ['si requirements.txt ha cambiado', 'yes', 'has changed', ['M requirements.txt']],
  ['if package.json changed', 'unknown', 'git tracks no package.json there', []],
  ['if migrations are pending', 'unknown', '1 file of migrations differ', ['A api/migrations/0002.py']],
] as const)('%s: %s', async (condition, answer, text, lines) => {
  const found = await asked(condition);
  expect(found).toMatchObject({answer, lines, on: 'here:app', asOf: 7});
  expect(found.text).toContain(text);
});

test('a path is there or not, and a status command says what is to be applied', async () => {
  expect(await asked('if .env.example exists')).toMatchObject({answer: 'yes', text: '.env.example is there'});
  expect(await asked('if .env is missing')).toMatchObject({answer: 'yes', text: '.env is not there'});
  const migrations = {open: '^\\[ \\]', applied: '^\\[X\\]'};
  const listing = (command: string) => asked('if migrations are pending', {migrations: {...migrations, command}});
  expect(await listing("printf '[X] 1\\n[ ] 2\\n'")).toMatchObject({answer: 'yes', lines: ['[ ] 2']});
  expect(await listing("printf '[X] 1\\n'")).toMatchObject({answer: 'no'});
  expect(await listing('echo nothing')).toMatchObject({answer: 'unknown', lines: ['nothing']});
});

test('what goes live is listed where the commits are, also in another checkout', async () => {
  const incoming = {kind: 'remote', remote: 'origin', ref: 'main'} as const;
  const arrival = {about: 'goes-live', directory: 'behind', incoming} as const;
  const unlisted = await seen(arrival);
  expect(unlisted).toMatchObject({
    answer: 'yes',
    from: sh('git -C origin rev-parse v1'),
    to: sh('git -C origin rev-parse main'),
  });
  expect(unlisted.text).toMatch(
    /^[0-9a-f]{7} \(v1\) is in place; origin main brings [0-9a-f]{7}: its commits are not fetched yet/,
  );
  const listed = await seen({
    ...arrival,
    elsewhere: [
      {place, directory: 'nowhere'},
      {place, directory: 'app'},
    ],
  });
  expect(listed.text).toContain('1 commit');
  expect(listed.lines).toEqual([
    expect.stringMatching(/^[0-9a-f]{7} Add a queue$/),
    'migrations: A api/migrations/0002.py',
    'dependencies: M requirements.txt',
    'configuration: unchanged',
  ]);
  expect(await seen({...arrival, directory: 'app'})).toMatchObject({answer: 'no', lines: []});
  expect(await seen({...arrival, directory: 'app', incoming: {kind: 'remote'}})).toMatchObject({answer: 'no'});
  // An annotated tag names its commit.
  const tag = await seen({...arrival, incoming: {kind: 'local', ref: 'v2'}});
  expect(tag.to).toBe(sh('git -C origin rev-parse main'));
  const back = await seen({...arrival, directory: 'app', incoming: {kind: 'local', ref: 'v1'}});
  expect(back.text).toContain('1 commit taken back');
});

test('whether what came is what was to come', async () => {
  const incoming = {kind: 'remote', remote: 'origin', ref: 'main'} as const;
  const came = await seen({about: 'went-live', directory: 'app', incoming, base: 'v1'});
  expect(came).toMatchObject({answer: 'yes', text: expect.stringMatching(/is in place, which origin main names$/)});
  expect(await seen({about: 'went-live', directory: 'behind', incoming})).toMatchObject({
    answer: 'no',
    text: expect.stringMatching(/\(v1\) is in place, but origin main names [0-9a-f]{7}$/),
  });
});

test('what cannot be seen is unknown, and says why', async () => {
  const text = async (more: Partial<EvidenceQuestion>) => {
    const found = await asked('if requirements.txt changed', more);
    expect(found.answer).toBe('unknown');
    return found.text;
  };
  expect(await text({directory: 'nowhere'})).toContain('nowhere');
  expect(await text({directory: undefined as never})).toContain('not a git repository');
  expect(await text({unbound: '<tag>'})).toBe('could not be seen: <tag> has no value yet');
  expect(await text({base: 'v9'})).toContain('nothing says what was there before');
  const gone = {kind: 'remote', remote: '../gone', ref: 'main'} as const;
  const unheard = await seen({about: 'goes-live', directory: 'app', incoming: gone});
  expect(unheard).toMatchObject({answer: 'unknown', text: expect.stringContaining('could not be seen')});
  const slow = await lookForEvidence(
    {key: 'k', stepId: 's', about: 'goes-live', text: '', place, elsewhere: [], incoming: gone},
    {capture: () => Promise.reject(new Error('no answer from vps within 8 s'))},
    {asOf: 0},
  );
  expect(slow.text).toBe('could not be seen: no answer from vps within 8 s');
});

test('it only reads: no text does anything else, and every file of git is as it was', async () => {
  const state = () => sh('find app behind origin -type f -exec cksum {} + | sort');
  const before = state();
  await asked('if requirements.txt changed');
  await seen({about: 'goes-live', directory: 'behind', incoming: {kind: 'remote', remote: 'origin', ref: 'main'}});
  expect(state()).toBe(before);
  expect(ran.filter(text => !text.includes('printf') && !readsOnly(text))).toEqual([]);
});
