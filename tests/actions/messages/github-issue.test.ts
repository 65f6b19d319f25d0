import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test, vi} from 'vitest';
import {createIssue, hasGh} from '../../../src/actions/messages/github-issue.ts';

describe('gh', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-gh-'));
  const programs = join(directory, 'bin');
  const gh = join(programs, 'gh');
  const create = () => createIssue({title: 'It broke', bodyFile: join(directory, 'body'), directory});

  beforeAll(() => mkdirSync(programs));
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => rmSync(directory, {recursive: true, force: true}));

  test('is there when a program of that name is on the path', () => {
    expect(hasGh({PATH: `/nowhere:${programs}`})).toBe(false);
    writeFileSync(gh, '#!/bin/sh\n');
    expect(hasGh({PATH: programs})).toBe(false);
    chmodSync(gh, 0o755);
    expect(hasGh({PATH: `/nowhere:${programs}`})).toBe(true);
    expect(hasGh({})).toBe(false);
  });

  test('that refuses is quoted in one line', async () => {
    vi.stubEnv('PATH', `${programs}:${process.env['PATH']}`);
    writeFileSync(gh, '#!/bin/sh\necho looking >&2\necho "not logged in: run gh auth login" >&2\nexit 4\n');
    expect(await create()).toEqual({created: false, detail: 'gh: exit 4: not logged in: run gh auth login'});
  });

  test('that is gone by then is no crash', async () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(await create()).toEqual({created: false, detail: expect.stringContaining('gh cannot be started')});
  });
});
