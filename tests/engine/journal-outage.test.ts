import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {isUrgent, watchOutage} from '../../src/engine/journal-outage.ts';
import type {Event} from '../../src/run/event.ts';
import {initialState} from '../../src/run/evolve.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function outageOf() {
  const shown: (string | undefined)[] = [];
  const again: string[] = [];
  const probes: (readonly Event[])[] = [];
  const outage = watchOutage<string>({
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    show: text => shown.push(text),
    again: items => again.push(...items),
    probe: events => probes.push(events),
  });
  return {outage, shown, again, probes};
}

test('an outage is shown when it begins and when it ends, and not in between', () => {
  const {outage, shown} = outageOf();
  for (const trouble of [undefined, 'full', 'full', undefined, undefined]) outage.set(trouble);
  expect(shown).toEqual(['full', undefined]);
});

test('what may not be lost comes again in order, each time the disk is tried', () => {
  const {outage, again, probes} = outageOf();
  outage.set('full');
  outage.keep('first');
  outage.keep('second');
  vi.advanceTimersByTime(1000);
  expect(again).toEqual(['first', 'second']);
  outage.keep('first');
  outage.set(undefined);
  expect(again).toEqual(['first', 'second', 'first']);
  expect(probes[0]).toEqual([
    {type: 'note-added', text: 'from 03:04:05Z to 03:04:05Z the journal could not be written: full'},
  ]);
  vi.advanceTimersByTime(10_000);
  expect(probes).toHaveLength(1);
});

const started: Event = {type: 'step-started', stepId: 'L5', attempt: 1};
const asked: Event = {type: 'rollback-requested', because: 'asked for by ana', startsAt: 1};
const joined: Event = {type: 'console-joined', console: {id: 'c', user: 'ana', name: 'ana', observer: false}};

test.each([
  ['a step that starts', [started], false],
  ['a rollback that is asked for', [asked], true],
  ['a step that is told to end', [{type: 'step-cancelling', stepId: 'L5', attempt: 1} as const], true],
  ['a person who comes', [joined], true],
  ['a person who comes and a step that starts with it', [joined, started], false],
])('%s waits for the disk, or does not', (_, events, urgent) => {
  expect(isUrgent(initialState, events)).toBe(urgent);
});

test('nothing of a rollback under way waits for the disk', () => {
  const rollback = {status: 'running', because: '', startedAt: 1, begun: []} as const;
  expect(isUrgent({...initialState, rollback}, [started])).toBe(true);
});
