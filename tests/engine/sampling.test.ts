import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, onTestFinished, test, vi} from 'vitest';
import type {Engine} from '../../src/engine/engine.ts';
import {shortSample, startSampling} from '../../src/engine/sampling.ts';
import {createRedactor} from '../../src/journal/secrets/redact.ts';
import {createSpool, type Spool} from '../../src/journal/spool/spool.ts';
import {parseBindings} from '../../src/plan/bindings-file/bindings.ts';
import type {Report} from '../../src/run/event.ts';
import type {Sample} from '../../src/run/outcome.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';
import {localWorld} from '../probes/local-world.ts';

const {bindings} = parseBindings(
  `logs: {access: {tail: /nowhere}}
probes:
  took: {log: access, capture: "took ([0-9.]+) ms", every: 50ms}
  errors: {log: access, count: ERROR, every: 50ms}
`,
  {env: {}},
);

async function watching(logBytesMax: number, write: (spool: Spool) => void) {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'spool'));
  const spool = createSpool(directory, createRedactor([]), {logBytesMax});
  spool.open('access', 'access.log');
  write(spool);
  const samples: Sample[] = [];
  const report = (told: Report) => {
    if (told.type === 'samples-reported') samples.push(...told.samples);
  };
  const stop = startSampling({
    engine: {report} as unknown as Engine,
    spool,
    bindings,
    world: localWorld,
    lookup: () => () => undefined,
    grown: () => {},
    now: Date.now,
  });
  onTestFinished(() => {
    stop();
    spool.close();
  });
  const valuesOf = (signal: string) => samples.filter(one => one.signal === signal).map(({value}) => value);
  return {spool, samples, valuesOf};
}

test('numbers in a log become samples one by one, and only those of lines that came since the start', async () => {
  const {spool, valuesOf} = await watching(1_000_000, spool => spool.write('access', 'took 999 ms\n'.repeat(20_000)));
  spool.write('access', 'took 12 ms\nERROR took 8.5 ms\nfine\n');
  await vi.waitFor(() => expect(valuesOf('took')).toEqual([12, 8.5]), PATIENT);
  await vi.waitFor(() => expect(valuesOf('errors').reduce((sum: number, one) => sum + (one ?? 0), 0)).toBe(1), PATIENT);
  spool.write('access', 'took 3 ms\n');
  await vi.waitFor(() => expect(valuesOf('took')).toEqual([12, 8.5, 3]), PATIENT);
});

test('a log whose lines were dropped before they were counted is an error, not a log without errors', async () => {
  const {spool, samples} = await watching(2000, () => {});
  for (let line = 0; line < 1000; line += 1) {
    spool.write('access', 'ERROR\n');
    spool.flush();
  }
  await vi.waitFor(() => {
    const missed = samples.find(({signal, error}) => signal === 'errors' && error !== undefined);
    expect(missed).toMatchObject({
      error: expect.stringMatching(/^\d+ lines came and were dropped before they were read$/),
    });
    expect(missed?.value).toBeUndefined();
  }, PATIENT);
});

test.each([
  [812.123456789, 812.12],
  [12.123456789, 12.1235],
  [0.000123456789, 0.00012346],
  [-812.129, -812.13],
  [1_795_459_671.123456, 1_795_459_671.12],
  [1_795_459_671_123, 1_795_459_671_123],
  [0, 0],
])('%d is written as %d', (value, short) => {
  expect(shortSample({signal: 's', at: 1, value})).toEqual({signal: 's', at: 1, value: short});
});

test('no value is changed by more than a ten-thousandth part of it', () => {
  fc.assert(
    fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), value => {
      const short = shortSample({signal: 's', at: 1, value}).value ?? Number.NaN;
      expect(Math.abs(short - value)).toBeLessThanOrEqual(Math.abs(value) / 10_000);
    }),
  );
});

test('where the time of a request went is written in tenths of a millisecond', () => {
  const parts = {dns: 0, tls: 4.04, 'first-byte': 612.3456};
  expect(shortSample({signal: 's', at: 1, value: 700, parts}).parts).toEqual({dns: 0, tls: 4, 'first-byte': 612.3});
});

test('a failed measurement stays as it is', () => {
  const failed = {signal: 's', at: 1, error: 'status 503'};
  expect(shortSample(failed)).toEqual(failed);
});
