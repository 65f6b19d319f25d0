import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {isProved} from '../../src/run/request.ts';
import {missingText} from '../../src/run/rollback/readiness.ts';
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

  test('of several proofs names the one that hangs as not answered, and not as missing', async () => {
    const {world} = openHostWorld(sshd, {directory: '/'});
    const place = {kind: 'host', host: 'vps', destination: 'box'} as const;
    const proofs = [
      {id: 'there', sh: ':', missing: 'never said'},
      {id: 'gone', sh: 'false', missing: 'tag v1 not found'},
      {id: 'hangs', sh: 'exec sleep 60', missing: 'directory /nfs/backup missing'},
    ];
    try {
      const answers = await world.prove(place, 'main', proofs);
      const unanswered = 'no answer from vps within 10 s';
      expect(answers).toEqual({there: true, gone: false, hangs: {unanswered}});
      expect(proofs.map(proof => isProved(answers[proof.id]))).toEqual([true, false, false]);
      expect(proofs.slice(1).map(proof => missingText(proof, answers))).toEqual([
        'tag v1 not found',
        `${unanswered} about: directory /nfs/backup missing`,
      ]);
    } finally {
      await world.close();
    }
  });
});
