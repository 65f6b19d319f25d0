import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {newOperator, type Operator, program} from '../helpers/program.ts';

/** Controls but the line feed and tab, C1 in both forms, and what turns the reading direction. */
const UNSAFE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
/** OSC 52 puts text into the clipboard; C1 forms of CSI and OSC; a right-to-left override; a return; a bell. */
const HOSTILE = '\u001B]52;c;cm0gLXJm\u0007\u009B2J\u009D0;title\u009C\u202Egnp\u2066x\u2069\u0085\u007F\u0008';

let directory: string;
let operator: Operator;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-clean-'));
  operator = newOperator(directory);
  writeFileSync(
    join(directory, 'deploy.md'),
    `# Release ${HOSTILE}
## Deployment ${HOSTILE}
- [ ] Tell ${HOSTILE} people: <name${HOSTILE}>
- [ ] Look
  \`\`\`bash
  printf '%b' 'said \\033]52;c;cm0gLXJm\\a \\302\\2332J \\342\\200\\256gnp\\n' # ${HOSTILE}
  false # ${HOSTILE}
  \`\`\`
- [ ] Latency${HOSTILE}: <850ms
## Rollback ${HOSTILE}
\`\`\`bash
echo back # ${HOSTILE}
\`\`\`
## Contacts
- On-call${HOSTILE}: ana
`,
  );
});

afterEach(() => {
  operator.stop();
  rmSync(directory, {recursive: true, force: true});
});

test('nothing that a document, a host, a person or a path says acts on a terminal, whatever prints it', async () => {
  const flags = ['--auto', '--yes', 'all', '--as', `ana ${HOSTILE}`];
  const commands: readonly (readonly string[])[] = [
    ['check', 'deploy.md'],
    ['review', 'deploy.md', '--accept'],
    ['check', 'deploy.md', '--lines'],
    ['check', 'deploy.md', '--json'],
    ['run', 'deploy.md', '--dry-run', '--plain', ...flags],
    ['run', 'deploy.md', '--plain', ...flags],
    ['run', 'deploy.md', '--json', ...flags],
    ['runs'],
    ['runs', '--json'],
    ['report'],
    ['report', '--format', 'html'],
    ['report', '--format', 'json'],
    ['rollback', '--print'],
    ['init', 'deploy.md'],
    ['check', `no ${HOSTILE} such.md`],
    ['run', 'deploy.md', '-b', `no ${HOSTILE} such.yaml`],
    ['run', 'deploy.md', '--choose', `${HOSTILE}=${HOSTILE}`, '--plain'],
    ['report', '-o', `${HOSTILE}/no`],
    ['report', `${HOSTILE}`],
    [`no${HOSTILE}command`],
    ['check', `--no${HOSTILE}flag`],
  ];
  for (const args of commands) {
    const {stdout: out, stderr: said} = spawnSync(process.execPath, [program, ...args], {
      cwd: directory,
      env: operator.environment,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    expect(out + said, args.join(' ')).toMatch(/\w/);
    expect({args, found: UNSAFE.exec(out + said)}).toEqual({args, found: null});
    if (args.includes('--json') || args.includes('json')) expect(out, args.join(' ')).toContain('\\u202e');
  }
  const run = await operator.runDirectory();
  for (const file of [join(run, 'report.md'), join(directory, 'tminus.yaml')]) {
    expect({file, found: UNSAFE.exec(readFileSync(file, 'utf8'))}).toEqual({file, found: null});
  }
});
