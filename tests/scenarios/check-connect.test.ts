/** `check --connect` against a real sshd, a real HTTP service and a database that is not there. */
import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {program} from '../helpers/program.ts';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';

const CHECKLIST = `# Release
## Deploy
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
sudo ./restart.sh
\`\`\`
\`\`\`bash
tail -f DIRECTORY/app.log
\`\`\`
## Rollback
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
cp app.backup app
\`\`\`
`;

describe.skipIf(sshdMissing)('a check that connects', () => {
  let host: SmallHost;
  beforeAll(async () => {
    host = await startSmallHost({checklist: CHECKLIST});
    const more = `databases:
  main: { url: "postgres://nobody@127.0.0.1:1/none" }
logs:
  gone: { on: vps, tail: ${host.directory}/gone.log }
probes:
  health: { http: "${host.healthUrl}" }
  load: { on: vps, run: "echo 7" }
  broken: { on: vps, run: "echo many" }
`;
    writeFileSync(host.bindings, more, {flag: 'a'});
    host.write('app.log', 'up\n');
    host.write('app.backup', 'the old version\n');
  });
  afterAll(async () => await host.stop());

  test('proves each thing by itself, sorted, and ends with 69 for the database that does not answer', async () => {
    const {code, out, said} = await host.operator.run('check', host.checklist, '-b', host.bindings, '--connect');
    expect(code).toBe(69);
    expect(said).toBe('');
    const page = out.slice(out.indexOf('CONNECTIONS'));
    const rows = [...page.matchAll(/^ {2}((?:ok {2}|look|FAIL) \S.*?) {2}/gm)].map(([, row = '']) => row);
    expect(rows).toEqual([
      'ok   host vps',
      expect.stringMatching(/^(?:ok|look) +sudo vps$/),
      'FAIL database main',
      'ok   log app',
      'look log gone',
      'look probe broken',
      'ok   probe health',
      'ok   probe load',
      expect.stringMatching(/^ok {3}Rollback/),
    ]);
    expect(page).toMatch(/host vps .*@127\.0\.0\.1:\d+ · key .* · host key SHA256:\S+ known · \d+ ms/);
    expect(page).toMatch(/log app +\S+app\.log · 3 bytes/);
    expect(page).toMatch(/log gone .*is not there yet/);
    expect(page).toMatch(/probe broken .*expected a number/);
    expect(page).toContain('ROLLBACK READINESS');
  });

  test('with --json says it in the same document', async () => {
    const args = [program, 'check', host.checklist, '-b', host.bindings, '--connect', '--json'];
    // Not blocking: the service that is asked lives in this process.
    const ended = promisify(execFile)(process.execPath, args, {env: host.operator.environment});
    const {code, stdout} = await ended.then(
      () => ({code: 0, stdout: ''}),
      error => error,
    );
    expect(code).toBe(69);
    const {connections, readiness, title} = JSON.parse(stdout);
    expect(title).toBe('Release');
    expect(connections.find((one: {kind: string}) => one.kind === 'host')).toMatchObject({name: 'vps', state: 'ok'});
    expect(connections.find((one: {kind: string}) => one.kind === 'database')).toMatchObject({
      name: 'main',
      state: 'failed',
    });
    expect(readiness).toMatchObject([{ready: true}]);
  });
});
