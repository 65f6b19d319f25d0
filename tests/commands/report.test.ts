import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {newOperator, type Operator} from '../helpers/program.ts';

// Once UTF-8, read as Mac Roman: the reader repairs it in memory.
const TEXT = '# ‚úÖ Release\n\n## Deployment\n\n- [ ] Go: `seq 1 30`\n- [ ] Look: `echo good`\n';
const REPAIRED = TEXT.replace('‚úÖ', '✅');

let directory: string;
let operator: Operator;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-report-'));
  operator = newOperator(directory);
  const path = join(directory, 'deploy.md');
  writeFileSync(path, TEXT);
  await operator.run('review', path, '--accept');
  for (let count = 0; count < 2; count += 1) expect((await operator.run('run', path, '--auto')).code).toBe(0);
});

afterAll(() => {
  operator.stop();
  rmSync(directory, {recursive: true, force: true});
});

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

describe('a record', () => {
  test('differs from the template, as it was read, in what was filled in only', async () => {
    const template = (await operator.run('report', '--template')).out;
    expect(template).toBe(REPAIRED);
    const {out} = await operator.run('report');
    const lines = out.split('\n');
    for (const [index, line] of template.trimEnd().split('\n').entries()) {
      if (!line.startsWith('- [ ]')) expect(lines[index]).toBe(line);
      else expect(lines[index]).toMatch(/^- \[x\] (?:Go|Look): `.*` — .+ exit 0$/);
    }
    expect(out).toContain('its encoding was damaged and is repaired here');
    expect(out).toMatch(/output: … 20 lines before these; all of it: lines \d+–\d+ of spool\/output\.log\n21\n/);
  });

  test.each(['md', 'html'])('as %s is proved to be the one of its run', async form => {
    const path = join(directory, `record.${form}`);
    await operator.run('report', '--format', form, '-o', path);
    const good = await operator.run('report', '--verify', path);
    expect(good).toMatchObject({
      code: 0,
      out: expect.stringContaining('unchanged; the journal holds and tells the same'),
    });
    const text = readFileSync(path, 'utf8');
    const changed = await operator.run('report', '--verify', file('changed', text.replace('exit 0', 'exit 1')));
    expect(changed).toMatchObject({
      code: 65,
      said: expect.stringContaining('its text was changed after it was written'),
    });
    const cut = await operator.run('report', '--verify', file('cut', text.slice(0, -300)));
    expect(cut).toMatchObject({code: 65, said: expect.stringContaining('it has no seal')});
  });

  test('of another run, or made to look right, is not taken for it', async () => {
    const runs = JSON.parse((await operator.run('runs', '--json')).out) as {id: string}[];
    const older = (await operator.run('report', runs[0]?.id ?? '')).out;
    const other = await operator.run('report', '--verify', file('other', older));
    expect(other).toMatchObject({code: 65, said: expect.stringContaining('does not belong to the journal of run')});
    // Whoever makes the checksum of the changed text anew is found by what the journal tells.
    const {createHash} = await import('node:crypto');
    const [above = '', seal = ''] = older.replace('exit 0', 'exit 1').split(/(?=^Sealed: )/m);
    const sum = createHash('sha256').update(above).digest('hex');
    const forged = file('forged', above + seal.replace(/above [0-9a-f]{64}/, `above ${sum}`));
    const told = await operator.run('report', runs[0]?.id ?? '', '--verify', forged);
    expect(told).toMatchObject({code: 65, said: expect.stringMatching(/tells something else from line \d+ on/)});
  });

  test('is printed for build servers, and beside another run', async () => {
    const xml = (await operator.run('report', '--format', 'junit')).out;
    expect(xml).toContain('<testsuite name="Deployment" tests="2" failures="0" errors="0" skipped="0"');
    expect((await operator.run('report', '--format', 'github')).out).toMatch(/^## ✅ Release: succeeded/);
    const runs = JSON.parse((await operator.run('runs', '--json')).out) as {id: string}[];
    const both = (await operator.run('report', '--compare', runs[0]?.id ?? '')).out;
    expect(both).toMatch(new RegExp(`^# ${runs[1]?.id} and ${runs[0]?.id}\n`));
    expect(both).toContain('| Deployment |');
  });

  test('in a form that nobody knows, or two things at once, is one clear line', async () => {
    const ended = [
      await operator.run('report', '--format', 'pdf'),
      await operator.run('report', '--format', 'md', '--template'),
      await operator.run('report', '--verify', join(directory, 'nowhere')),
      await operator.run('report', '--compare', 'nowhere'),
    ];
    expect(ended.map(({code}) => code)).toEqual([2, 2, 2, 2]);
    for (const {said} of ended) expect(said).toMatch(/^tminus: (?!internal error).+\n$/);
  });
});
