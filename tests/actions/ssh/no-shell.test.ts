import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {box, commands, expectKind, openHostWorld, performed, script} from '../../helpers/real-world.ts';
import {type Sshd, sshdMissing, startSshd} from '../../helpers/sshd.ts';

const PROOF = {id: 'there', sh: ':', missing: 'nothing'};

/** Accounts that log in and run something else than a shell. */
const accounts = [
  {name: 'nologin', runs: '/usr/sbin/nologin', says: 'This account is currently not available'},
  {name: 'a forced command that ends', runs: 'echo "only backups here" >&2; exit 9', says: 'only backups here'},
  {name: 'a forced command that says nothing', runs: 'false', says: 'it ended with 1'},
  {name: 'a program that repeats what it is sent', runs: 'tee -a $HOME/read', says: 'no shell'},
  {
    name: 'a menu',
    runs: 'read line; echo "$line" >>$HOME/read; echo "unknown: choose 1-9"; exit 2',
    says: 'choose 1-9',
  },
];

describe.skipIf(sshdMissing)('an account with', () => {
  test.each(accounts)('$name is refused in the words of its host, and is sent nothing', async ({runs, says}) => {
    let sshd: Sshd | undefined;
    try {
      sshd = await startSshd({settings: [`ForceCommand ${runs}`]});
      const {world} = openHostWorld(sshd);
      const {outcome, printed} = await performed(world, script([commands('echo secret-step')], {place: box}));
      expect(expectKind(outcome, 'refused')).toMatchObject({
        reason: 'unreachable',
        detail: expect.stringContaining(says),
      });
      expect(printed).toContain(says);
      await expect(world.prove(box, 'rollback', [PROOF])).rejects.toThrow(says);
      await world.close();
      const read = join(sshd.directory, 'home/read');
      expect(existsSync(read) ? readFileSync(read, 'utf8') : '').not.toContain('secret-step');
    } finally {
      await sshd?.stop();
    }
  });

  test('a forced command that runs what it was asked to is a shell like others', async () => {
    const sshd = await startSshd({settings: ['ForceCommand echo hello; exec sh -c "$SSH_ORIGINAL_COMMAND"']});
    const {world} = openHostWorld(sshd);
    const {printed} = await performed(world, script([commands('echo there')], {place: box}));
    expect(printed).toBe('$ echo there\nthere\n');
    await world.close();
    await sshd.stop();
  });
});
