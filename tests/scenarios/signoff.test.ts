/** A run is handed over, taken over and signed off by keys, and its record signed and proved by the real ssh-keygen. */
import {execFileSync, spawnSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {enterUntil} from '../helpers/enter-until.ts';
import {eventually} from '../helpers/eventually.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

const INVALID = 65;
const REFUSED = 7;

const checklist = `# Release

## Deployment Steps

\`\`\`bash
echo "ERROR: lock timeout"; exit 3
\`\`\`

## Rollback Steps

\`\`\`bash
echo old > version.txt
grep -q old version.txt
\`\`\`

## Deployment Notes

**Issues Encountered:**
- [ ] None
- [ ] Minor (list below)
- [ ] Major (rollback required)

**Final Status:**
- [ ] Deployment Successful
- [ ] Deployment Failed - Rolled Back

**Signed Off By:** _____________
**Date:** _____________
`;

describe.skipIf(tmuxMissing)('at the end of a watch', () => {
  let directory = '';
  let operator: Operator;
  let terminal: Terminal;
  let ana: Window;
  let bo: Window;
  const at = (name: string) => join(directory, name);

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-signoff-'));
    mkdirSync(at('.ssh'), {mode: 0o700});
    writeFileSync(at('release.md'), checklist);
    for (const [name, comment] of [
      ['id_ed25519', 'ana@desk'],
      ['other', 'mallory@desk'],
    ] as const)
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', at(`.ssh/${name}`)]);
    operator = newOperator(directory, {HOME: directory, SSH_AUTH_SOCK: ''});
    terminal = startTerminal(operator.environment, {cwd: directory});
  });

  afterAll(() => {
    terminal?.stop();
    operator?.stop();
    rmSync(directory, {recursive: true, force: true});
  });

  const fingerprint = (name: string) =>
    /SHA256:\S+/.exec(execFileSync('ssh-keygen', ['-lf', at(`.ssh/${name}.pub`)], {encoding: 'utf8'}))?.[0] ?? '';
  const verified = (file: string, ...flags: readonly string[]) =>
    operator.run('report', '--verify', at(file), ...flags);

  test('whoever leaves hands over, and the next one sees on one screen what is open and what comes next', async () => {
    ana = terminal.open('run', 'release.md', '--as', 'ana');
    await ana.shows('you drive');
    await ana.shows('ROLLBACK READY');
    ana.press('Enter');
    await ana.shows('FAILED');
    ana.press('q');
    await ana.shows('Hand over: leave a summary');
    ana.press('h');
    await ana.shows('The summary is written by itself');
    ana.press('Cleo frees the lock', 'Enter');
    await operator.recorded('handed-over');
    bo = terminal.open('attach', '--as', 'bo');
    bo.resize(80, 24);
    const seen = await bo.shows('Enter understood');
    expect(seen).toContain('Hand-over from ana');
    expect(seen).toMatch(/NEXT +See the note; then decide about "Deployment Steps"/);
    expect(seen).toContain('You drive: Enter says that you have read this.');
    expect(seen).toMatch(/NOTE[\s\S]*TIME[\s\S]*NEXT[\s\S]*OPEN[\s\S]*BACK[\s\S]*LOOK AT/);
    expect(seen).toContain('"Cleo frees the lock"');
    expect(seen).toContain('OPEN (1)');
    expect(seen).toContain('exit 3');
    expect(seen).toMatch(/BACK +\S/);
  });

  test('and takes it over: who and when is in the journal, and in the lines of --plain', async () => {
    // The first Enter may be swallowed: it could have been meant for the shell.
    await enterUntil(events => events.some(({type}) => type === 'hand-over-taken'), bo, operator.journal);
    const taken = await operator.recorded('hand-over-taken');
    expect(taken.from).toMatch(/^ana/);
    expect(taken.by).toMatch(/^bo/);
    await bo.shows('you drive');
    const plain = operator.start('attach', '--plain');
    const heard = new Promise<string>(resolve => {
      let text = '';
      plain.child.stdout?.on('data', (chunk: string) => {
        text += chunk;
        if (text.includes('took over from ana')) resolve(text);
      });
    });
    expect(await heard).toMatch(
      /handed over at \d\d:\d\dZ\. Note: "Cleo frees the lock" Next: See the note; then decide about/,
    );
    plain.child.kill();
  });

  test('nobody signs where nobody can be asked and nothing is said', async () => {
    const signed = await operator.run('signoff');
    expect(signed).toMatchObject({code: REFUSED, said: expect.stringContaining('nothing was signed')});
  });

  test('the dialog of the sign-off proposes what the rollback has made known, and fills the document', async () => {
    bo.resize(160, 45);
    bo.press('R');
    await bo.shows('Rolling back in');
    bo.press('R');
    await operator.recorded('rollback-finished');
    await bo.shows('Esc closes this');
    bo.press('Escape');
    await bo.shows(/^(?![\s\S]*Esc closes this)/);
    bo.press(':');
    await bo.shows('Find an action');
    bo.press('sign off');
    await bo.shows('› sign off: final status');
    bo.press('Enter');
    expect(await bo.shows('Signed off by')).toContain('(●) 2 Deployment Failed - Rolled Back');
    for (let field = 0; field < 4; field += 1) bo.press('Tab');
    bo.press('Bo Chen');
    await bo.shows('> Bo Chen');
    bo.press('Tab');
    await bo.shows('Enter signs');
    await enterUntil(events => events.some(({type}) => type === 'signed-off'), bo, operator.journal);
    expect(await operator.recorded('signed-off')).toMatchObject({
      name: 'Bo Chen',
      status: 'Deployment Failed - Rolled Back',
      by: expect.stringMatching(/^bo/),
    });
    // The dialog takes keys until the screen knows of it, too.
    await bo.shows(/^(?![\s\S]*Enter signs)/);
    bo.press('q');
    await bo.shows('Finish: close the run');
    bo.press('f');
    await operator.recorded('run-closed');
    const runDirectory = await operator.runDirectory();
    await eventually('the engine to be gone', () => !existsSync(join(runDirectory, 'engine.pid')));
    const report = readFileSync(join(runDirectory, 'report.md'), 'utf8');
    expect(report).toContain('**Signed Off By:** Bo Chen');
    expect(report).toMatch(/\*\*Date:\*\* \d{4}-\d\d-\d\d/);
    expect(report).toMatch(/- \[x\] Major \(rollback required\) — bo/);
    expect(report).toMatch(/- \[x\] Deployment Failed - Rolled Back — bo/);
  });

  test('a closed run takes a second signature, of another person, and one only', async () => {
    const again = await operator.run('signoff');
    expect(again).toMatchObject({code: REFUSED, said: expect.stringContaining('--second signs beside')});
    const same = await operator.run('signoff', '--second', '--name', 'Bo Chen');
    expect(same).toMatchObject({code: REFUSED, said: expect.stringContaining("another person's")});
    const second = await operator.run('signoff', '--second', '--as', 'Dora', '--notes', 'looked at it');
    expect(second).toMatchObject({code: 0, out: expect.stringContaining('second signature: Dora')});
    expect(await operator.recorded('countersigned')).toMatchObject({name: 'Dora', claimed: true, note: 'looked at it'});
  });

  test('the record is signed with the key of the operator, and proved with who it is', async () => {
    const signed = await operator.run('signoff', '--sign');
    expect(signed, signed.said).toMatchObject({code: 0, out: expect.stringContaining(fingerprint('id_ed25519'))});
    expect(await operator.run('report', '-o', at('record.md'))).toMatchObject({code: 0});
    const unknown = await verified('record.md');
    expect(unknown, unknown.said).toMatchObject({
      code: 0,
      out: expect.stringContaining('no allowed_signers file says'),
    });
    const [type, key] = readFileSync(at('.ssh/id_ed25519.pub'), 'utf8').split(' ');
    writeFileSync(at('signers'), `ana@example.com namespaces="tminus" ${type} ${key}\n`);
    const known = await verified('record.md', '--signers', at('signers'));
    expect(known.out).toContain(`signed by ana@example.com with the key ${fingerprint('id_ed25519')}`);
    expect(known.out).toMatch(/signed off by Bo Chen .*: Deployment Failed - Rolled Back/);
    // By hand, without T-Minus.
    const byHand = spawnSync(
      'ssh-keygen',
      ['-Y', 'verify', '-f', at('signers'), '-I', 'ana@example.com', '-n', 'tminus', '-s', at('record.md.sig')],
      {input: readFileSync(at('record.md'))},
    );
    expect(byHand.status).toBe(0);
  });

  test('a record that was changed after it was signed is told, in one line', async () => {
    const text = readFileSync(at('record.md'), 'utf8');
    writeFileSync(at('changed.md'), text.replace('Bo Chen', 'Ana'));
    copyFileSync(at('record.md.sig'), at('changed.md.sig'));
    const changed = await verified('changed.md');
    expect(changed).toMatchObject({
      code: INVALID,
      out: '',
      said: expect.stringContaining('changed after it was signed'),
    });
    expect(changed.said.trim().split('\n')).toHaveLength(1);
  });

  test('so is a signature by another key, and one that nobody lists', async () => {
    copyFileSync(at('record.md'), at('forged.md'));
    execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-n', 'tminus', '-f', at('.ssh/other'), at('forged.md')], {
      stdio: 'ignore',
    });
    const forged = await verified('forged.md');
    expect(forged).toMatchObject({code: INVALID, said: expect.stringContaining('it was replaced')});
    expect(forged.said).toContain(fingerprint('other'));
    const [type, key] = readFileSync(at('.ssh/other.pub'), 'utf8').split(' ');
    writeFileSync(at('others'), `mallory@example.com ${type} ${key}\n`);
    const unlisted = await verified('record.md', '--signers', at('others'));
    expect(unlisted).toMatchObject({code: INVALID, said: expect.stringContaining('does not list')});
    writeFileSync(at('forged.md.sig'), readFileSync(at('record.md.sig'), 'utf8').replace(/[A-Za-z]/, 'x'));
    expect(await verified('forged.md')).toMatchObject({code: INVALID, said: expect.stringContaining('is damaged')});
  });

  test('so is a journal that was changed', async () => {
    const journal = join(await operator.runDirectory(), 'journal.ndjson');
    const text = readFileSync(journal, 'utf8');
    writeFileSync(journal, text.replace('"name":"Bo Chen"', '"name":"Eve Chen"'));
    const changed = await verified('record.md');
    writeFileSync(journal, text);
    expect(changed).toMatchObject({code: INVALID, said: expect.stringMatching(/journal of run .* does not hold/)});
    expect((await verified('record.md')).code).toBe(0);
  });

  test('an agent that holds the key signs, too', async () => {
    const agent = spawnSync('ssh-agent', ['-s'], {encoding: 'utf8'}).stdout;
    const [, socket = ''] = /SSH_AUTH_SOCK=([^;]+)/.exec(agent) ?? [];
    const [, pid = ''] = /SSH_AGENT_PID=(\d+)/.exec(agent) ?? [];
    try {
      const env = {...operator.environment, SSH_AUTH_SOCK: socket};
      execFileSync('ssh-add', ['-q', at('.ssh/other')], {env, stdio: 'ignore'});
      const by = newOperator(directory, {HOME: directory, SSH_AUTH_SOCK: socket, TMINUS_HOME: operator.home});
      const signed = await by.run('signoff', '--key', 'agent');
      expect(signed, signed.said).toMatchObject({code: 0, out: expect.stringContaining(fingerprint('other'))});
    } finally {
      process.kill(Number(pid));
    }
  });

  test('a run that ends with its console open asks by itself, and is signed without its engine', async () => {
    writeFileSync(
      at('quick.md'),
      '# Quick\n\n## Deployment Steps\n\n```bash\necho hi\n```\n\n## Deployment Notes\n\n**Final Status:** _____\n**Signed Off By:** _____\n',
    );
    const window = terminal.open('run', 'quick.md', '--watch', 'none', '--as', 'ana');
    await window.shows('you drive');
    await enterUntil(events => events.some(({type}) => type === 'run-closed'), window, operator.journal);
    expect(await window.shows('Sign off')).toContain('(●) 1 successful');
    for (let field = 0; field < 3; field += 1) window.press('Tab');
    // A run that is over cannot be rolled back from here, so the R is a letter.
    window.press('Rosa');
    await window.shows('> Rosa');
    window.press('Tab');
    await window.shows('Enter signs');
    await enterUntil(events => events.some(({type}) => type === 'signed-off'), window, operator.journal);
    await window.shows('signed by Rosa');
    window.press('q');
    await eventually('the console to be left', () => !window.isOpen(), {seen: window.screen});
    const report = await operator.run('report');
    expect(report.out).toContain('**Final Status:** successful\n**Signed Off By:** Rosa');
  });
});
