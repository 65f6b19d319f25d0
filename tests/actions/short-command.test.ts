import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openHostWorld} from '../helpers/real-world.ts';
import {type Sshd, sshdMissing, startSshd} from '../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../helpers/tcp-proxy.ts';

describe.skipIf(sshdMissing)('a short command on a host that does not answer', () => {
  let sshd: Sshd;
  let proxy: TcpProxy;
  const directory = mkdtempSync(join(tmpdir(), 'tminus-short-'));

  beforeAll(async () => {
    proxy = await startTcpProxy(() => sshd.port);
    sshd = await startSshd({via: proxy.port});
  });
  afterAll(async () => {
    await proxy?.stop();
    await sshd?.stop();
    rmSync(directory, {recursive: true, force: true});
  });

  test('fails in time, and is not run once the host answers again', async () => {
    const {world} = openHostWorld(sshd, {directory: '/'});
    const place = {kind: 'host', host: 'vps', destination: 'box'} as const;
    const late = join(directory, 'late');
    try {
      proxy.stall();
      await expect(world.capture(place, `touch ${late}`, 300)).rejects.toThrow('no answer from vps within 0.3 s');
      proxy.mend();
      // Its turn would have come before this one's.
      const next = await world.capture(place, `[ -e ${late} ] && echo late; echo next`, 20_000);
      expect(next).toEqual({code: 0, output: 'next\n'});
      expect((await world.capture(place, 'sleep 0.3', 20_000)).code).toBe(0);
      expect(existsSync(late)).toBe(false);
    } finally {
      await world.close();
    }
  });
});
