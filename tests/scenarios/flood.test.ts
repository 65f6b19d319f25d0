/** A log that floods in over SSH for a minute, is rotated and loses its link: no line is lost, none comes twice. */
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {type Flood, ownMemoryMb, startFlood} from '../helpers/flood.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {startTerminal, type Terminal, tmuxMissing} from '../helpers/tmux.ts';

const LINES_PER_SECOND = 50_000;
/** How the log is rotated at the end of each part but the last, and whether its link is cut then. */
const ROTATIONS = [
  {how: 'rename', cut: false},
  {how: 'copy', cut: true},
  {how: 'rename', cut: false},
  {how: 'rename', cut: true},
  {how: 'rename', cut: false},
] as const;
const LINES_A_PART = 500_000;
/** So many parts make the heap of the console as large as it gets; from then on garbage comes and goes. */
const PARTS_GROWING = 3;
const GROWTH_MB_MAX = 40;

describe.skipIf(sshdMissing || tmuxMissing)('a log of 50 000 lines a second, in tmux', () => {
  let flood: Flood;
  let terminal: Terminal;
  beforeAll(async () => {
    flood = await startFlood(LINES_PER_SECOND);
    terminal = startTerminal(flood.host.operator.environment, {cwd: flood.host.sshd.directory});
  });
  afterAll(async () => {
    terminal?.stop();
    await flood?.stop();
  });

  test('is kept line for line through five rotations and two cuts, and memory stays flat', async () => {
    const {host} = flood;
    const window = terminal.open('run', host.checklist, '-b', host.bindings);
    await window.shows(/● vps/);
    await flood.begin();
    const memory = async () => ownMemoryMb(await host.operator.enginePid()) + ownMemoryMb(window.pid());
    const used: number[] = [];
    const nextPart = async () => {
      const lines = (used.length + 1) * LINES_A_PART;
      await eventually(`${lines} lines`, async () => (await flood.lines()) >= lines, {
        seen: async () => `${await flood.lines()}`,
      });
      used.push(await memory());
    };
    for (const {how, cut} of ROTATIONS) {
      await nextPart();
      if (cut) {
        host.link.cut();
        await window.shows(/vps LOST/);
      }
      await flood.rotate(how);
      host.link.mend();
      await window.shows(/● vps/);
    }
    await nextPart();
    const written = await flood.end();
    await eventually('the last line', async () => (await flood.lines()) >= written, {
      seen: async () => `${await flood.lines()} of ${written} lines`,
    });
    expect(await flood.inOrder()).toBe(written);
    // The console has seen all of them, too.
    window.press('4', '/');
    window.press('-l', 'flood');
    window.press('Enter');
    const counted = String(written).replace(/\B(?=(?:\d{3})+$)/g, ' ');
    await window.shows(`/flood ${counted}/${counted}`);
    const [settled = 0, ...later] = used.slice(PARTS_GROWING - 1);
    // What leaks is there at the end of both of the last parts; garbage of one moment is not.
    expect(Math.min(...later.slice(-2)) - settled).toBeLessThan(GROWTH_MB_MAX);
  });
});
