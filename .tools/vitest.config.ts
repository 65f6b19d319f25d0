import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vitest/config';
import {LongestFirst} from './longest-first.ts';

/** Tests of pure functions: they share a process, which saves loading the same modules for every file of them. */
const PANES = ['bars', 'charts', 'checklist', 'logs', 'output', 'overlays', 'signals', 'widgets'].map(
  name => `ui/${name}`,
);
const PURE = ['text', 'plan', 'run', 'report', ...PANES].map(folder => `tests/${folder}/**/*.test.{ts,tsx}`);
const SCENARIOS = 'tests/scenarios/**/*.test.ts';
/** These judge what they measure, with the thresholds of a real document: at most two at a time, each with a core. */
const MEASURED = [
  'endings',
  'incidents',
  'incidents-console',
  'long-watch',
  'practice',
  'rehearsal',
  'stale-sources',
].map(name => `tests/scenarios/${name}.test.ts`);
/** For whole engines and terminals. */
const scenario = {
  globalSetup: ['tests/helpers/build-once.ts'],
  testTimeout: 400_000,
  hookTimeout: 240_000,
};

/** One group after the other. The numbers of workers are for two cores, and more do not disturb each other. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // These only end what hangs. Real servers and real terminals take many times as long on a machine with other work.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: {poll: {timeout: 60_000}},
    sequence: {sequencer: LongestFirst},
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: PURE,
          pool: 'threads',
          isolate: false,
          maxWorkers: 3,
          sequence: {groupOrder: 0},
        },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...PURE, SCENARIOS],
          // Most of them wait for servers, shells and frames: a console that is typed at needs an eighth of a core.
          maxWorkers: 10,
          sequence: {groupOrder: 1},
        },
      },
      {
        extends: true,
        test: {
          ...scenario,
          name: 'scenarios',
          include: [SCENARIOS],
          exclude: MEASURED,
          maxWorkers: 4,
          sequence: {groupOrder: 2},
        },
      },
      {
        extends: true,
        test: {
          ...scenario,
          name: 'measured',
          include: MEASURED,
          maxWorkers: 2,
          sequence: {groupOrder: 3},
        },
      },
    ],
  },
});
