import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/helpers/build-once.ts'],
    // Real servers and real terminals start slowly on a loaded machine.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: {NODE_ENV: 'test'},
  },
});
