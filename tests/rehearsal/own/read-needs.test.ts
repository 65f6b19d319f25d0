import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';
import {usualDurations} from '../../../src/rehearsal/own/durations.ts';
import {needsOf} from '../../../src/rehearsal/own/read-needs.ts';

const good = readFileSync(new URL('../../report/rehearsal/good-release.md', import.meta.url), 'utf8');

function needs(text: string) {
  return needsOf(parsePlan(text, emptyBindings));
}

function host(text: string, name: string) {
  const found = needs(text).places.find(place => place.name === name);
  if (found === undefined) throw new Error(`no place ${name}`);
  return found;
}

function codeBlock(...lines: string[]): string {
  return ['# Release', '', '## Deploy', '', '```bash', ...lines, '```', ''].join('\n');
}

describe('what a target needs', () => {
  test('has the hosts, with the repository at the old version and the new one ahead', () => {
    const {repositories, units, start} = host(good, 'deploy@shop.internal');
    expect(start).toBe('/home/deploy');
    expect(repositories).toMatchObject([
      {path: '/srv/shop', branch: 'main', tags: [{name: 'v2.4.0', at: 'new'}], cloned: false},
    ]);
    expect(units.map(({name, before}) => `${name} ${before}`)).toEqual(['shop-worker running', 'shop running']);
  });

  test('commits the files that are read in a repository, and keeps settings out of it', () => {
    const {repositories, files} = host(good, 'deploy@shop.internal');
    expect(repositories[0]?.files).toEqual(expect.arrayContaining(['requirements.txt', 'config/settings.conf']));
    expect(files.map(({path}) => path)).toContain('/srv/shop/.env');
  });

  test('does not make what the document has to make itself', () => {
    const {files, repositories, directories} = host(good, 'deploy@shop.internal');
    const paths = [...files, ...directories].map(({path}) => path);
    expect(paths.filter(path => /\.bak|\.sql/.test(path))).toEqual([]);
    expect(paths).toContain('/var/backups');
    expect(repositories[0]?.tags.map(({name}) => name)).not.toContain('before-2.4');
  });

  test('does not make a backup that nothing makes, so that the play shows that it is missing', () => {
    const text = good.replace('cp .env .env.bak\n', '');
    expect(host(text, 'deploy@shop.internal').files.map(({path}) => path)).not.toContain('/srv/shop/.env.bak');
  });

  test('tells the directory of a file whose name only the run knows', () => {
    const {directories} = host(codeBlock('pg_dump shop > /backups/shop_$(date +%F).sql'), 'local');
    expect(directories.map(({path}) => path)).toContain('/backups');
  });

  test('has a host for each name of a loop, and for those that only a copy names', () => {
    const text = codeBlock('for host in web1 web2; do ssh deploy@$host sudo systemctl restart app; done');
    expect(needs(text).places.map(({name}) => name)).toEqual(['local', 'deploy@web1', 'deploy@web2']);
  });

  test('asks of a service what the document expects of the old and of the new version', () => {
    expect(needs(good).services).toMatchObject([
      {
        url: 'http://localhost:8000/health',
        method: 'GET',
        from: ['deploy@shop.internal'],
        old: {status: 200, json: {status: 'ok'}},
        new: {status: 200, json: {status: 'ok'}},
      },
    ]);
  });

  test('guesses tables and columns from queries', () => {
    const sql = [
      '# Release',
      '',
      '## Verify',
      '',
      '```sql',
      "select count(*) from shop.orders where created_at > now() - interval '1 day' and state = 'paid';",
      '-- Expected: at least 12',
      '```',
    ];
    expect(needs(sql.join('\n')).databases).toMatchObject([
      {
        name: 'main',
        engine: 'postgresql',
        tables: [
          {
            name: 'shop.orders',
            columns: [
              {name: 'created_at', type: 'timestamptz'},
              {name: 'state', type: 'text'},
            ],
          },
        ],
      },
    ]);
  });

  test('takes a unit of time for a column where it is compared, and knows whose SQL it is', () => {
    const sql = (...lines: string[]) => ['# Release', '', '## Verify', '', '```sql', ...lines, '```'].join('\n');
    const [database] = needs(
      sql("select 1 from revenue where day = '2026-03-01' and at > now() - interval '1 day';"),
    ).databases;
    expect(database?.tables[0]?.columns.map(({name}) => name)).toEqual(['day', 'at']);
    const engines = ['rename table a to b;', 'select top 5 * from a;', 'select 1 from a;'].map(
      text => needs(sql(text)).databases[0]?.engine,
    );
    expect(engines).toEqual(['mysql', 'other', 'postgresql']);
  });

  test('has what a document carries, edits, measures and puts a backup in place of', () => {
    const text = `${codeBlock(
      'scp shop-2.4.deb deploy@web.internal:/tmp/',
      'sed -i s/debug/info/ /etc/shop.conf',
      'df -h /srv/data',
    )}\n\n## Rollback\n\n\`\`\`bash\ncp /etc/hosts.friday /etc/hosts\n\`\`\`\n`;
    const {files, directories} = host(text, 'local');
    expect(files.map(({path}) => path)).toEqual(
      expect.arrayContaining(['/home/operator/work/shop-2.4.deb', '/etc/shop.conf', '/etc/hosts']),
    );
    expect(files.find(({path}) => path === '/etc/shop.conf')?.text).toContain('debug');
    expect(files.map(({path}) => path)).not.toContain('/etc/hosts.friday');
    expect(directories.map(({path}) => path)).toContain('/srv/data');
    // A directory that is copied into is there, and not made by the copy.
    expect(host(text, 'deploy@web.internal').directories.map(({path}) => path)).toContain('/tmp');
  });

  test('leads every host into the box that a program is told to reach', () => {
    const text = codeBlock(
      'psql -h db-old -c "select 1"',
      'redis-cli --host=cache-2 ping',
      'df -h /',
      'curl -s https://es.internal:9200/x-$(date +%F)',
    );
    expect(needs(text).names).toEqual(['cache-2', 'db-old', 'es.internal']);
  });

  test('has the new version in the clone that pushes it, and a branch that is deleted at the old one', () => {
    const [one] = host(codeBlock('cd /srv/shop', 'git branch -D spare', 'git push origin main'), 'local').repositories;
    expect(one).toMatchObject({brings: true, behind: ['spare'], ahead: []});
    const [other] = host(codeBlock('cd /srv/shop', 'git pull', 'git push origin main'), 'local').repositories;
    expect(other).toMatchObject({brings: false, behind: []});
  });

  test('names the programs that nobody knows, with their lines', () => {
    const {programs} = host(codeBlock('kubectl get pods', 'frobnicate --all', 'git status'), 'local');
    expect(programs).toEqual([
      {name: 'kubectl', lines: [6], how: 'stand-in'},
      {name: 'frobnicate', lines: [7], how: 'unknown'},
      {name: 'git', lines: [8], how: 'real'},
    ]);
  });

  test('gives a placeholder one value wherever it stands, and a destination a host', () => {
    const text = codeBlock('ssh deploy@<web-host>', 'cd /path/to/shop', 'git checkout <version>', 'echo <version>');
    expect(needs(text).values).toEqual({
      'deploy@<web-host>': 'deploy@web-host.rehearsal.test',
      '/path/to/shop': '/srv/shop',
      '<version>': 'v1.1.0',
    });
  });
});

