import {randomUUID} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Fence} from '../../../src/actions/shell.ts';
import type {World} from '../../../src/actions/world.ts';
import type {GroupBinding} from '../../../src/plan/bindings-file/types.ts';
import type {Place} from '../../../src/plan/script.ts';
import {judge} from '../../../src/run/judging/judge.ts';
import {settledHosts} from '../../../src/run/judging/judge-hosts.ts';
import type {Outcome, OutcomeOnHosts} from '../../../src/run/outcome.ts';
import {compact} from '../../../src/text/compact.ts';
import {eventually} from '../../helpers/eventually.ts';
import {ansibleMissing, startGroup, type TestGroup} from '../../helpers/group.ts';
import {processesWith} from '../../helpers/proc.ts';
import {bindings, commands, expectKind, openTestWorld, performed, script} from '../../helpers/real-world.ts';
import {script as scriptStep, commands as stageOf} from '../../run/build.ts';

const plainStep = scriptStep('s', 'deploy', [stageOf('true')]);
const web: Place = {kind: 'host', host: 'web', destination: 'deploy@web'};

// A task of Ansible is mostly waiting. The longest stand first.
describe.skipIf(ansibleMissing).concurrent('a script on a group of hosts', () => {
  const root = mkdtempSync(join(tmpdir(), 'tminus-group-'));
  let group: TestGroup;
  let world: World;
  const worlds: World[] = [];
  let files = 0;

  beforeAll(async () => {
    group = await startGroup(root, 3);
    world = open();
  });

  afterAll(async () => {
    await Promise.all(worlds.map(one => one.close()));
    await group.stop();
    rmSync(root, {recursive: true, force: true});
  });

  /** That no other test has. */
  function newFile(): string {
    files += 1;
    return `ran-${files}`;
  }

  function open(more: Partial<GroupBinding> = {}, fence?: Fence): World {
    const own = {inventory: 'hosts.ini', name: 'web', maxFailures: {hosts: 0}, ...more};
    const hosts = {web: {matches: ['deploy@web'], destination: 'group web of hosts.ini', group: own, line: 1}};
    const {world: opened} = openTestWorld(
      compact({directory: root, bindings: bindings({hosts}), fence: fence && (() => fence)}),
    );
    worlds.push(opened);
    return opened;
  }

  /** A world of its own for whoever cuts ways. */
  async function byWays() {
    const {inventory, ways} = await group.byWays();
    return {world: open({inventory}), ways};
  }

  test('finds the job again on a host whose link was lost in the middle, and runs nothing twice', async () => {
    const file = newFile();
    const {world: other, ways} = await byWays();
    const [, , third] = ways;
    const go = join(root, `${file}.go`);
    const wait = `while [ ! -e ${go} ]; do sleep 0.1; done`;
    const request = script([commands(`echo once >>${file}`, wait, 'echo end')], {place: web});
    let printed = '';
    const told = (_: string, chunk: Buffer | string) => {
      printed += chunk.toString();
    };
    const running = other.perform(request, told, new AbortController().signal);
    await eventually('the job on web3', () => printed.includes('web3 | $ echo once'));
    third?.cut();
    const before = third?.connections() ?? 0;
    await eventually('a try to reach web3', () => (third?.connections() ?? 0) > before);
    writeFileSync(go, '');
    third?.mend();
    expect(ends(await running)).toEqual({web1: 0, web2: 0, web3: 0});
    expect(printed).toContain('web3 | end\n');
    for (const {lines} of group.hosts) expect(lines(file)).toEqual(['once']);
  });

  test('never begins on a host where it was stopped before, also when its start arrives later', async () => {
    const file = newFile();
    const {world: other, ways} = await byWays();
    const [first] = ways;
    const stop = new AbortController();
    const request = script([commands(`echo once >>${file}`)], {place: web});
    // Nothing reaches this host, so it has certainly not begun.
    first.stall();
    const running = performed(other, request, stop.signal);
    await eventually('the job on web2 and web3', () =>
      group.hosts.slice(1).every(({lines}) => lines(file).length === 1),
    );
    first.cut();
    const before = first.connections();
    stop.abort();
    await eventually('a try to stop it there', () => first.connections() > before);
    first.mend();
    const {outcome} = await running;
    expect(onHosts(outcome).hosts[0]?.outcome).toMatchObject({
      kind: 'cancelled',
      detail: 'stopped before it began',
    });
    // The same start once more is what a slow connection brings late.
    const late = await performed(other, {...request, takenUp: {agoMs: 1000, seen: false}});
    expect(ends(late.outcome)).toEqual({web1: 'lost', web2: 0, web3: 0});
    expect(group.hosts.map(({lines}) => lines(file).length)).toEqual([0, 1, 1]);
  });

  test('begins on no host where nobody could look whether it was begun under another account', async () => {
    const file = newFile();
    const request = script([commands(`echo once >>${file}`)], {place: web});
    const takenUp = {agoMs: 1000, seen: false, unlooked: ['web2']};
    const {outcome} = await performed(world, {...request, takenUp});
    expect(ends(outcome)).toEqual({web1: 0, web2: 'lost', web3: 0});
    expect(group.hosts.map(({lines}) => lines(file).length)).toEqual([1, 0, 1]);
  });

  test('is run once on each, all that each printed arrives as it was, and what all agree on goes on', async () => {
    const file = newFile();
    const lines = [
      `echo once >>${file}`,
      'printf "braces {{ x }} {%% y %%} é \\377 %s\\n" "$HOME"',
      'export SAME=yes OTHER="$HOME"',
      'cd /tmp',
      'printf "no end"',
    ];
    const slow = open({inventory: group.slowInventory});
    const {outcome, printed} = await performed(slow, script([commands(...lines)], {place: web}));
    expect(ends(outcome)).toEqual({web1: 0, web2: 0, web3: 0});
    for (const {name, lines, sshd} of group.hosts) {
      expect(lines(file)).toEqual(['once']);
      expect(printed).toContain(`${name} | braces {{ x }} {% y %} é \uFFFD ${sshd.directory}/home\n`);
      expect(printed).toContain(`${name} | no end\n`);
    }
    expect(onHosts(outcome)).toMatchObject({directory: '/tmp', exports: {SAME: 'yes'}});
    expect(onHosts(outcome).differs).toEqual(['OTHER is not the same on web1 and web2, so no later step has it']);
  });

  test('takes up more output than fits into one answer', async () => {
    const request = script([commands('for i in $(seq 1 20000); do echo "line $i of many"; done', 'echo over')], {
      place: web,
    });
    const {outcome, printed} = await performed(world, request);
    expect(ends(outcome)).toEqual({web1: 0, web2: 0, web3: 0});
    const own = printed.split('\n').filter(line => line.startsWith('web2 | '));
    expect(own.filter(line => line.endsWith('of many')).length).toBe(20_000);
    expect(own.at(-1)).toBe('web2 | over');
  });

  test('is unknown on a host that cannot be reached, and goes on on the others', async () => {
    const file = newFile();
    const {world: other, ways} = await byWays();
    ways[1]?.cut();
    const {outcome} = await performed(other, script([commands(`echo once >>${file}`)], {place: web}));
    expect(ends(outcome)).toEqual({web1: 0, web2: 'lost', web3: 0});
    const lost = onHosts(outcome).hosts[1]?.outcome;
    expect(lost).toMatchObject({detail: expect.stringMatching(/^unreachable: /)});
  });

  test('is tried again only where it has not passed', async () => {
    const file = newFile();
    const lines = [
      `echo once >>${file}`,
      `[ "$HOME" != '${group.hosts[0]?.sshd.directory}/home' ] || [ -e ${file}.ok ]`,
    ];
    const request = script([commands(...lines)], {place: web});
    const {outcome} = await performed(world, request);
    expect(ends(outcome)).toEqual({web1: 1, web2: 0, web3: 0});
    const before = settledHosts(outcome, judge(plainStep, outcome)) ?? [];
    const {outcome: second} = await performed(world, {...request, jobId: `${request.jobId}-2`, before});
    expect(ends(second)).toEqual({web1: 1, web2: 0, web3: 0});
    expect(group.hosts.map(({lines}) => lines(file).length)).toEqual([2, 1, 1]);
  });

  test('is stopped on every host', async () => {
    const file = newFile();
    const stop = new AbortController();
    const running = performed(world, script([commands(`echo $$ >>${file}`, 'sleep 600')], {place: web}), stop.signal);
    await eventually('the jobs', () => group.hosts.every(({lines}) => lines(file).length > 0));
    stop.abort();
    const {outcome} = await running;
    expect(ends(outcome)).toEqual({web1: 'cancelled', web2: 'cancelled', web3: 'cancelled'});
    for (const {lines} of group.hosts) expect(() => process.kill(Number(lines(file)[0]), 0)).toThrow('ESRCH');
  });

  test('begins on no host where a run with a higher number has been', async () => {
    const file = newFile();
    const newer = open({}, {key: 'shop', number: 7});
    const older = open({}, {key: 'shop', number: 6});
    const request = () => script([commands(`echo ran >>${file}`)], {place: web});
    expect(ends((await performed(newer, request())).outcome)).toEqual({web1: 0, web2: 0, web3: 0});
    const late = expectKind((await performed(older, request())).outcome, 'on-hosts');
    const refused = {kind: 'refused', reason: 'fenced'};
    expect(late.hosts.map(({outcome}) => outcome)).toMatchObject([refused, refused, refused]);
    for (const {lines} of group.hosts) expect(lines(file)).toEqual(['ran']);
  });

  test('has requests sent by curl on each host, and judged by status and body', async () => {
    const server = createServer((asked, answer) => {
      answer.statusCode = asked.url === '/sick' ? 503 : 200;
      answer.end(asked.url === '/sick' ? 'down\n' : '{"status": "up"}\n');
    });
    const port = await new Promise<number>(resolve => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    const ask = async (...paths: readonly string[]) => {
      const stages = paths.map((path, index) => ({
        kind: 'http' as const,
        request: {line: index + 1, method: 'GET', url: `http://127.0.0.1:${port}${path}`, headers: {}, insecure: false},
      }));
      return await performed(world, script([...stages], {place: web}));
    };
    const [{outcome, printed}, well] = await Promise.all([ask('/well', '/sick'), ask('/well')]);
    server.close();
    const [first] = onHosts(outcome).hosts;
    expect(expectKind(first?.outcome as Outcome, 'exited').answers).toMatchObject([
      {line: 1, status: 200, body: '{"status": "up"}\n'},
      {line: 2, status: 503, body: 'down\n'},
    ]);
    expect(judge(plainStep, outcome)).toMatchObject({kind: 'failed', because: expect.stringContaining('status 503')});
    expect(judge(plainStep, well.outcome).kind).toBe('passed');
    expect(printed).toContain('web1 | HTTP 200\n');
    expect(printed).not.toContain('tminus-answer');
  });

  test('needs a group that the inventory has', async () => {
    const other = open({name: 'wbe'});
    const {outcome} = await performed(other, script([commands('true')], {place: web}));
    expect(expectKind(outcome, 'refused').detail).toBe('there is no group wbe in hosts.ini; did you mean web?');
  });

  test('proves what holds on every host, and says on which it does not', async () => {
    const [first] = group.hosts;
    const proofs = [
      {id: 'everywhere', sh: '[ -d "$HOME" ]', missing: ''},
      {id: 'on one', sh: `[ "$HOME" = '${first.sshd.directory}/home' ]`, missing: ''},
    ];
    const looks = [
      {id: 'same', sh: 'echo v1'},
      {id: 'other', sh: `[ "$HOME" = '${first.sshd.directory}/home' ] && echo v2 || echo v1`},
    ];
    const [proved, read] = await Promise.all([
      world.prove(web, 'rollback', proofs),
      world.read(web, 'rollback', looks),
    ]);
    expect(proved).toMatchObject({
      everywhere: {notOn: [], hosts: 3},
      'on one': {notOn: ['web2', 'web3'], hosts: 3},
    });
    expect(read).toEqual({same: 'v1', other: 'v1 on 2, v2 on 1'});
  });

  test('does not know what takes too long on a host, ends it there, and knows all else', async () => {
    const name = `asked-${randomUUID()}`;
    const onSecond = `[ "$HOME" = '${group.hosts[1]?.home}' ]`;
    const long = `${onSecond} && env NAME=${name} sleep 600`;
    const [proved, read, captured] = await Promise.all([
      world.prove(web, 'rollback', [
        {id: 'long', sh: `${long} || ! ${onSecond}`, missing: 'nothing is there'},
        {id: 'other', sh: ':', missing: ''},
        {id: 'never', sh: 'false', missing: ''},
      ]),
      world.read(web, 'rollback', [
        {id: 'long', sh: `${long}; echo v1`},
        {id: 'other', sh: 'echo v1'},
        {id: 'none', sh: ':'},
      ]),
      world.capture(web, 'echo asked', 60_000),
    ]);
    const silent = {hosts: ['web2'], because: 'no answer within 10 s about: nothing is there'};
    expect(proved).toEqual({
      long: {notOn: ['web2'], hosts: 3, ageMs: 0, silent},
      other: {notOn: [], hosts: 3, ageMs: 0},
      never: {notOn: ['web1', 'web2', 'web3'], hosts: 3, ageMs: 0},
    });
    expect(read).toEqual({long: 'v1 on 2, not known on 1', other: 'v1'});
    expect(captured).toEqual({code: 0, output: 'asked\n'.repeat(3)});
    await eventually('the end of what was asked', () => processesWith(name).length === 0);
  });

  test('proves nothing on hosts that cannot be reached, and names them; nothing at all where none can be', async () => {
    const {world: other, ways} = await byWays();
    for (const way of ways.slice(1)) way.cut();
    const prove = () => other.prove(web, 'rollback', [{id: 'any', sh: ':', missing: ''}]);
    expect(await prove()).toMatchObject({
      any: {notOn: ['web2', 'web3'], hosts: 3, silent: {hosts: ['web2', 'web3'], because: expect.stringMatching(/./)}},
    });
    ways[0].cut();
    await expect(prove()).rejects.toThrow(/^web1, web2, web3: .+/);
  });
});

function ends(outcome: Outcome): Record<string, number | string> {
  return Object.fromEntries(
    onHosts(outcome).hosts.map(({host, outcome: own}) => [host, own.kind === 'exited' ? own.code : own.kind]),
  );
}

function onHosts(outcome: Outcome): OutcomeOnHosts {
  return expectKind(outcome, 'on-hosts');
}
