import {lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {replaceFile} from '../../src/journal/replace-file.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;

test('a new file has the mode that is asked for, whatever the umask; one that exists keeps its own', async () => {
  const path = join(await temporaryDirectory(), 'deploy.review.yaml');
  const umask = process.umask(0o077);
  try {
    replaceFile(path, 'one', 0o644);
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['one', 0o644]);
    replaceFile(path, 'two', 0o600);
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['two', 0o644]);
  } finally {
    process.umask(umask);
  }
});

test('a link goes on pointing to the file, which may be elsewhere', async () => {
  const directory = await temporaryDirectory();
  mkdirSync(join(directory, 'kept'));
  const [link, target] = [join(directory, 'deploy.review.yaml'), join(directory, 'kept', 'review.yaml')];
  writeFileSync(target, 'one');
  symlinkSync(target, link);
  replaceFile(link, 'two', 0o644);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, 'utf8')).toBe('two');
});

test('what cannot be put in its place leaves nothing behind', async () => {
  const directory = await temporaryDirectory();
  const path = join(directory, 'deploy.review.yaml');
  mkdirSync(path);
  expect(() => replaceFile(path, 'two', 0o644)).toThrow();
  expect(readdirSync(directory)).toEqual(['deploy.review.yaml']);
});
