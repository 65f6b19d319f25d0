import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {IncidentFiles} from '../../src/run/events/incident-events.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

const SECRET = 'hunter2-hunter2-hunter2';

const document = `# Shop release

## Deployment steps

\`\`\`bash
echo "ERROR no connection with $(printenv SHOP_TOKEN)"
echo "the last line before the end"
exit 3
\`\`\`

## Rollback

\`\`\`bash
echo back again
\`\`\`

### Document & Communicate

- [ ] Document what went wrong
- [ ] Notify team of rollback
- [ ] Create GitHub issue with rollback details
`;

/** The program of GitHub is the outside world: this one notes what it was given, and answers as it does. */
const standInForGh = `#!/bin/sh
{ pwd; for word in "$@"; do echo "$word"; done; } > "$GH_SEEN"
for word in "$@"; do last=$word; done
cat "$last" > "$GH_SEEN.body"
echo https://github.com/acme/shop/issues/17
`;

describe.skipIf(tmuxMissing)('the drafts of an incident', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-incident-'));
  const checklist = join(directory, 'deploy.md');
  const seen = join(directory, 'gh-seen');
  let operator: Operator;
  let terminal: Terminal;
  let window: Window;
  let runDirectory: string;
  let files: IncidentFiles;

  const read = (name: string) => readFileSync(join(runDirectory, name), 'utf8');

  beforeAll(async () => {
    const programs = join(directory, 'bin');
    mkdirSync(programs);
    writeFileSync(join(programs, 'gh'), standInForGh);
    chmodSync(join(programs, 'gh'), 0o755);
    const PATH = `${programs}:${process.env['PATH']}`;
    operator = newOperator(directory, {PATH, GH_SEEN: seen, SHOP_TOKEN: SECRET});
    writeFileSync(checklist, document);
    expect((await operator.run('review', checklist, '--accept')).code).toBe(0);
    terminal = startTerminal(operator.environment, {cwd: directory});
    window = terminal.open('run', checklist);
    await window.shows('ROLLBACK READY');
    window.press('a');
    await operator.recorded('step-finished');
    runDirectory = await operator.runDirectory();
  });
  afterAll(() => {
    terminal?.stop();
    operator?.stop();
    rmSync(directory, {recursive: true, force: true});
  });

  test('are written by one key of the incident layout into the directory of the run, which it names', async () => {
    window.press('i');
    await window.shows('What is wrong');
    window.press('I');
    await window.shows('Incident report, a draft');
    const written = await operator.recorded('incident-written');
    files = written.files ?? {report: '', issue: '', message: ''};
    expect(files).toEqual({
      report: 'incident.md',
      issue: 'incident-issue.md',
      message: 'incident-message.txt',
    });
    expect((await window.shows(/incident\.md/)).replaceAll(/[│\s]/g, '')).toContain(join(runDirectory, files.report));
    expect(statSync(join(runDirectory, files.report)).mode & 0o077).toBe(0);
  });

  test('hold timeline, evidence with its place, impact, actions and what is open, and no secret', () => {
    const report = read(files.report);
    for (const title of ['Summary', 'Timeline', 'Evidence', 'Impact', 'Actions taken', 'Open'])
      expect(report).toContain(`\n## ${title}\n`);
    expect(report).toMatch(
      /\n### Deployment steps\n\nline 5 [\s\S]*exit 3[\s\S]*output:[\s\S]*the last line before the end/,
    );
    expect(report).toMatch(/\| spool\/output\.log \| 3 \| ERROR no connection with \[redacted\] \|/);
    const lines = readFileSync(join(runDirectory, 'spool/output.log'), 'utf8').split('\n');
    expect(lines[2]).toContain('ERROR no connection');
    expect(report).toContain('Nothing was rolled back');
    expect(report).toMatch(/- Decide about the failed step: .*\(line 5\)/);
    for (const name of Object.values(files)) expect(read(name)).not.toContain(SECRET);
    expect(read(files.issue)).toMatch(/^# Incident: Shop release: .*failed/);
  });

  test('are copied with a key', async () => {
    await window.shows('copy the message to the team');
    window.press('m');
    await window.shows('to the tmux buffer');
  });

  test('are never sent without a person who has seen the text and types yes', async () => {
    window.press('I');
    await window.shows('create the issue with gh');
    window.press('g');
    await window.shows(/Create this issue\? Type yes in full/);
    window.press('Enter');
    await window.shows('nothing was sent: type yes, or Esc');
    window.press('y', 'Enter');
    await window.shows('nothing was sent: type yes, or Esc');
    expect(existsSync(seen)).toBe(false);
    window.press('e', 's', 'Enter');
    await window.shows('issue created: https://github.com/acme/shop/issues/17');
    const [cwd, ...args] = readFileSync(seen, 'utf8').trimEnd().split('\n');
    expect(cwd).toBe(directory);
    expect(args.slice(0, 3)).toEqual(['issue', 'create', '--title']);
    expect(args[3]).toMatch(/^Incident: Shop release: /);
    expect(readFileSync(`${seen}.body`, 'utf8')).toMatch(/^## What happened/);
    const asked = await operator.recorded('issue-asked');
    const sent = await operator.recorded('issue-sent');
    expect([asked.by, sent.by, sent.created]).toEqual([sent.by, asked.by, true]);
    expect(sent.seq).toBeGreaterThan(asked.seq);
  });

  test('are created once', async () => {
    window.press('I');
    const menu = await window.shows('issue created by');
    expect(menu).not.toContain('create the issue with gh');
    window.press('q');
  });

  test('stay when they are written anew, and tell of the rollback then', async () => {
    window.press('R');
    await window.shows('ROLL BACK?');
    window.press('R');
    await operator.recorded('rollback-finished');
    await window.shows('Esc closes this');
    window.press('q');
    await window.shows('Enter tick');
    window.press('I');
    await window.shows('write all three anew');
    window.press('w');
    const {files: again} = await operator.recorded('incident-written', each => each.files?.report !== 'incident.md');
    expect(again?.report).toBe('incident-2.md');
    expect(read('incident-2-message.txt')).toMatch(/^Rollback: rolled back, NOT verified: Shop release\nWhy: /);
    expect(read('incident-2.md')).toMatch(
      /- Create GitHub issue with rollback details \(line \d+\): the text of the issue is ready/,
    );
    expect(read(files.message)).toMatch(/^Incident: Shop release/);
  });

  test('of a past run are printed by report', async () => {
    const issue = await operator.run('report', '--format', 'issue');
    expect(issue).toMatchObject({code: 0, said: ''});
    expect(issue.out).toMatch(/^# Rollback: rolled back, NOT verified: Shop release/);
    expect((await operator.run('report', '--format', 'incident')).out).toContain('\n## Actions taken\n');
    const record = (await operator.run('report')).out;
    expect(record).toContain('issue created by gh: https://github.com/acme/shop/issues/17');
    expect(execFileSync('ls', [runDirectory], {encoding: 'utf8'})).not.toContain('.new');
  });
});
