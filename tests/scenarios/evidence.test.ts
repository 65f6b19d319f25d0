import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';

const pull = [
  '### Step 1: Deploy',
  '```bash',
  'ssh user@your-vps-ip',
  'cd DIRECTORY/app',
  'git pull -q origin main',
  '```',
];
const install = [
  '### Step 2: Dependencies (if requirements.txt changed)',
  '```bash',
  'ssh user@your-vps-ip',
  'cd DIRECTORY/app',
  'echo installed >../installed',
  '```',
];
const rollback = [
  '## Rollback',
  '```bash',
  'ssh user@your-vps-ip',
  'cd DIRECTORY/app',
  'git checkout -q v1',
  '# If requirements.txt changed',
  'echo reinstalled >../reinstalled',
  '```',
];

const hosts: SmallHost[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop();
});

/** A checkout of an old version on the host; its origin holds `change` and a second commit. */
async function hostWith(
  change: string,
  steps: readonly string[] = [...pull, ...install, ...rollback],
): Promise<SmallHost> {
  const host = await startSmallHost({checklist: ['# Release', '## Deployment', ...steps, ''].join('\n')});
  hosts.push(host);
  git(
    host,
    `git init -q -b main origin; cd origin; git config user.name t; git config user.email t@t
echo flask==1 >requirements.txt; mkdir -p db/migrations; echo 1 >db/migrations/0001.sql; git add .; git commit -qm old; git tag v1
cd ..; git clone -q origin app; cd origin; ${change}; git add .; git commit -qm 'Change what is there'
echo more >README; git add .; git commit -qm 'Say more'`,
  );
  return host;
}

function git({directory}: SmallHost, text: string): string {
  const env = {...process.env, GIT_CONFIG_GLOBAL: '/dev/null'};
  return execFileSync('sh', ['-ec', text], {cwd: directory, encoding: 'utf8', stdio: 'pipe', env}).trim();
}

const flags = ['--auto', '--plain', '--watch', 'none'];

describe.skipIf(sshdMissing)('what a person decides by', () => {
  test('is seen where the step runs, stands behind the question, and decides nothing', async () => {
    const host = await hostWith('echo flask==2 >requirements.txt; echo 2 >db/migrations/0002.sql');
    const {operator, checklist, bindings} = host;
    const [old, next] = git(host, 'git -C origin rev-parse v1 main').split('\n');
    const ended = await operator.run('run', checklist, '-b', bindings, ...flags);
    expect(ended.code).toBe(7);
    const on = `vps:${join(host.directory, 'app')}`;
    const condition = `${on}, if requirements.txt changed: yes, requirements.txt has changed between ${old?.slice(0, 7)} and ${next?.slice(0, 7)}`;
    expect(ended.out).toContain(`only if requirements.txt changed: Enter runs it, s skips it; ${condition}`);
    expect(host.lines('installed')).toEqual([]);

    const seen = (await operator.journal()).filter(event => event.type === 'evidence-seen');
    const inRun = seen.filter(({about, question}) => about !== 'condition' || !question.startsWith('If'));
    // Before the pull the host does not hold the commits, and nothing here does.
    expect(inRun[0]).toMatchObject({about: 'goes-live', answer: 'yes', on, from: old, to: next, lines: []});
    expect(inRun[0]?.text).toContain('(v1) is in place; origin main brings');
    expect(inRun.find(({about}) => about === 'went-live')).toMatchObject({answer: 'yes', to: next});
    expect(inRun.find(({about}) => about === 'went-live')?.lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^[0-9a-f]+ Say more$/),
        'migrations: A db/migrations/0002.sql',
        'dependencies: M requirements.txt',
        'configuration: unchanged',
      ]),
    );
    expect(inRun.find(({about}) => about === 'condition')).toMatchObject({lines: ['M requirements.txt']});

    for (const [format, ...texts] of [
      ['md', '## Evidence', condition, 'M requirements.txt'],
      ['html', '<h2>Evidence</h2>', 'has changed between', 'M requirements.txt'],
      ['json', '"about": "went-live"', '"answer": "yes"', 'has changed between'],
    ]) {
      const file = join(host.directory, `record.${format}`);
      await operator.run('report', '--format', format ?? '', '-o', file);
      for (const text of texts) expect([format, readFileSync(file, 'utf8').includes(text)]).toEqual([format, true]);
    }
    expect(readFileSync(join(await operator.runDirectory(), 'report.md'), 'utf8')).toContain('## Evidence');
  });

  test('says no, and a person takes the step all the same', async () => {
    const host = await hostWith('echo x >other');
    const {operator, checklist, bindings} = host;
    const {code, out, said} = await operator.run('run', checklist, '-b', bindings, ...flags, '--yes', 'L10');
    expect([code, said, out]).toEqual([
      0,
      '',
      expect.stringContaining('if requirements.txt changed: no, requirements.txt has not changed'),
    ]);
    expect(host.lines('installed')).toEqual(['installed']);
  });

  test('comes from another checkout of the document that holds the commits', async () => {
    const merge = [
      '### Step 0: Merge',
      '```bash',
      'ssh user@your-vps-ip',
      'cd DIRECTORY/work',
      'git pull -q origin main',
      '```',
    ];
    const host = await hostWith('echo flask==2 >requirements.txt', [...merge, ...pull, ...rollback]);
    git(host, 'git clone -q origin work; git -C work reset -q --hard v1');
    const {operator, checklist, bindings} = host;
    await operator.run('run', checklist, '-b', bindings, ...flags);
    const seen = (await operator.journal()).filter(event => event.type === 'evidence-seen');
    const before = seen.find(({about, on}) => about === 'goes-live' && on.endsWith('/app'));
    expect(before?.lines).toContain('dependencies: M requirements.txt');
    expect(before?.text).toContain('2 commits');
  });

  test('that cannot be seen says why, and blocks nothing', async () => {
    const host = await hostWith('echo x >other');
    git(
      host,
      'mv origin away; cd app; git remote set-url origin ../nowhere; git remote add away ../away; git config branch.main.remote away',
    );
    const {operator} = host;
    const text = readFileSync(host.checklist, 'utf8').replace(
      'git pull -q origin main',
      'git pull -q origin main || git pull -q away main',
    );
    host.write('again.md', text);
    const {code, out, said} = await operator.run(
      'run',
      join(host.directory, 'again.md'),
      '-b',
      host.bindings,
      ...flags,
      '--yes',
      'L10',
    );
    expect([code, said, out]).toEqual([0, '', expect.stringMatching(/what goes live: .*(?:could not be seen|brings)/)]);
  });

  test('after a deploy that brought another commit than the one that was to come says so', async () => {
    const host = await hostWith('echo flask==2 >requirements.txt', [
      ...pull.map(line => line.replace('git pull -q origin main', 'git pull -q origin main && git update-ref HEAD v1')),
      ...rollback,
    ]);
    const {operator, checklist, bindings} = host;
    const ended = await operator.run('run', checklist, '-b', bindings, ...flags);
    expect(ended.out).toContain('passed');
    const went = (await operator.journal()).find(
      event => event.type === 'evidence-seen' && event.about === 'went-live',
    );
    expect(went).toMatchObject({
      answer: 'no',
      text: expect.stringMatching(/is in place, but origin main names [0-9a-f]{7}$/),
    });
  });
});
