import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {checkEnvFile} from '../../../src/plan/apply-bindings/env-file-check.ts';

describe('an environment file', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'env-file-'));
    execFileSync('git', ['init', '-q'], {cwd: directory});
  });
  afterAll(() => rmSync(directory, {recursive: true}));

  const names = [
    '`DATABASE_URL` (connection string)',
    '`REDIS_URL` (if using Redis caching)',
    '`TWILIO_TOKEN` (properly in .env, not committed)',
  ];

  function check(content: string): {status: number | null; output: string} {
    writeFileSync(join(directory, '.env'), content);
    const text = checkEnvFile('.env', {title: 'All required environment variables present', instructions: names});
    const {status, stdout, stderr} = spawnSync('sh', ['-c', text], {cwd: directory, encoding: 'utf8'});
    return {status, output: stdout + stderr};
  }

  test('passes when each name has a value, and never shows one', () => {
    const {status, output} = check('export DATABASE_URL="postgres://topsecret"\nTWILIO_TOKEN = \'topsecret\'\n');
    expect(status).toBe(0);
    expect(output).toBe(
      'DATABASE_URL is set\nTWILIO_TOKEN is set\nREDIS_URL is not set (optional)\n.env is not tracked by git\n',
    );
  });

  test.each([
    ['DATABASE_URL=\nTWILIO_TOKEN=x\n', 'DATABASE_URL is missing or empty'],
    ['DATABASE_URL=""\nTWILIO_TOKEN=x\n', 'DATABASE_URL is missing or empty'],
    ['DATABASE_URL= # later\nTWILIO_TOKEN=x\n', 'DATABASE_URL is missing or empty'],
    ['#DATABASE_URL=x\nTWILIO_TOKEN=x\n', 'DATABASE_URL is missing or empty'],
    ['MY_DATABASE_URL=x\nTWILIO_TOKEN=x\n', 'DATABASE_URL is missing or empty'],
  ])('fails on %j', (content, message) => {
    const {status, output} = check(content);
    expect(status).not.toBe(0);
    expect(output).toContain(message);
  });

  test('fails when git tracks what must not be committed', () => {
    check('');
    execFileSync('git', ['add', '-f', '.env'], {cwd: directory});
    const {status, output} = check('DATABASE_URL=x\nTWILIO_TOKEN=x\n');
    expect(status).not.toBe(0);
    expect(output).toContain('.env is tracked by git');
  });
});
