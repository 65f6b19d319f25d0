/** Consoles on the socket of a real engine, with a journal on disk. */

import {expect, onTestFinished, test, vi} from 'vitest';
import {type Connection, connect} from '../../src/attach/client.ts';
import type {ServerMessage} from '../../src/attach/protocol.ts';
import {serve} from '../../src/attach/server.ts';
import {sha256} from '../../src/engine/opening/opening-facts.ts';
import {runEngine} from '../../src/engine/run-engine.ts';
import {createJournal} from '../../src/journal/journal.ts';
import {readJournal} from '../../src/journal/read-journal.ts';
import {createRunDirectory, newRunId, socketPath} from '../../src/journal/run-directory.ts';
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import type {Event, Intent} from '../../src/run/event.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {runOpened} from '../helpers/plan-parts.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';
import {HELLO, type RawClient, rawClient} from './engine-side.ts';

const WAIT = PATIENT;
const checklist = '# Release\n\n## Pre-deployment\n\n- [ ] Reviewed\n- [ ] Announced\n';

type Running = {socket: string; runDirectory: string; driver: Connection; ended: Promise<void>};

/** `before`: what an earlier engine, that was killed, left in the journal. */
async function startRun(before: readonly Event[] = []): Promise<Running> {
  const home = await temporaryDirectory();
  const runId = newRunId(new Date());
  const directory = await createRunDirectory(home, runId, {checklist: Buffer.from(checklist)});
  if (before.length > 0) {
    const journal = await createJournal(directory);
    await journal.append(before, {at: Date.now(), by: 'ana'});
    await journal.close();
  }
  const socket = socketPath(directory);
  const options = {runId, home, checklist: '/release.md', directory: home, user: 'ana', values: {}, choices: []};
  const how = {auto: false, yes: [], watch: 'all' as const, unattended: false, dryRun: false};
  const ended = runEngine({
    runDirectory: directory,
    options: {...options, ...how},
    onlyRollback: false,
    env: {},
    attach: host => serve({...host, runDirectory: directory, socketPath: socket}),
    writeIncident: async () => ({report: '', issue: '', message: ''}),
    onGreeted: () => {},
    onClosed: async () => {},
  });
  const driver = await vi.waitFor(() => connect(socket, {name: 'ana', observe: false}), WAIT);
  onTestFinished(async () => {
    await driver.send({type: 'pass-baton', to: driver.consoleId, takeOver: true});
    await driver.send({type: 'finish', because: 'the test is over', abort: true});
    await ended;
  });
  return {socket, runDirectory: directory, driver, ended};
}

/** One wish of each kind; a kind that is missing does not compile. */
const WISHES: {[type in Intent['type']]: Extract<Intent, {type: type}>} = {
  'run-step': {type: 'run-step', stepId: 'L5', override: 'now'},
  'run-on': {type: 'run-on', on: true},
  tick: {type: 'tick', stepId: 'L5', reason: 'done'},
  cancel: {type: 'cancel', stepId: 'L5'},
  skip: {type: 'skip', stepId: 'L5', reason: 'no'},
  fill: {type: 'fill', stepId: 'L5', blankId: 'x', value: 'y'},
  choose: {type: 'choose', choiceId: 'x', armId: 'y'},
  note: {type: 'note', text: 'hello'},
  complain: {type: 'complain'},
  hold: {type: 'hold', on: true},
  'roll-back': {type: 'roll-back', force: 'now'},
  'cancel-roll-back': {type: 'cancel-roll-back'},
  dismiss: {type: 'dismiss', ruleId: 'x', reason: 'y'},
  'pass-baton': {type: 'pass-baton', to: null},
  approve: {type: 'approve', id: 'A1'},
  'confirm-section': {type: 'confirm-section', sectionId: 'x', reading: 'y'},
  'reopen-section': {type: 'reopen-section', sectionId: 'x'},
  'change-use': {type: 'change-use', sectionId: 'x', use: 'run'},
  'set-place': {type: 'set-place', sectionId: 'x', place: 'vps'},
  'settle-doubt': {type: 'settle-doubt', doubtId: 'x', how: 'y'},
  'write-incident': {type: 'write-incident'},
  'send-issue': {type: 'send-issue'},
  'hand-over': {type: 'hand-over'},
  'take-hand-over': {type: 'take-hand-over', id: 'H1'},
  'sign-off': {type: 'sign-off', status: 'successful', name: 'Bo'},
  countersign: {type: 'countersign', name: 'Bo'},
  finish: {type: 'finish', because: 'done', abort: true},
};

async function ask(client: RawClient, intent: Intent): Promise<Extract<ServerMessage, {type: 'answer'}>> {
  const id = client.messages.length + 1000;
  client.say({type: 'intent', id, intent});
  return await vi.waitFor(() => {
    const answer = client.messages.find(message => message.type === 'answer' && message.id === id);
    if (answer?.type !== 'answer') throw new Error('no answer yet');
    return answer;
  }, WAIT);
}

