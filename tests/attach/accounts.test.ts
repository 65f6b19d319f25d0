import {chmodSync, chownSync, readdirSync, statSync} from 'node:fs';
import {userInfo} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import type {ServerMessage} from '../../src/attach/protocol.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {type OtherAccount, othersMissing, publicToolbox, rawConsoleAs} from '../helpers/other-account.ts';
import {engineSide, HELLO, rawClient} from './engine-side.ts';

const WAIT = PATIENT;
/** Numbers without names, which need no entry anywhere. */
const GROUP = 54_321;
const member: OtherAccount = {name: 'member', uid: 54_001, gid: 54_001, groups: [GROUP]};
const stranger: OtherAccount = {name: 'stranger', uid: 54_002, gid: 54_002, groups: []};

describe.skipIf(othersMissing !== undefined)('another Unix account', () => {
  let toolbox: ReturnType<typeof publicToolbox>;
  beforeAll(() => {
    toolbox = publicToolbox();
  });
  afterAll(() => toolbox?.remove());

  const consoleOf = (account: OtherAccount, socketPath: string, hello?: object) => {
    const console = rawConsoleAs(account, toolbox, socketPath, hello);
    onTestFinished(() => void console.child.kill('SIGKILL'));
    return console;
  };

  /** As `run --group` leaves it: the directory is the group's, and so is what the engine makes in it. */
  async function sharedEngine() {
    const engine = await engineSide({shared: true}, directory => {
      chownSync(directory, -1, GROUP);
      chmodSync(directory, 0o2750);
    });
    return {engine, directory: dirname(engine.socketPath)};
  }

  test('cannot connect: neither through the directory, nor to the socket in an open one', async () => {
    const engine = await engineSide();
    const kept = consoleOf(stranger, engine.socketPath);
    expect(await kept.heard('error')).toMatchObject({code: 'EACCES'});
    chmodSync(dirname(engine.socketPath), 0o755);
    const near = consoleOf(stranger, engine.socketPath);
    expect(await near.heard('error')).toMatchObject({code: 'EACCES'});
    expect(engine.joined).toEqual([]);
  });

  test('of the group connects as who it is, not as who it says', async () => {
    const {engine, directory} = await sharedEngine();
    expect(statSync(engine.socketPath)).toMatchObject({gid: GROUP});
    expect(statSync(engine.socketPath).mode & 0o777).toBe(0o660);
    expect(statSync(join(directory, 'arrivals'))).toMatchObject({gid: GROUP});
    const claims = {user: 'root', uid: 0, name: 'root', claimed: undefined, proved: true};
    const console = consoleOf(member, engine.socketPath, claims);
    await console.heard('welcome');
    expect(engine.joined[0]).toMatchObject({user: 'uid 54001', uid: 54_001, name: 'root', claimed: 'name'});
    expect(readdirSync(join(directory, 'arrivals'))).toEqual([]);
  });

  test('that is not of the group stays outside', async () => {
    const {engine} = await sharedEngine();
    expect(await consoleOf(stranger, engine.socketPath).heard('error')).toMatchObject({code: 'EACCES'});
  });

  test('that makes no file is sent away', async () => {
    const {engine, directory} = await sharedEngine();
    // The group may connect, but not make files.
    chmodSync(join(directory, 'arrivals'), 0o1750);
    const console = consoleOf(member, engine.socketPath);
    expect(await console.heard('refused')).toMatchObject({reason: expect.stringContaining('could not be proved')});
    expect(engine.joined).toEqual([]);
  });

  test('and the engine’s own are told apart, whatever both are called', async () => {
    const {engine} = await sharedEngine();
    const theirs = consoleOf(member, engine.socketPath, {name: userInfo().username});
    await theirs.heard('welcome');
    const ours = rawClient(engine.socketPath, HELLO);
    await vi.waitFor(() => expect(ours.messages.some(isWelcome)).toBe(true), WAIT);
    expect(engine.joined.map(({uid}) => uid)).toEqual([member.uid, process.getuid?.()]);
  });
});

function isWelcome({type}: ServerMessage): boolean {
  return type === 'welcome';
}
