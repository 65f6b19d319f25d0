/** A document of one's own is played, deploy and rollback, against a target that is made of its own commands. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, describe, expect, test} from 'vitest';
import {whyNoBox} from '../../src/rehearsal/own/box/box-command.ts';
import {EXIT} from '../../src/run/exit-codes.ts';
import {acceptReading, finishedSteps, newOperator, program} from '../helpers/program.ts';

const missing = whyNoBox();
if (missing !== undefined) process.stderr.write(`\nTests of boxes are SKIPPED: ${missing}\n`);

const DOCUMENT = `# Release of the shop

## Prepare

\`\`\`bash
ssh deploy@shop.acme-corp.com
cd /srv/shop
git tag before-release
mkdir -p /var/backups/shop
pg_dump -Fc -d shop -f /var/backups/shop/shop.dump
\`\`\`

## Deploy

\`\`\`bash
ssh deploy@shop.acme-corp.com
cd /srv/shop
git pull origin main
npm ci
sudo systemctl restart shop
systemctl is-active shop
\`\`\`

- [ ] \`curl -f https://shop.acme-corp.com/health\` # Expected: {"status": "ok"}

\`\`\`sql
select count(*) from orders;
-- Expected: 5+
\`\`\`

## Rollback

\`\`\`bash
ssh deploy@shop.acme-corp.com
cd /srv/shop
git checkout before-release
test -s /var/backups/shop/shop.dump
npm ci
sudo systemctl restart shop
\`\`\`
`;
/** Nobody has such a host, and nobody is asked for it. */
const BINDINGS = `tminus: 1
hosts:
  shop: { matches: deploy@shop.acme-corp.com, destination: "release@203.0.113.7:2222", directory: /srv/shop }
databases:
  main: { url: "postgres://shop:secret@db.acme-corp.com:6432/shop", default: true, via: shop }
`;

