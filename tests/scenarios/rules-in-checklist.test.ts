/** Rules in the checklist while they are measured and judged: in the words of an operator, the value before its sparkline. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing} from '../helpers/tmux.ts';
import {serve} from '../probes/local-world.ts';

const checklist = `# Release
## Deployment
### Put the new version in place
\`\`\`bash
echo deployed
\`\`\`
## Monitoring (First 2 Hours)
- [ ] P95: <5000ms
- [ ] P99: <4000ms
`;

/** The second rule never has readings enough. */
const bindings = (health: string) => `tminus: 1
probes:
  health: { http: "${health}", every: 200ms }
rules:
  - { match: "P95: <5000ms", probe: health, samples: 5 }
  - { match: "P99: <4000ms", probe: health, samples: 50000 }
`;

const JARGON = /\b(?:warming|blind|disarmed|grey)\b|\bn=\d/;

describe.skipIf(tmuxMissing)('in front of rules that are measured, in tmux', () => {
  let directory: string;
  let operator: Operator;
  let terminal: Terminal;
  let web: Awaited<ReturnType<typeof serve>>;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-rules-'));
    web = await serve((_request, response) => void response.writeHead(200).end('{}'));
    writeFileSync(join(directory, 'deploy.md'), checklist);
    writeFileSync(join(directory, 'tminus.yaml'), bindings(`${web.url}/health`));
    operator = newOperator(directory, {HOME: directory, TERM: 'xterm-256color'});
    terminal = startTerminal(operator.environment, {cwd: directory});
  });
  afterEach(async () => {
    terminal?.stop();
    operator?.stop();
    await web?.[Symbol.asyncDispose]();
    rmSync(directory, {recursive: true, force: true, maxRetries: 5});
  });

  test('one says how many readings it still needs, the other its value, which stays where the sparkline has no room', async () => {
    const window = terminal.open('run', 'deploy.md');
    await window.shows(/› +○ .*Put the new version/);
    window.press('Enter');
    await window.shows(/✓ .*Put the new version/);
    window.press('j');
    await window.shows(/P95: <5000ms.* \d+(?:\.\d)? ms <5000 ok/);
    const measured = await window.shows(/P99: <4000ms.* measuring/);
    expect(measured).toMatch(/P99 [^│]*not judged yet: \d+ more readings needed/);
    expect(measured).not.toMatch(JARGON);
    // One panel over the whole width has room for both, the column of a wide screen for the value alone.
    for (const [columns, row] of [
      [80, /P95: <5000ms +[▁▂▃▄▅▆▇█]+ \d+(?:\.\d)? ms <5000 ok/],
      [120, /P95: <5000ms +\d+(?:\.\d)? ms <5000 ok/],
      [80, /P95: <5000ms +[▁▂▃▄▅▆▇█]+ \d+(?:\.\d)? ms <5000 ok/],
    ] as const) {
      window.resize(columns, 30);
      expect(await window.shows(row)).not.toMatch(JARGON);
    }
  });
});
