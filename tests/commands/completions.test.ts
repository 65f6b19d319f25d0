import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {completionsCommand} from '../../src/commands/completions.ts';

async function scriptFor(shell: string): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await completionsCommand([shell]);
    return String(write.mock.calls[0]?.[0]);
  } finally {
    write.mockRestore();
  }
}

function hasShell(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'exit 0']);
    return true;
  } catch {
    return false;
  }
}

describe('bash', () => {
  const home = mkdtempSync(join(tmpdir(), 'tminus-completions-'));
  beforeAll(() => {
    for (const run of ['20251102T130231Z-4f2a', '20251103T080000Z-0011'])
      mkdirSync(join(home, 'runs', run), {recursive: true});
    mkdirSync(join(home, 'tminus', 'themes'), {recursive: true});
    writeFileSync(join(home, 'tminus', 'themes', 'ours.json'), '{}');
  });
  afterAll(() => rmSync(home, {recursive: true}));

  test.each([
    [['at'], ['attach']],
    [['ru'], ['run', 'runs']],
    [
      ['attach', ''],
      ['20251103T080000Z-0011', '20251102T130231Z-4f2a'],
    ],
    [['attach', '--ob'], ['--observe']],
    [
      ['run', 'a.md', '--theme', 'm'],
      ['midnight', 'mono'],
    ],
    [['run', 'a.md', '--theme', 'ou'], ['ours']],
    [['run', 'a.md', '--wa'], ['--watch']],
    [
      ['run', 'a.md', '--watch', ''],
      ['none', 'all'],
    ],
    [['rehearse', '--fault', 'd'], ['db-down']],
    [
      ['report', '--format', ''],
      ['md', 'html', 'json', 'junit', 'github', 'incident', 'issue', 'message'],
    ],
    [
      ['completions', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['help', 'roll'], ['rollback']],
    [['check', ''], []],
  ])('%j', async (words, offered) => {
    const script = await scriptFor('bash');
    const ask = `COMP_WORDS=(tminus "$@"); COMP_CWORD=$#; _tminus; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const env = {...process.env, TMINUS_HOME: home, XDG_CONFIG_HOME: home};
    const out = execFileSync('bash', ['-c', `${script}\n${ask}`, 'bash', ...words], {env, encoding: 'utf8'});
    expect(out.split('\n').filter(line => line !== '')).toEqual(offered);
  });
});

test.each(['zsh', 'fish'])('%s is offered every command and flag, in words that the shell understands', async shell => {
  const script = await scriptFor(shell);
  for (const word of ['rollback', 'observe', 'dry-run', '_tminus_runs', '_tminus_themes'])
    expect(script).toContain(word);
  if (!hasShell(shell)) return;
  // Not on standard input: fish reads none from what Node hands it.
  const folder = mkdtempSync(join(tmpdir(), 'tminus-completions-'));
  writeFileSync(join(folder, 'script'), script);
  expect(execFileSync(shell, ['-n', join(folder, 'script')], {encoding: 'utf8'})).toBe('');
  rmSync(folder, {recursive: true});
});

test('another shell is refused, with those that there are', async () => {
  await expect(completionsCommand(['tcsh'])).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('bash, zsh, fish'),
  });
  await expect(completionsCommand([])).rejects.toMatchObject({exitCode: 2});
});
