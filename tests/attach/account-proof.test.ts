import {execFileSync} from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {leaveProof, prepareArrivals, readProof} from '../../src/attach/account-proof.ts';
import {openDoor} from '../../src/attach/admission.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

const NONCE = '0123456789abcdef0123456789abcdef';
const ownUid = process.getuid?.() ?? 0;
const isRoot = ownUid === 0;
if (!isRoot)
  process.stderr.write('\nonly root can give a file away: the test of a proof by another account is SKIPPED\n');

async function place(shared = false): Promise<{socket: string; arrivals: string; proof: string}> {
  const directory = await temporaryDirectory();
  const socket = join(directory, 'engine.sock');
  prepareArrivals(socket, shared);
  const arrivals = join(directory, 'arrivals');
  return {socket, arrivals, proof: join(arrivals, NONCE)};
}

test('whose file it is, is who arrives, and the file goes', async () => {
  const {socket, arrivals} = await place();
  const askedAt = Date.now();
  expect(leaveProof(socket, NONCE)).toBeUndefined();
  expect(readProof(socket, NONCE, askedAt)).toEqual({uid: ownUid});
  expect(readdirSync(arrivals)).toEqual([]);
});

test.skipIf(!isRoot)('the kernel’s word counts: a file of another account proves that account', async () => {
  const {socket, proof} = await place(true);
  const askedAt = Date.now();
  leaveProof(socket, NONCE);
  chownSync(proof, 12_345, 12_345);
  expect(readProof(socket, NONCE, askedAt)).toEqual({uid: 12_345});
});

test('a proof can be read by an engine of another account, whatever the console’s mask', async () => {
  const {socket, proof} = await place();
  const mask = process.umask(0o077);
  leaveProof(socket, NONCE);
  process.umask(mask);
  expect(statSync(proof).mode & 0o777).toBe(0o644);
});

type Place = Awaited<ReturnType<typeof place>>;

test.for<[string, (place: Place) => void | Promise<void>, RegExp]>([
  ['no file at all', () => {}, /ENOENT/],
  ['a file that has another name elsewhere', ({proof}) => linkSync(proof, `${proof}.mine`), /another name/],
  [
    'a symbolic link to a good file',
    ({proof}) => {
      renameSync(proof, `${proof}.real`);
      symlinkSync(`${proof}.real`, proof);
    },
    /not a plain file/,
  ],
  [
    'a pipe',
    ({proof}) => {
      renameSync(proof, `${proof}.real`);
      execFileSync('mkfifo', [proof]);
    },
    /not a plain file/,
  ],
  [
    'a directory',
    ({proof}) => {
      renameSync(proof, `${proof}.real`);
      mkdirSync(proof);
    },
    /not a plain file/,
  ],
  ['a file that was there before', ({proof}) => utimesSync(proof, 1000, 1000), /before it was asked for/],
  ['a file that others can write', ({proof}) => chmodSync(proof, 0o666), /others than its owner/],
  ['an empty file', ({proof}) => writeFileSync(proof, ''), /made for something else/],
  ['more than was asked for', ({proof}) => writeFileSync(proof, `${readFileSync(proof)}x`), /made for something else/],
  [
    'the answer to another engine’s question, moved here',
    async ({proof}) => {
      const other = await place();
      leaveProof(other.socket, NONCE);
      renameSync(other.proof, proof);
    },
    /made for something else/,
  ],
])('%s proves nothing', async ([name, change, because]) => {
  const there = await place();
  const askedAt = Date.now();
  if (name !== 'no file at all') leaveProof(there.socket, NONCE);
  await change(there);
  expect(readProof(there.socket, NONCE, askedAt)).toEqual({failure: expect.stringMatching(because)});
});

test.for(['../../etc/cron.d/x', '', 'a/b', `${NONCE}0`, `${NONCE.slice(1)}\n`])(
  'a console makes no file of the name %j, whoever asks',
  async nonce => {
    const {socket, arrivals} = await place();
    expect(leaveProof(socket, nonce)).toMatch(/no nonce/);
    expect(readdirSync(arrivals)).toEqual([]);
  },
);

test('a console follows no link that stands where the directory should be', async () => {
  const elsewhere = await temporaryDirectory();
  const socket = join(await temporaryDirectory(), 'engine.sock');
  symlinkSync(elsewhere, join(socket, '..', 'arrivals'));
  expect(leaveProof(socket, NONCE)).toMatch(/no directory/);
  expect(readdirSync(elsewhere)).toEqual([]);
  expect(() => prepareArrivals(socket, true)).toThrow(/not of our making/);
});

test('a console overwrites nothing', async () => {
  const {socket, proof} = await place();
  writeFileSync(proof, 'precious');
  expect(leaveProof(socket, NONCE)).toMatch(/EEXIST/);
  expect(readFileSync(proof, 'utf8')).toBe('precious');
});

test('the directory is for its account alone, or for a group in which nobody takes away what others made', async () => {
  expect(statSync((await place(false)).arrivals).mode & 0o7777).toBe(0o700);
  expect(statSync((await place(true)).arrivals).mode & 0o7777).toBe(0o1770);
});

test('each question is answered once', async () => {
  const {socket} = await place();
  const door = openDoor(socket, true);
  const nonce = door.ask();
  leaveProof(socket, nonce);
  expect(await door.admit(nonce, undefined)).toMatchObject({uid: ownUid});
  leaveProof(socket, nonce);
  expect(await door.admit(nonce, undefined)).toEqual({refusal: expect.stringContaining('could not be proved')});
});

test('who goes away before answering leaves nothing behind', async () => {
  const {socket, arrivals} = await place();
  const door = openDoor(socket, true);
  const nonce = door.ask();
  leaveProof(socket, nonce);
  door.forget(nonce);
  expect(existsSync(join(arrivals, nonce))).toBe(false);
});

test('without a proof nobody gets in where a group may try, and only a presumed owner where it may not', async () => {
  const {socket} = await place();
  const open = openDoor(socket, true);
  expect(await open.admit(open.ask(), 'ENOSPC')).toEqual({refusal: 'who you are could not be proved: ENOSPC'});
  const own = openDoor(socket, false);
  const account = await own.admit(own.ask(), 'ENOSPC');
  expect(account).toHaveProperty('user');
  expect(account).not.toHaveProperty('uid');
});