async function attached(socket: string): Promise<{client: RawClient; id: string}> {
  const client = rawClient(socket, HELLO);
  const welcome = await vi.waitFor(() => {
    const [first] = client.messages;
    if (first?.type !== 'welcome') throw new Error('no welcome yet');
    return first;
  }, WAIT);
  return {client, id: welcome.consoleId};
}

test('a client written by hand that does not drive is refused whatever it asks for, and nothing is written', async () => {
  const {socket, runDirectory, driver} = await startRun();
  const {client, id} = await attached(socket);
  const before = (await readJournal(runDirectory)).events.at(-1)?.seq ?? 0;
  for (const wish of Object.values(WISHES)) {
    expect(await ask(client, wish), wish.type).toMatchObject({
      refusal: expect.stringMatching(/drives|driver|waits|or none|nobody has signed/),
    });
  }
  expect(await ask(client, {type: 'pass-baton', to: id})).toMatchObject({refusal: expect.stringContaining('drives')});
  // A message that names another console, or claims to be the driver, changes nothing about whose socket it is.
  client.socket.write(
    `${JSON.stringify({type: 'intent', id: 1, console: driver.consoleId, consoleId: driver.consoleId, by: 'engine', intent: WISHES.tick})}\n`,
  );
  await vi.waitFor(
    () => expect(client.messages).toContainEqual(expect.objectContaining({type: 'answer', id: 1})),
    WAIT,
  );
  const {events} = await readJournal(runDirectory);
  expect(events.filter(event => event.seq > before && event.by !== 'engine')).toEqual([]);
  expect(driver.store.getState().driver).toBe(driver.consoleId);
});

test('the baton is handed on, and what follows is the other’s', async () => {
  const {socket, runDirectory, driver} = await startRun();
  const {client, id} = await attached(socket);
  expect(await driver.send({type: 'pass-baton', to: id})).toBeUndefined();
  expect(await ask(client, WISHES.note)).not.toHaveProperty('refusal');
  expect(await driver.send(WISHES.note)).toContain('drives, you observe');
  const {events} = await readJournal(runDirectory);
  expect(events.findLast(event => event.type === 'note-added')?.by).toMatch(/^Ana \(.+\)$/);
  expect(events.filter(event => event.type === 'baton-passed').map(({because}) => because)).toEqual([
    'nobody else drove',
    expect.stringMatching(/^handed on by ana/),
  ]);
});

test('a driver who is gone leaves the baton to be taken', async () => {
  const {socket, driver} = await startRun();
  const {client, id} = await attached(socket);
  driver.close();
  await vi.waitFor(
    async () => expect(await ask(client, {type: 'pass-baton', to: id})).not.toHaveProperty('refusal'),
    WAIT,
  );
  expect(await ask(client, {type: 'finish', because: 'done', abort: true})).not.toHaveProperty('refusal');
});

test('who drove when the engine was killed drives no more', async () => {
  const gone = {id: 'gone', user: 'ana', name: 'ana', observer: false};
  const checklistSha256 = sha256(parsePlan(Buffer.from(checklist), emptyBindings, {env: {}}).source.join('\n'));
  const opened = runOpened({title: 'Release', checklist: '/release.md', checklistSha256});
  const {driver, runDirectory} = await startRun([
    opened,
    {type: 'console-joined', console: gone},
    {type: 'baton-passed', to: gone.id},
  ]);
  expect(driver.store.getState().driver).toBe(driver.consoleId);
  expect(Object.keys(driver.store.getState().consoles)).toEqual([driver.consoleId]);
  const {events} = await readJournal(runDirectory);
  expect(events).toContainEqual(expect.objectContaining({type: 'console-left', consoleId: gone.id, name: 'ana'}));
});

test('a console that stops reading holds up neither the engine nor the others, and gets the state when it reads on', async () => {
  const {socket, driver} = await startRun();
  const {client: frozen} = await attached(socket);
  const {client: lively} = await attached(socket);
  frozen.socket.pause();
  const text = 'x'.repeat(60_000);
  const rounds = 80;
  for (let round = 0; round < rounds; round += 1) {
    expect(await driver.send({type: 'note', text: `${round} ${text}`})).toBeUndefined();
  }
  const notes = (client: RawClient) => client.messages.filter(message => isNote(message)).length;
  await vi.waitFor(() => expect(notes(lively)).toBe(rounds), WAIT);
  frozen.socket.resume();
  await vi.waitFor(() => expect(frozen.messages.some(({type}) => type === 'snapshot')).toBe(true), WAIT);
  const snapshot = frozen.messages.findLast(({type}) => type === 'snapshot');
  expect(snapshot?.type === 'snapshot' ? snapshot.state.notes : []).toHaveLength(rounds);
  expect(notes(frozen)).toBeLessThan(rounds / 2);
  await driver.send({type: 'note', text: 'after'});
  await vi.waitFor(() => expect(frozen.messages.some(message => isNote(message, 'after'))).toBe(true), WAIT);
});

function isNote(message: ServerMessage, text?: string): boolean {
  if (message.type !== 'events') return false;
  return message.events.some(event => event.type === 'note-added' && (text === undefined || event.text === text));
}
