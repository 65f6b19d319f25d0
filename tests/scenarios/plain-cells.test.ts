/** Without colours and without Unicode: what is focused, passed and skipped is told by signs, the same ones everywhere. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {startTerminal, type Terminal, tmuxMissing} from '../helpers/tmux.ts';

const checklist = `# Release
## Preparation
- [ ] Tell the team
## Deployment
- [ ] Put it in place
- [ ] Look at it
## Rollback
- [ ] Take it back
`;

const LOOKS = [
  {named: 'in Unicode', flags: [], passed: '✓', skipped: '–', focused: '═', unfocused: '─', only: /^[^\u001B]*$/},
  {named: 'in ASCII', flags: ['--ascii'], passed: 'v', skipped: 's', focused: '=', unfocused: '-', only: /^[\n -~]*$/},
] as const;

describe.skipIf(tmuxMissing)('a console without colours, in tmux', () => {
  let directory: string;
  let operator: Operator;
  let terminal: Terminal;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-plain-cells-'));
    writeFileSync(join(directory, 'deploy.md'), checklist);
    operator = newOperator(directory, {HOME: directory, NO_COLOR: '1'});
    terminal = startTerminal(operator.environment, {cwd: directory});
  });
  afterEach(() => {
    terminal?.stop();
    operator?.stop();
    rmSync(directory, {recursive: true, force: true, maxRetries: 5});
  });

  test.each(LOOKS)('$named: focus, passed and skipped', async ({flags, passed, skipped, focused, unfocused, only}) => {
    const window = terminal.open('run', 'deploy.md', ...flags);
    await window.shows(/ Tell the team/);
    const title = (name: string, line: string) => new RegExp(`\\S${line} ${name} ${line}`);
    expect(window.screen()).toMatch(title('1 Checklist', focused));
    for (const [key, name] of [
      ['2', '2 output'],
      ['1', '1 Checklist'],
    ] as const) {
      window.press(key);
      const shown = await window.shows(title(name, focused));
      expect(shown).toMatch(title(name === '2 output' ? '1 Checklist' : '2 output', unfocused));
    }
    window.press('Enter');
    // A part that is done is folded.
    await window.shows(new RegExp(`${passed} Preparation +1/1`));
    await window.shows(/[›>] +\S Put it in place/);
    window.press('s');
    await window.shows('Skip this step: why?');
    window.press('later', 'Enter');
    await window.shows(new RegExp(` ${skipped} Put it in place`));
    const cells = window.cells();
    expect(cells.flatMap(({ink, background}) => [...ink, ...background]).every(colour => colour === undefined)).toBe(
      true,
    );
    for (const {text} of cells) expect(text).toMatch(only);

    window.press('q');
    await window.shows('Leave the console');
    window.press('d');
    await eventually('the console to be left', () => !window.isOpen(), {seen: window.screen});
    const summary = window.screen();
    expect(summary).toMatch(new RegExp(`^ +${passed} Preparation +1/1`, 'm'));
    expect(summary).toMatch(new RegExp(`${skipped} skipped +line 5 `));
    expect(summary).toMatch(only);
  });
});
