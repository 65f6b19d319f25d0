import {expect, test} from 'vitest';
import {Run} from './build.ts';

test('what a look at the rollback found is said in full once, and then only that it is still so', () => {
  const run = new Run().ready();
  expect(run.types()).toEqual(['readiness-changed']);
  run.after(15_000).ready();
  expect(run.events).toEqual([{type: 'readiness-confirmed'}]);
  expect(run.state.readiness).toMatchObject({at: run.at, ready: true});
  expect(run.state.readiness?.items).toHaveLength(1);
});

test.each([
  ['something is missing', [{ready: false, detail: 'tag v1.0 not found'}]],
  ['another arm is proved', [{arms: ['L9a']}]],
])('when %s, that is said', (_name, items) => {
  const run = new Run().ready().after(15_000).ready(items);
  expect(run.types()).toEqual(['readiness-changed']);
  expect(run.state.readiness?.items[0]).toMatchObject(items[0] ?? {});
  expect(run.after(15_000).ready(items).types()).toEqual(['readiness-confirmed']);
  expect(run.after(15_000).ready().types()).toEqual(['readiness-changed']);
});

test('a proof is as old as the look that gave it, not as its report', () => {
  const run = new Run().ready();
  const items = run.state.readiness?.items ?? [];
  const asOf = run.at + 1000;
  run.after(9000).report({type: 'readiness-reported', items, link: {up: true, detail: ''}, asOf});
  expect(run.types()).toEqual(['readiness-confirmed']);
  expect(run.state.readiness?.at).toBe(asOf);
});

test('a rollback begins on a confirmed proof as on a new one', () => {
  const run = new Run().deployed().ready().after(9000).intend({type: 'roll-back'}).intend({type: 'roll-back'});
  expect(run.state.rollback.status).toBe('stopping');
  run.after(1000);
  expect(run.state.rollback.status).toBe('stopping');
  run.ready();
  expect(run.types()[0]).toBe('readiness-confirmed');
  expect(run.state.rollback.status).toBe('running');
});

test('a confirmation before anything was found changes nothing', () => {
  const run = new Run();
  expect(run.given({type: 'readiness-confirmed'}).state.readiness).toBeNull();
});
