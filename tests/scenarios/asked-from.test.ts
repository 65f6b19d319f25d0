import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {NAMED_SERVER, type Namespace, namespacesMissing, openNamespace} from '../helpers/namespace.ts';
import {finishedSteps} from '../helpers/program.ts';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';

const checklist = (port: number) => `# Release
## Deployment
### Step 1: Restart
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo new > version
\`\`\`
### Step 2: Verify
\`\`\`bash
ssh user@your-vps-ip
curl http://localhost:${port}/health
# Expected: {"name": "the host"}
\`\`\`
### Step 3: Verify what moved
\`\`\`bash
ssh user@your-vps-ip
curl -sL http://localhost:${port}/moved
# Expected: {"url": "/arrived", "name": "the host"}
\`\`\`
## Rollback
### Step 1: Restore
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo old > version
\`\`\`
### Step 2: Check
\`\`\`bash
ssh user@your-vps-ip
curl http://localhost:${port}/PATH
\`\`\`
`;

describe.skipIf(sshdMissing || namespacesMissing)('localhost behind ssh is that of the host', () => {
  let namespace: Namespace;
  let mine: Server;
  let port: number;
  const hosts: SmallHost[] = [];

  beforeAll(async () => {
    namespace = openNamespace();
    mine = createServer((_request, response) => response.end('{"name": "this machine", "url": "/arrived"}'));
    await new Promise<void>(resolve => mine.listen(0, '127.0.0.1', resolve));
    ({port} = mine.address() as AddressInfo);
    await namespace.start(NAMED_SERVER, 'the host', String(port));
  });
  afterAll(async () => {
    for (const host of hosts) await host.stop();
    mine?.close();
    namespace?.stop();
  });

  async function deployed(path: string): Promise<SmallHost> {
    const probe = `{ http: "http://localhost:${port}/health", on: vps, every: 1s, expect: { json: { name: the host } } }`;
    const more = `probes:\n  health: ${probe}\nrollback: { countdown: 1s }\n`;
    const host = await startSmallHost({checklist: checklist(port).replace('PATH', path), more, machine: namespace});
    hosts.push(host);
    const {operator} = host;
    const {code, said, events} = await operator.run('run', host.checklist, '-b', host.bindings, '--auto', '--json');
    expect({code, said}).toEqual({code: 0, said: ''});
    expect(finishedSteps(events).map(({verdict}) => verdict.kind)).toEqual(['passed', 'passed', 'passed']);
    expect(host.lines('version')).toEqual(['new']);
    await operator.idle();
    return host;
  }

  test('for steps, for a probe on it, and for what verifies a rollback', async () => {
    const {operator, lines, checklist: document, bindings} = await deployed('health');
    const {out} = await operator.run('check', document, '-b', bindings, '--connect');
    expect(out).toMatch(/probe health +[\d.,]+ ms/);
    const back = await operator.run('rollback', '--json');
    expect({code: back.code, said: back.said}).toEqual({code: 4, said: ''});
    expect(lines('version')).toEqual(['old']);
  });

  test('so that no answer of this machine says that the host is as it was', async () => {
    const {operator} = await deployed('missing');
    const back = await operator.run('rollback', '--json');
    expect(back.code).toBe(5);
    const ended = (await operator.journal()).find(event => event.type === 'rollback-finished');
    expect(ended).toMatchObject({because: expect.stringContaining('status 404')});
  });
});
