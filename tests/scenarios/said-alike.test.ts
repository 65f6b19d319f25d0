/** What the console, `check` and `init` say of one document: keys are pressed and cells read in tmux. */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing} from '../helpers/tmux.ts';

const checklist = `# Release
## Preparation
\`\`\`bash
until [ -e go ]; do sleep 0.1; done
echo new > version.txt
\`\`\`
## Deployment
### Step 1: Build
\`\`\`bash
echo built
\`\`\`
### Step 2: Announce
- [ ] Tell the team
## Monitoring (First 2 Hours)
- [ ] Error rate > 5% or p95 latency > 800ms
## Rollback
### When to roll back
- Error rate > 5% or p95 latency > 800ms
### Steps
\`\`\`bash
echo back
\`\`\`
`;

describe.skipIf(tmuxMissing)('one document, in tmux', () => {
  let directory: string;
  let operator: Operator;
  let terminal: Terminal;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-alike-'));
    writeFileSync(join(directory, 'deploy.md'), checklist);
    operator = newOperator(directory, {HOME: directory, TERM: 'xterm-256color'});
    terminal = startTerminal(operator.environment, {cwd: directory, columns: 120, rows: 70});
  });
  afterEach(() => {
    terminal?.stop();
    operator?.stop();
    rmSync(directory, {recursive: true, force: true, maxRetries: 5});
  });

  test('check counts its steps once, reads each bound of a line for itself, and names init and what nothing verifies', async () => {
    const page = await terminal
      .open('check', 'deploy.md')
      .shows(/RULES ─+[\s\S]*next +.*[\s\S]*check deploy\.md --connect/);
    const [, total] = /understood +(\d+) steps/.exec(page) ?? [];
    const parts = [/(\d+) run by themselves/, /(\d+) for a person/, /(\d+) ticked by/].map(
      part => part.exec(page)?.[1],
    );
    expect(parts.reduce((sum, count) => sum + Number(count), 0)).toBe(Number(total));
    const [, plan] = /PLAN ─+ (\d+) steps/.exec(page) ?? [];
    const [, back] = /ROLLBACK ─+ (\d+) step/.exec(page) ?? [];
    expect(Number(plan) + Number(back)).toBe(Number(total));
    expect(page).not.toContain('P95 error rate');
    expect(page.match(/ error rate +> 5 %/g)).toHaveLength(2);
    expect(page.match(/P95 response time +> 800 ms/g)).toHaveLength(2);
    expect(page).toMatch(/nothing in the rollback verifies its result/);
    expect(page).toMatch(/next +.* init deploy\.md/);
  });

  test('init gives each rule of a line a match of its own, and check takes both', async () => {
    const {code} = await operator.run('init', 'deploy.md');
    expect(code).toBe(0);
    const file = join(directory, 'tminus.yaml');
    const matches = [...readFileSync(file, 'utf8').matchAll(/match: "(line:[^"]*)"/g)].map(([, match]) => match);
    expect(new Set(matches).size).toBe(matches.length);
    expect(matches).toHaveLength(4);
    const ties = matches.map(match => `  - {match: "${match}", probe: health}`);
    writeFileSync(
      file,
      `tminus: 1\nprobes:\n  health: {http: "http://127.0.0.1:9/", every: 5s}\nrules:\n${ties.join('\n')}\n`,
    );
    const page = await terminal.open('check', 'deploy.md').shows(/RULES ─+/);
    expect(page).not.toMatch(/ambiguous|unknown-binding/);
    expect(page.match(/measured by health/g)).toHaveLength(4);
  });

  test('a says from where it runs on, and a rollback that nothing verifies is no failed one', async () => {
    const window = terminal.open('run', 'deploy.md');
    await window.shows(/› +○ Preparation/);
    window.press('G');
    await window.shows(/› (?!.*Preparation)/);
    window.press('a');
    await window.shows(/running on from the first open step, Preparation, until something needs you/);
    await window.shows(/◐ .*Preparation/);
    writeFileSync(join(directory, 'go'), '');
    await operator.recorded('run-on-switched', ({on}) => !on);
    window.press('R');
    await window.shows(/Rolling back in \d s/);
    window.press('R');
    await operator.recorded('rollback-finished', ({result}) => result !== 'rolled-back');
    const screen = await window.shows('ROLLED BACK, NOT VERIFIED');
    expect(screen).not.toContain('ROLLBACK FAILED');
  });
});
