import {mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {localShell} from '../../src/actions/shell.ts';
import {eventually} from '../helpers/eventually.ts';

let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'tminus-sh-'));
  vi.stubEnv('PATH', [bin, process.env['PATH']].join(delimiter));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(bin, {recursive: true, force: true});
});

test.each(['/bin/bash', '/bin/dash'])(
  'a text waits for its line where sh is %s, and ends with its own status',
  async program => {
    symlinkSync(program, join(bin, 'sh'));
    let out = '';
    const listen = {
      out(chunk: Buffer) {
        out += chunk.toString();
      },
      err() {},
    };
    const shell = localShell({directory: bin});
    const waiting = await shell.start('echo begun; read -r line; echo "told <$line>"; (exit 3)', listen);
    await eventually('it has begun', () => out === 'begun\n');
    // Long enough for one that waits for nothing to have ended.
    const other = await shell.start('sleep 0.2', {out() {}, err() {}});
    await other.ended;
    expect(out).toBe('begun\n');
    waiting.release();
    expect(await waiting.ended).toEqual({kind: 'exited', code: 3});
    expect(out).toBe('begun\ntold <>\n');
  },
);
