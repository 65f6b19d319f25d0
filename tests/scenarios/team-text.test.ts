/** What steps print, seen by consoles on other machines, with a real PostgreSQL, a pooler before it, and a way that can be cut. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import pg from 'pg';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {pgbouncerMissing, startPgbouncer} from '../helpers/pgbouncer.ts';
import {type Postgres, startPostgres} from '../helpers/postgres.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';
import {addPeople} from '../ledger/people.ts';

let postgres: Postgres;
let proxy: TcpProxy;
let owner: pg.Client;
let directory: string;
const operators: Operator[] = [];
const terminals: Terminal[] = [];

const urlOf = (name: string, port = postgres.port) =>
  `postgres://${name}:${name}-1@127.0.0.1:${port}/postgres?sslmode=disable`;

beforeAll(async () => {
  postgres = await startPostgres();
  proxy = await startTcpProxy(() => postgres.port);
  directory = mkdtempSync(join(tmpdir(), 'tminus-team-text-'));
  expect(await machine('owner', postgres.url).run('ledger', 'setup')).toMatchObject({code: 0});
  owner = new pg.Client({connectionString: postgres.url});
  await owner.connect();
  await addPeople(owner);
});

afterAll(async () => {
  for (const terminal of terminals) terminal.stop();
  for (const operator of operators) operator.stop();
  await owner?.end();
  await proxy?.stop();
  await postgres?.stop();
  rmSync(directory, {recursive: true, force: true});
});

const directoryOf = (name: string) => join(directory, name, 'shop');

/** A machine with its own state and directory; each waits for files in it before it goes on. */
function machine(name: string, url: string): Operator {
  const own = directoryOf(name);
  mkdirSync(own, {recursive: true});
  const operator = newOperator(own, {TMINUS_LEDGER: url, TMPDIR: own});
  operators.push(operator);
  return operator;
}

const go = (name: string, file: string) => writeFileSync(join(directoryOf(name), file), '');
/** Its text does not stand in the command, which the screen shows, too. */
const print = (text: string) => `echo '${text.slice(0, 2)}''${text.slice(2)}'`;
const until = (file: string) => `until [ -e ${file} ]; do sleep 0.1; done`;

/** A run of ana's with a step of these lines, which has begun, and one that waits. Its name also names the checklist. */
async function begun(name: string, lines: readonly string[], url = urlOf('ana')) {
  const ana = machine(name, url);
  const [step, next] = [lines.join('\n'), until('last')].map(one => `\`\`\`bash\n${one}\n\`\`\`\n`);
  const text = `# Deploy\n\n## Deployment\n\n### Step 1: Print\n\n${step}\n### Step 2: Wait\n\n${next}`;
  writeFileSync(join(directoryOf(name), `${name}.md`), text);
  const run = ana.start('run', `${name}.md`, '--auto', '--yes', 'all', '--plain', '--watch', 'none');
  await ana.recorded('step-started');
  const id = basename(await ana.runDirectory());
  await eventually('the run to be in the ledger', async () => (await ana.run('runs', '--team')).out.includes(id));
  return {ana, run, id};
}

function attached(name: string, url: string, ...args: readonly string[]): Window {
  const {environment} = machine(name, url);
  const terminal = startTerminal(environment, {cwd: directoryOf(name)});
  terminals.push(terminal);
  return terminal.open('attach', ...args);
}

const textThere = async (id: string) =>
  (await owner.query('select count(*)::int as all from tminus.texts where run = $1', [id])).rows[0].all;

describe.skipIf(tmuxMissing)('a console on another machine', () => {
  test('shows the newest of 20,000 lines as they come, and says how many are missing; so does one that comes late', async () => {
    const lines = [
      print('before'),
      until('go'),
      'seq -f "printed line %.0f of a step that prints much" 20000',
      until('end'),
    ];
    const {run, id} = await begun('flood', [...lines, print('over')]);
    expect(await textThere(id)).toBe(0);
    const rita = attached('rita', urlOf('rita'), id);
    await rita.shows('before');
    go('flood', 'go');
    await rita.shows('printed line 20000 of a step');
    rita.press('Tab', 'g');
    await rita.shows(/\[tminus\] lines 1 to \d+ are not kept any more/);
    const late = attached('bob', urlOf('bob'), id);
    await late.shows('printed line 20000 of a step');
    late.press('Tab', 'g');
    await late.shows(/\[tminus\] lines 1 to \d+ are not kept any more/);
    late.press('G');
    go('flood', 'end');
    await late.shows('over');
    go('flood', 'last');
    expect((await run.ended).code).toBe(0);
  });

  test.skipIf(pgbouncerMissing)('shows it through a pooler that passes no notices on', async () => {
    const {run, id} = await begun('pooled', [until('go'), print('came through'), until('last')]);
    const pooler = await startPgbouncer(postgres);
    try {
      const window = attached('rita-pooled', pooler.url, id);
      await window.shows('nothing printed yet');
      go('pooled', 'go');
      await window.shows('came through');
      go('pooled', 'last');
      expect((await run.ended).code).toBe(0);
    } finally {
      pooler.stop();
    }
  });

  test('keeps no step waiting when the ledger is cut, and shows what came meanwhile when it is back', async () => {
    const step = [print('before'), until('go'), 'seq -f "meanwhile %.0f" 5000', until('end'), print('over')];
    const {ana, run, id} = await begun('cut', step, urlOf('ana', proxy.port));
    const window = attached('rita-cut', urlOf('rita'), id);
    await window.shows('before');
    proxy.stall();
    go('cut', 'go');
    go('cut', 'end');
    // It ends while nothing gets through: nothing waits for the ledger.
    expect(await ana.recorded('step-finished')).toMatchObject({verdict: {kind: 'passed'}});
    expect(window.screen()).not.toMatch(/meanwhile \d/);
    proxy.cut();
    proxy.mend();
    await window.shows('over');
    window.press('Tab', 'g');
    await window.shows('meanwhile 1');
    go('cut', 'last');
    expect((await run.ended).code).toBe(0);
  });
});