test('the usual duration of a step is that of its programs', () => {
  const usual = usualDurations(parsePlan(codeBlock('npm ci', 'npm run build', 'sleep 30'), emptyBindings));
  expect(Object.values(usual)).toEqual([130_000]);
});

describe('what is there because something else is', () => {
  const release = [
    'ssh deploy@web1',
    'cd ~/parcel',
    'mkdir -p releases/1.5.0 && git -C ~/src archive v1.5.0 | tar x -C releases/1.5.0',
    'psql -f releases/1.5.0/migrations/002.sql shop',
    'ln -sfn releases/1.5.0 current',
    'sudo env LANG=C current/bin/parcelctl restart',
  ];
  const back = '## Rollback\n\n```bash\nssh deploy@web1\ncd ~/parcel\nln -sfn releases/1.4.0 current\n```\n';
  const web = () => host(`${codeBlock(...release)}\n${back}`, 'deploy@web1');

  test('comes of the repository that it is unpacked from, with what is called there', () => {
    expect(web().repositories).toMatchObject([
      {
        path: '/home/deploy/src',
        tags: [{name: 'v1.5.0', at: 'new'}],
        isFetched: false,
        files: expect.arrayContaining(['migrations/002.sql', 'bin/parcelctl']),
        programs: ['bin/parcelctl'],
      },
    ]);
  });

  test('stands where a link leads before the deploy, as the rollback puts it back', () => {
    const {files} = web();
    expect(files).toContainEqual(
      expect.objectContaining({path: '/home/deploy/parcel/current', kind: 'link', target: 'releases/1.4.0'}),
    );
    expect(files).toContainEqual(
      expect.objectContaining({path: '/home/deploy/parcel/releases/1.4.0/bin/parcelctl', kind: 'executable'}),
    );
  });

  test.each([
    ['git rev-parse v1.5.0^{commit}', 'v1.5.0'],
    ['git worktree add ../next v1.5.0', 'v1.5.0'],
    ['git show v1.5.0:VERSION', 'v1.5.0'],
    ['git describe v1.5.0', 'v1.5.0'],
    ['git fetch origin tag v1.5.0', 'v1.5.0'],
    ['git fetch origin refs/tags/v1.5.0:refs/tags/v1.5.0', 'v1.5.0'],
    ['git ls-tree v1.5.0', 'v1.5.0'],
    ['git clone --branch=v1.5.0 https://git.example.net/shop.git shop', 'v1.5.0'],
  ])('is a tag that git is asked for: %s', (command, tag) => {
    const [repository] = host(codeBlock('cd /srv/shop', command), 'local').repositories;
    expect(repository).toMatchObject({tags: [{name: tag}], ahead: []});
  });

  test('is a remote by its name', () => {
    const [repository] = host(codeBlock('cd /srv/shop', 'git fetch upstream'), 'local').repositories;
    expect(repository).toMatchObject({otherRemotes: ['upstream'], isFetched: true});
  });

  test('is what the rest of a line looks for in an answer', () => {
    const {services} = needs(codeBlock(`curl -sf http://localhost:80/health | grep '"version": "1.5.0"'`));
    expect(services).toMatchObject([{new: {holds: ['"version": "1.5.0"']}}]);
  });
});
