/** What an exit code, or a figure of another unit, does not prove is not shown as proved: pressed and read in tmux. */
import {appendFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing} from '../helpers/tmux.ts';

const checklist = `# Release
## Preparation
- [ ] At least 1 GB free: \`df -h /\`
## Deployment
\`\`\`bash
echo deployed
\`\`\`
## Monitoring (First 2 Hours)
- [ ] Error rate < 1%
## Rollback
\`\`\`bash
echo back
\`\`\`
`;

const counted = (rules: string) => `tminus: 1
probes:
  errors: { log: app, count: "ERROR", every: 200ms }
logs:
  app: { on: local, tail: app.log }
${rules}`;

const TIED = 'rules:\n  - { match: "Error rate < 1%", probe: errors }\n';
const ERRORS = 600;

describe.skipIf(tmuxMissing)('a step and a rule that nothing proves', () => {
  let directory: string;
  let operator: Operator;
  let terminal: Terminal;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-unproved-'));
    writeFileSync(join(directory, 'deploy.md'), checklist);
    writeFileSync(join(directory, 'app.log'), 'started\n');
    operator = newOperator(directory, {HOME: directory});
    terminal = startTerminal(operator.environment, {cwd: directory});
  });
  afterEach(() => {
    terminal?.stop();
    operator?.stop();
    rmSync(directory, {recursive: true, force: true, maxRetries: 5});
  });

  test('a count of log lines tied to a share: check and run say so, and no run begins with it', async () => {
    writeFileSync(join(directory, 'tminus.yaml'), counted(TIED));
    const refusal = /`errors` is measured in count, and "Error rate < 1%" speaks of %/;
    const check = terminal.open('check', 'deploy.md');
    check.resize(160, 90);
    const page = await check.shows(refusal);
    expect(page).toMatch(/error rate +< 1 % .*nothing measures it yet/);
    const run = terminal.open('run', 'deploy.md');
    await run.shows(refusal);
    await eventually('the run not to begin', () => !run.isOpen(), {seen: run.screen});
    expect(await operator.journal()).toEqual([]);
  });

  test('a command that only shows a figure is judged by a person, and an error rate that nothing measures is never ok', async () => {
    writeFileSync(join(directory, 'tminus.yaml'), counted(''));
    const window = terminal.open('run', 'deploy.md');
    await window.shows(/› +○ At least 1 GB free/);
    window.press('Enter');
    await window.shows('Mounted on');
    const judged = await window.shows(/WAITS FOR YOU/);
    expect(judged).toMatch(/› +[^✓] At least 1 GB free/);
    expect(judged).toMatch(/Preparation +0\/1/);
    window.press('Space');
    await window.shows(/✓ (?:At least 1 GB free|.*Preparation)/);
    await window.shows(/› +○ .*Deployment|› +○ .*echo/);
    window.press('Enter');
    await operator.recorded(
      'step-finished',
      ({outcome}) => outcome.kind === 'exited' && outcome.output.includes('deployed'),
    );
    appendFileSync(join(directory, 'app.log'), 'ERROR lost a request\n'.repeat(ERRORS));
    await operator.recorded('sample-taken', ({samples}) => samples.some(({value = 0}) => value > 0));
    const watched = await window.shows(/ERROR lost a request/);
    expect(watched).not.toMatch(/[Ee]rror rate.*\b0 ?%? ?ok|[Ee]rror rate.* ok 0/);
    expect(watched).toMatch(/[Ee]rror rate[^│\n]*not measured|not measured[^│\n]*[Ee]rror rate|1 rule not measured/);
  });
});
