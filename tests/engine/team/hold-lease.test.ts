import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {World} from '../../../src/actions/world.ts';
import {checklistName} from '../../../src/engine/opening/checklist-name.ts';
import {fenceOf, type RunLease, withLease} from '../../../src/engine/team/hold-lease.ts';
import {createLedgerProgress} from '../../../src/engine/team/ledger-progress.ts';
import {initialState} from '../../../src/run/evolve.ts';
import type {Request} from '../../../src/run/request.ts';
import type {RunState} from '../../../src/run/state.ts';

const insert: Request = {
  kind: 'sql',
  database: 'main',
  statements: [{line: 1, text: 'insert into t values (1)'}],
  timeoutMs: 1000,
};
const select: Request = {...insert, statements: [{line: 1, text: 'select 1'}]};
const checklist = 'shop: deploy.md';

function leaseThat(is: {valid: boolean; number?: number; takenOver?: boolean}): RunLease {
  const isTakenOver = async () => is.takenOver === true;
  const first = {kind: 'unsure', because: ''};
  const lease = {first, number: () => is.number, isValid: () => is.valid, isTakenOver, listen() {}};
  return {checklist, lease} as RunLease;
}

/** What comes of it: performed, or refused. */
async function asked(
  request: Request,
  lease: RunLease | undefined,
  state: Partial<RunState> = {},
  progress = createLedgerProgress(),
) {
  const performed: Request[] = [];
  const perform = async (one: Request) => {
    performed.push(one);
    return {kind: 'returned', tables: [], durationMs: 1};
  };
  const guarded = withLease({perform} as unknown as World, lease, () => ({...initialState, ...state}), progress);
  const outcome = await guarded.perform(request, () => {}, new AbortController().signal);
  return performed.length === 1 ? 'performed' : outcome;
}

test('what no host can refuse is begun only while the lease is valid', async () => {
  expect(await asked(insert, leaseThat({valid: true}))).toBe('performed');
  expect(await asked(insert, leaseThat({valid: false}))).toMatchObject({kind: 'refused', reason: 'fenced'});
  expect(await asked(select, leaseThat({valid: false}))).toBe('performed');
  expect(await asked(insert, undefined)).toBe('performed');
});

test('a person who has said why goes on, unless another has it; a rollback goes on in any case', async () => {
  const overrides = {lease: 'all were called'};
  const unsure = {status: 'unsure', checklist, because: 'away', number: 1} as const;
  expect(await asked(insert, leaseThat({valid: false}), {overrides, lease: unsure})).toBe('performed');
  const lost = {status: 'lost', checklist, because: 'bob has it', number: 1} as const;
  expect(await asked(insert, leaseThat({valid: false}), {overrides, lease: lost})).toMatchObject({
    detail: 'bob has it; nothing was begun',
  });
  const rollback = {status: 'running', because: '', startedAt: 0, begun: []} as const;
  expect(await asked(insert, leaseThat({valid: false}), {rollback, lease: lost})).toBe('performed');
});

test('what no host can refuse waits until the ledger has heard of it, for as long as the lease holds', async () => {
  const progress = createLedgerProgress();
  const held = asked(insert, leaseThat({valid: true}), {seq: 7}, progress);
  progress.upTo(6);
  // What hosts refuse, what only asks, and a rollback do not wait.
  expect(await asked(select, leaseThat({valid: true}), {seq: 7}, progress)).toBe('performed');
  const rollback = {status: 'running', because: '', startedAt: 0, begun: []} as const;
  expect(await asked(insert, leaseThat({valid: true}), {seq: 7, rollback}, progress)).toBe('performed');
  progress.upTo(7);
  expect(await held).toBe('performed');
  const is = {valid: true};
  const ending = asked(insert, leaseThat(is), {seq: 8}, progress);
  is.valid = false;
  expect(await ending).toMatchObject({kind: 'refused', reason: 'fenced'});
});

test('an engine whose run another one goes on with begins nothing, not even what asks, nor a rollback', async () => {
  const gone = leaseThat({valid: false, takenOver: true});
  const rollback = {status: 'running', because: '', startedAt: 0, begun: []} as const;
  for (const request of [insert, select])
    expect(await asked(request, gone, {rollback})).toMatchObject({kind: 'refused', reason: 'fenced'});
  // Nobody is asked while it is valid.
  expect(await asked(insert, leaseThat({valid: true, takenOver: true}))).toBe('performed');
});

test('a run whose ledger is not set any more keeps the number that it had', () => {
  const held = {status: 'unsure', checklist, because: '', number: 5} as const;
  const key = expect.stringMatching(/^[0-9a-f]{24}$/);
  expect(fenceOf(undefined, () => ({...initialState, lease: held}))()).toEqual({key, number: 5});
  expect(fenceOf(leaseThat({valid: true, number: 6}), () => ({...initialState, lease: held}))()).toEqual({
    key,
    number: 6,
  });
  expect(fenceOf(leaseThat({valid: false}), () => initialState)()).toBeUndefined();
  expect(fenceOf(undefined, () => initialState)()).toBeUndefined();
});

test('two clones, and two work trees, mean the same checklist', () => {
  const at = mkdtempSync(join(tmpdir(), 'tminus-name-'));
  const clone = (name: string, url: string) => {
    mkdirSync(join(at, name, '.git'), {recursive: true});
    writeFileSync(join(at, name, '.git', 'config'), `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n`);
    return join(at, name);
  };
  const named = (root: string) =>
    checklistName({checklist: join(root, 'ops/deploy.md'), bindings: join(root, 'ops/production.yaml')});
  const one = named(clone('work', 'git@git.example.org:team/shop.git'));
  expect(one).toBe('shop: ops/deploy.md with ops/production.yaml');
  const second = clone('other', 'https://git.example.org/team/shop');
  expect(named(second)).toBe(one);
  mkdirSync(join(second, '.git/worktrees/fix'), {recursive: true});
  writeFileSync(join(second, '.git/worktrees/fix/commondir'), '../..\n');
  mkdirSync(join(at, 'fix'));
  writeFileSync(join(at, 'fix/.git'), `gitdir: ${join(second, '.git/worktrees/fix')}\n`);
  expect(named(join(at, 'fix'))).toBe(one);
  mkdirSync(join(at, 'plain'));
  expect(checklistName({checklist: join(at, 'plain/deploy.md')})).toBe('plain: deploy.md');
  rmSync(at, {recursive: true});
});
