import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Script} from 'node:vm';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {codeFileOf, codeToKeep, loadCompiled} from '../../../src/engine/opening/compile-cache.ts';

describe('a file of the program and what was compiled of it', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tminus-compiled-'));
    file = join(directory, 'some.program.js');
  });
  afterEach(() => rmSync(directory, {recursive: true}));

  /** As a build does it: the function has run, so V8 has compiled it. */
  function keep(program: string): Buffer {
    const script = new Script(program, {filename: file});
    script.runInThisContext()();
    return codeToKeep(Buffer.from(program), script.createCachedData());
  }

  const run = () => (loadCompiled(file) as () => string)();
  const old = "(function () { return 'old'; })";
  const young = "(function () { return 'new'; })";

  test('are run together', () => {
    writeFileSync(file, young);
    writeFileSync(codeFileOf(file), keep(young));
    expect(run()).toBe('new');
  });

  test.for([
    ['is not there', undefined],
    ['is of a program that is as long', keep],
    ['is empty', () => Buffer.alloc(0)],
    ['is cut off', () => keep(young).subarray(0, -8)],
    ['is damaged', () => flipped(keep(young))],
  ] as const)('the file is run by itself when its code %s', ([, code]) => {
    writeFileSync(file, young);
    if (code !== undefined) writeFileSync(codeFileOf(file), code(old));
    expect(run()).toBe('new');
  });

  function flipped(bytes: Buffer): Buffer {
    const at = bytes.length - 20;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    return bytes;
  }
});
