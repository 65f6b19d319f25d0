/** A small disk of its own for the lines of a ledger, which can be filled to its last page. Only root can mount one. */
import {execFileSync} from 'node:child_process';
import {appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type pg from 'pg';

export type SmallDisk = {
  /** From now on the lines are kept there. */
  use(owner: pg.Client): Promise<void>;
  fill(): void;
  free(): void;
  remove(): void;
};

export const diskMissing = process.getuid?.() === 0 ? undefined : 'only root can mount a small disk';

const SIZE = '4m';

export function openSmallDisk(): SmallDisk {
  const place = mkdtempSync(join(tmpdir(), 'tminus-small-disk-'));
  chmodSync(place, 0o755);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=755`, 'tmpfs', place]);
  const [tables, filler] = [join(place, 'tables'), join(place, 'filler')];
  mkdirSync(tables);
  // As whom the server runs where root has started it.
  execFileSync('chown', ['postgres:', tables]);
  return {
    async use(owner) {
      await owner.query(`create tablespace small location '${tables}'`);
      await owner.query('alter table tminus.lines set tablespace small');
    },
    fill() {
      for (const size of [65_536, 4096, 1]) {
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(size));
        } catch {
          // Full, down to pieces of this size.
        }
      }
    },
    free: () => rmSync(filler, {force: true}),
    remove() {
      execFileSync('umount', ['-l', place]);
      rmSync(place, {recursive: true, force: true});
    },
  };
}
