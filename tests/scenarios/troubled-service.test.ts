/** A service that answers, then answers in part, then not at all: what its operator presses and reads in tmux meanwhile. */
import {appendFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';
import {serve} from '../probes/local-world.ts';

const TITLES = [
  'The pull request is reviewed and approved by two others',
  'All migrations were tried on a copy of production',
  'Support knows when the release begins',
  'The applications accept the answers of both',
];

const checklist = (health: string) => `# Release
## Preparation
${TITLES.map(title => `- [ ] ${title}`).join('\n')}
### Rights of new files
\`\`\`bash
umask
\`\`\`
## Deployment
### Put the new version in place
\`\`\`bash
echo deployed
\`\`\`
## Monitoring (First 2 Hours)
- [ ] P95: <5000ms
## Rollback
### When to roll back
- Error rate > 60%
### Step 1: Restore
\`\`\`bash
echo back >state
\`\`\`
### Step 2: Check
\`\`\`bash
curl ${health}
# Expected: {"status": "healthy"}
\`\`\`
`;

const bindings = (health: string) => `tminus: 1
probes:
  health: { http: "${health}", every: 200ms }
logs:
  app: { on: local, tail: app.log }
rules:
  - { match: "P95: <5000ms", probe: health }
  - { match: "Error rate > 60%", probe: health, window: 20s }
`;

const TRACEBACK = ['Traceback (most recent call last):', '  File "cart.py", line 12, in total', "KeyError: 'price'"];

const stamped = (second: number, text: string) => `2026-01-05 13:10:${String(second).padStart(2, '0')},000 ${text}`;
const LOG = Array.from({length: 50}, (_, second) =>
  second === 10 || second === 30
    ? [stamped(second, `ERROR shop request ${second} failed`), ...TRACEBACK]
    : [stamped(second, `${second === 20 ? 'WARNING' : 'INFO'} shop request ${second} took 12 ms`)],
).flat();

describe.skipIf(tmuxMissing)('in front of a service in trouble, in tmux', () => {
  let directory: string;
  let operator: Operator;
  let terminal: Terminal;
  let web: Awaited<ReturnType<typeof serve>>;
  let answered = 0;
  /** One of so many answers is a failure; 0: none is. */
  let failsEvery = 0;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-trouble-'));
    web = await serve((_request, response) => {
      answered += 1;
      const fails = failsEvery > 0 && answered % failsEvery === 0;
      response.writeHead(fails ? 500 : 200).end('{"status": "healthy"}');
    });
    writeFileSync(join(directory, 'deploy.md'), checklist(`${web.url}/health`));
    writeFileSync(join(directory, 'tminus.yaml'), bindings(`${web.url}/health`));
    writeFileSync(join(directory, 'app.log'), `${LOG.join('\n')}\n`);
    operator = newOperator(directory, {HOME: directory, TERM: 'xterm-256color'});
    terminal = startTerminal(operator.environment, {cwd: directory});
  });
  afterEach(async () => {
    terminal?.stop();
    operator?.stop();
    await web?.[Symbol.asyncDispose]();
    rmSync(directory, {recursive: true, force: true, maxRetries: 5});
  });

  test('the log is searched and filtered, the charts tell the trouble, and a rollback that is over stays over', async () => {
    const window = terminal.open('run', 'deploy.md');
    await window.shows(/request 49 took/);
    await readTheLog(window);
    await deploy(window);
    await seeTheTrouble(window);
    await rollBackOnce(window);
  });

  /** While nothing was printed the log has the rows, and titles the columns that they need. */
  async function readTheLog(window: Window): Promise<void> {
    const idle = await window.shows(/13:10:49 INFO shop request 49 took/);
    // The row under the cursor has as many rows as its title needs.
    expect(idle).toMatch(/› +○ The pull request is reviewed and approved by two +│.*\n│ +others +│/);
    for (const title of TITLES.slice(1)) expect(idle).toContain(title);
    expect(idle).not.toContain('2026-01-05 13:10');
    expect(idle.match(/│ *13:10:\d\d \w+ +shop/g)?.length).toBeGreaterThan(15);

    window.press('4', 'e');
    await window.shows('no later line with an error; E goes back');
    window.press('/');
    await window.shows(/╭─ Search/);
    window.press('-l', 'failed');
    window.press('Enter');
    await window.shows('/failed 2/2');
    window.press('N');
    await window.shows('/failed 1/2');
    window.press('/');
    await window.shows('Search (empty: "failed" again)');
    window.press('C-g');
    await window.shows(/^(?![\s\S]*Search \(empty)/);
    window.press('C-g');
    await window.shows(/^(?![\s\S]*\/failed \d)/);
    window.press('G', '&');
    await window.shows(/╭─ .*[Kk]eep/);
    window.press('-l', 'ERROR');
    window.press('Enter');
    const kept = await window.shows(/&ERROR .*48 hidden/);
    for (const line of ['request 10 failed', 'request 30 failed', "KeyError: 'price'"]) expect(kept).toContain(line);
    expect(kept.match(/File "cart\.py", line 12/g)).toHaveLength(2);
    window.press('&');
    await window.shows(/╭─ .*[Kk]eep/);
    window.press('-l', 'WARNING');
    window.press('Enter');
    await window.shows(/&ERROR .*&WARNING .*47 hidden/);
    window.press('C-g');
    await window.shows(/&ERROR .*48 hidden/);
    window.press('C-g');
    await window.shows(/^(?![\s\S]*hidden)/);

    window.press('G', 'k');
    await window.shows('scrolled up');
    appendFileSync(join(directory, 'app.log'), `${stamped(50, 'INFO shop request 50 took 12 ms')}\n`);
    await window.shows('scrolled up · 1 new · G follows');
    window.press('G');
    await window.shows(/request 50 took/);
    window.press('p');
    await window.shows('PAUSED');
    appendFileSync(join(directory, 'app.log'), `${stamped(51, 'INFO shop request 51 took 12 ms')}\n`);
    await window.shows('PAUSED · 1 new · p goes on');
    window.press('p');
    await window.shows(/request 51 took/);
  }

  async function deploy(window: Window): Promise<void> {
    window.press('1');
    for (const title of TITLES) {
      await window.shows(new RegExp(`› +○ ${title.slice(0, 40)}`));
      window.press('Enter');
    }
    await window.shows(/› +○ .*Rights of new files/);
    window.press('Enter');
    // Commands of this machine make files as their operator would.
    await window.shows(new RegExp(`│ 0*${process.umask().toString(8).padStart(3, '0')} *│`));
    await window.shows(/› +○ .*Put the new version/);
    window.press('Enter');
    await window.shows(/✓ .*Put the new version|› .*P95/);
  }

  async function seeTheTrouble(window: Window): Promise<void> {
    const samples = () => answered;
    const before = samples();
    failsEvery = 3;
    // From its first reading on each chart has a line, and P95 stands beside what failed, whatever answer came last.
    await window.shows(/P95 .* \d+ failed/);
    for (let look = 0; look < 20; look += 1) {
      const [latency = '', errors = ''] = chartsOf(window.screen());
      expect(latency).toMatch(/P95 \d/);
      expect(latency).not.toContain('no reading');
      expect(errors).toMatch(/[─╭╮╰╯]/);
      const next = samples();
      await eventually('the next answer', () => samples() > next);
    }
    expect(samples() - before).toBeGreaterThan(20);
    failsEvery = 1;
    const tripped = await window.shows('A rollback trigger has tripped');
    expect(tripped).toMatch(/app\.log: .*KeyError/);
    // The cause, its value and its bound, each with its unit, and one key that looks like the one to press.
    const share = Number(/TRIPPED .*error rate (\d+(?:\.\d+)?) % \(rollback >60 %\)/.exec(tripped)?.[1]);
    expect(share).toBeGreaterThan(60);
    const cells = window.cells();
    const danger = inkOf(cells, '╭─ A rollback trigger');
    expect(inkOf(cells, '╭─ Errors')).toBe(danger);
    expect(inkOf(cells, '╭─ 1 Checklist')).not.toBe(danger);
    // The scale holds the value.
    const scale = Math.max(
      ...[...(chartsOf(tripped)[1] ?? '').matchAll(/^ *(\d+(?:\.\d+)?) /gm)].map(([, top]) => Number(top)),
    );
    expect(scale).toBeGreaterThanOrEqual(share);
  }

  async function rollBackOnce(window: Window): Promise<void> {
    failsEvery = 0;
    window.press('R');
    await window.shows(/Rolling back in \d s[\s\S]*error rate \d+(?:\.\d+)? % (?:\(rollback )?>60 %/);
    window.press('R');
    const {seq} = await operator.recorded('rollback-finished', ({result}) => result === 'rolled-back');
    await window.shows(/Rolled back, verified/);
    window.press('C-g');
    await window.shows(/^(?![\s\S]*Esc closes this)/);
    window.press('R');
    await window.shows('it is rolled back already');
    window.press('C-g');
    const later = await window.shows('OLD VERSION VERIFIED');
    expect(later).not.toContain('TRIPPED');
    const since = (await operator.journal()).filter(event => event.seq > seq);
    expect(since.filter(({type}) => type.startsWith('rollback-') || type === 'trigger-fired')).toEqual([]);
  }
});

/** The text inside the frames of the charts, the highest first. */
function chartsOf(screen: string): string[] {
  const left =
    screen
      .split('\n')
      .find(row => row.includes('╭─ 3 '))
      ?.indexOf('╭─ 3 ') ?? 0;
  const charts: string[] = [];
  for (const row of screen.split('\n')) {
    const part = row.slice(left);
    if (part.startsWith('╭─')) charts.push('');
    if (part.startsWith('│')) charts[charts.length - 1] += `${part.slice(1, -1)}\n`;
  }
  return charts;
}

function inkOf(cells: ReturnType<Window['cells']>, text: string): string | undefined {
  const row = cells.find(each => each.text.includes(text));
  return row?.ink[row.text.indexOf(text)];
}
