/** What is kept of a step over SSH and of a link that is cut: driven by keys in tmux, read on the screen and in the record. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {type DistantHost, startDistantHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {startTerminal, tmuxMissing, type Window} from '../helpers/tmux.ts';

const CUTS = 2;
const ROWS = 400;

const checklist = `# Release
## Deployment
### Step 1: Migrate
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
seq -f 'row %g' ${ROWS}
\`\`\`
### Step 2: Announce
- [ ] Tell the team
## Rollback
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo restored >>lines
\`\`\`
`;

describe.skipIf(sshdMissing || tmuxMissing)('a run over a link that is cut now and then', () => {
  test('keeps what the step printed there, and tells each change of the link once, with why it was lost', async () => {
    const host = await startDistantHost({checklist});
    const terminal = startTerminal(host.operator.environment, {cwd: host.sshd.directory});
    try {
      const window = terminal.open('run', host.checklist, '-b', host.bindings);
      await host.operator.recorded('readiness-changed', ({ready}) => ready);
      await window.shows(/› +○ .*Migrate/);
      window.press('Enter');
      await host.operator.recorded('step-finished');
      await window.shows(`row ${ROWS}`);
      for (let cut = 1; cut <= CUTS; cut += 1) await cutOnce(host, window, cut);
      window.press('i');
      const told = await window.shows(/link to vps lost/i);
      expect(told).toMatch(/link to vps up/i);
      window.press('Escape');
      await window.shows(/^(?![\s\S]*Timeline)/);
      await leaveAborting(host, window);

      const record = readFileSync(join(await host.operator.runDirectory(), 'report.md'), 'utf8');
      const events = await host.operator.journal();
      const count = (type: 'link-lost' | 'link-restored') => events.filter(event => event.type === type).length;
      // Speeds that are measured again are journaled, too.
      expect(count('link-restored')).toBeGreaterThan(CUTS + 1);
      expect(record.match(/\| link to vps up/g)).toHaveLength(CUTS + 1);
      expect(record.match(/\| link to vps lost: \w+/g)).toHaveLength(CUTS);
      expect(record).toMatch(/… \d+ lines before these; all of it: lines \d+–\d+ of spool\/output\.log\n/);
      expect(record).toContain(`row ${ROWS}\n`);
      expect(record).not.toContain('row 1\n');
    } finally {
      terminal.stop();
      await host.stop();
    }
  });
});

async function cutOnce(host: DistantHost, window: Window, nth: number): Promise<void> {
  host.link.cut();
  await window.shows(/vps LOST/);
  host.link.mend();
  await window.shows(/● vps \d+ms/);
  await eventually(
    'the link to be recorded as up',
    async () => (await host.operator.journal()).filter(({type}) => type === 'link-lost').length === nth,
  );
}

async function leaveAborting(host: DistantHost, window: Window): Promise<void> {
  window.press('q');
  await window.shows('Leave the console');
  window.press('a');
  await window.shows(/╭─ .*[Aa]bort/);
  window.press('x', 'Enter');
  await host.operator.recorded('run-closed');
  await eventually('the console to be left', () => !window.isOpen(), {seen: window.screen});
}