describe.skipIf(missing !== undefined)('a document of one’s own', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-own-'));
  const at = (name: string) => join(directory, name);
  const checklist = at('deploy.md');
  writeFileSync(checklist, DOCUMENT);
  writeFileSync(at('tminus.yaml'), BINDINGS);
  const operator = newOperator(directory);
  /** With its reading accepted; the bindings lie beside it. */
  const written = (name: string, text: string) => {
    writeFileSync(at(name), text);
    acceptReading(directory, operator.environment, [at(name)]);
    return at(name);
  };
  const lineOf = (text: string) => DOCUMENT.split('\n').indexOf(text) + 1;

  afterEach(() => operator.endEngines());
  afterAll(() => {
    operator.stop();
    rmSync(directory, {recursive: true, force: true});
  });

  test('that nobody has read is not played', async () => {
    const {code, said} = await operator.run('rehearse', checklist, '--plain');
    expect({code, said}).toEqual({code: EXIT.refused, said: expect.stringContaining('nothing of Release of the shop')});
  });

  test('is not played where namespaces are refused, which is said with what would help', async () => {
    acceptReading(directory, operator.environment, [checklist]);
    const refusing = 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"';
    const command = [process.execPath, program, 'rehearse', checklist, '--plain'];
    const {status, stderr} = spawnSync(
      'unshare',
      ['--user', '--map-root-user', 'sh', '-c', refusing, 'sh', ...command],
      {cwd: directory, env: operator.environment, encoding: 'utf8'},
    );
    expect(stderr).toMatch(/does not allow it namespaces of its own \(.+\); as root: sysctl/);
    expect(status).toBe(EXIT.refused);
  });

  test('is deployed and rolled back, on hosts, repositories, services and a database of its own', async () => {
    acceptReading(directory, operator.environment, [checklist]);
    const {code, out, said} = await operator.run('rehearse', checklist, '--plain', '--junit', at('found.xml'));
    const events = await operator.journal();
    const statuses = finishedSteps(events).map(({verdict}) => verdict.kind);
    expect(`${said}${out}`).toContain('played: npm');
    expect(statuses).toEqual(['passed', 'passed', 'passed', 'passed', 'passed']);
    expect(events.find(({type}) => type === 'rollback-finished')).toMatchObject({
      result: 'rolled-back',
      verdict: 'verified',
    });
    expect(events[0]).toMatchObject({type: 'run-opened', rehearsal: true});
    expect(readFileSync(at('found.xml'), 'utf8')).toMatch(/<testsuite name="rehearsal" tests="\d+" failures="0"/);
    expect({code, out}).toEqual({code: EXIT.succeeded, out: expect.stringContaining('Nothing was found that would')});
    const run = await operator.runDirectory();
    expect(readFileSync(join(run, 'stand-ins.ndjson'), 'utf8')).toContain('"program":"npm"');
    await operator.idle();
    // Its box is gone: nothing goes on with it outside.
    for (const command of ['resume', 'rollback']) {
      const after = await operator.run(command, '--plain');
      expect([EXIT.refused, EXIT.usage]).toContain(after.code);
    }
    expect((await operator.run('rollback')).said).toContain('its box is gone');
  });

  test('leads the hosts of an ssh config into the box, and leaves no secret in any file', async () => {
    const secrets = {
      SHOP_PW: 'quietbird-1-database',
      HOOK_TOKEN: 'quietbird-2-webhook',
      HEADER_TOKEN: 'quietbird-3-header',
      DOCKER_VALUE: 'quietbird-4-value',
    };
    const folder = mkdtempSync(join(directory, 'secret-'));
    const own = join(folder, 'deploy.md');
    const text = DOCUMENT.replace('npm ci\nsudo', 'npm ci\nnpm run build -- your-login\nsudo').replace(
      '\n## Rollback',
      '\n- [ ] The status page knows\n\n## Rollback',
    );
    const bindings = BINDINGS.replace('shop:secret@', 'shop:${SHOP_PW}@')
      .replace('directory: /srv/shop', 'directory: /srv/shop, config: ssh_config')
      .concat(
        'values:\n  your-login: {value: "${DOCKER_VALUE}", secret: true}\n',
        'steps:\n  - {match: "The status page knows", http: {method: POST, url: "http://localhost:8099/${HOOK_TOKEN}",',
        ' headers: {Authorization: "Bearer ${HEADER_TOKEN}"}}}\n',
        'notify: [{webhook: "https://hooks.acme-corp.com/${HOOK_TOKEN}", on: [closed]}]\n',
      );
    writeFileSync(own, text);
    writeFileSync(join(folder, 'tminus.yaml'), bindings);
    writeFileSync(join(folder, 'ssh_config'), 'Host *\n  Port 2222\n');
    const keeping = newOperator(folder, secrets);
    try {
      acceptReading(folder, keeping.environment, [own]);
      const {code, out, said} = await keeping.run('rehearse', own, '--plain');
      expect({code, out: `${said}${out}`}).toEqual({
        code: EXIT.succeeded,
        out: expect.not.stringMatching(/no such ssh config|quietbird/),
      });
      await keeping.idle();
      await keeping.run('run', own, '--auto', '--yes', 'all', '--plain');
      await keeping.idle();
      const found = spawnSync('grep', ['-rl', 'quietbird', keeping.home, folder], {encoding: 'utf8'});
      expect(found.stdout).toBe('');
    } finally {
      keeping.stop();
    }
  });

  test('fails at the line that is told to fail, and is rolled back from there', async () => {
    acceptReading(directory, operator.environment, [checklist]);
    const line = lineOf('npm ci');
    const {code, out} = await operator.run('rehearse', checklist, '--plain', '--fault', `step:${line}`);
    const events = await operator.journal();
    expect(finishedSteps(events).map(({verdict}) => verdict.kind)).toEqual(['passed', 'failed', 'passed']);
    expect(events.find(({type}) => type === 'rollback-finished')).toMatchObject({verdict: 'verified'});
    expect(out).toContain(`line ${line}`);
    expect(code).toBe(EXIT.succeeded);
  });

  test('ends with 5 where its rollback fails, and names the line and what it lacks', async () => {
    const text = DOCUMENT.replace('npm ci\nsudo', 'rm -r /var/backups/shop\nnpm ci\nsudo');
    const own = written('rollback-fails.md', text);
    const {code, out} = await operator.run('rehearse', own, '--plain', '--junit', at('failed.xml'));
    const needed = text.split('\n').indexOf('test -s /var/backups/shop/shop.dump') + 1;
    expect({code, out}).toEqual({code: EXIT.rollbackFailed, out: expect.stringMatching(/the rollback: failed/)});
    expect(out).toMatch(new RegExp(`^ +line ${needed} `, 'm'));
    const junit = readFileSync(at('failed.xml'), 'utf8');
    expect(junit).toContain('<failure message="the rollback failed in the play');
    expect(junit).toContain(`name="line ${needed}: `);
  });

  test('ends with 3 where something would have gone wrong, and passes over a program that nobody knows', async () => {
    const text = DOCUMENT.replace(
      'git checkout before-release',
      'git checkout before-release\nfrobnicate --back',
    ).replace(
      'systemctl is-active shop\n',
      'systemctl is-active shop\nsudo systemctl stop reports\nchmod 600 /etc/shop.conf\n',
    );
    const own = written('leaves.md', text);
    const {code, out} = await operator.run('rehearse', own, '--json');
    const found = JSON.parse(out.trim().split('\n').at(-1) ?? '') as {findings: {line: number; kind: string}[]};
    const at = (piece: string) => text.split('\n').findIndex(line => line.includes(piece)) + 1;
    expect(code).toBe(EXIT.stepFailed);
    expect(found).toMatchObject({exitCode: EXIT.stepFailed, rounds: [{rollback: 'verified'}]});
    expect(found.findings.map(({line, kind}) => `${line} ${kind}`)).toEqual(
      expect.arrayContaining([
        `${at('chmod')} left-changed`,
        `${at('stop reports')} left-stopped`,
        `${at('frobnicate')} not-played`,
      ]),
    );
  });

  test('cannot fail at a line where nothing is run, nor by a name of the example', async () => {
    expect((await operator.run('rehearse', checklist, '--plain', '--fault', 'leak')).code).toBe(EXIT.usage);
    expect((await operator.run('rehearse', checklist, '--plain', '--fault', 'step:1')).code).toBe(EXIT.usage);
  });
});
