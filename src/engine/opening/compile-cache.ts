/** Runs a file of the built program with what V8 compiled of it when it was built. */
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Script} from 'node:vm';
import {crc32} from 'node:zlib';
import {compact} from '../../text/compact.ts';

/** Two sums, and room: V8 reads its data where it begins at a multiple of eight. */
const HEAD_BYTES = 16;
const CODE_SUM_AT = 4;

type Load = (path: string) => Promise<unknown>;
type Begin = (require: NodeJS.Require, load: Load, url: string, directory: string) => Promise<void>;

/** Begins the program that stands beside this file of the build: `cli`, `engine`. `load`: the import() of that file. */
export async function beginProgram(name: string, url: string, load: Load): Promise<void> {
  const file = fileURLToPath(new URL(`./${name}.program.js`, url));
  const begin = loadCompiled(file) as Begin;
  await begin(createRequire(file), load, url, dirname(file));
}

/**
 * The value of the one function that the file holds. Node keeps of a module only the functions that are compiled before it
 * runs; here they are those that a start needs (.tools/compiled-code.mjs). Whatever is not for this program, this V8 and
 * its flags is left, and the file compiled as any other. It is plain ASCII: memory holds one byte a sign.
 */
export function loadCompiled(file: string): unknown {
  const program = readFileSync(file);
  const cachedData = readCode(file, program);
  return new Script(program.toString('latin1'), compact({filename: file, cachedData})).runInThisContext();
}

/** Code is of no use to another kind of processor. */
export function codeFileOf(file: string): string {
  return file.replace(/\.js$/, `.${process.arch}.code`);
}

/** V8 itself looks only how long the program is, and not at all whether its data are whole. */
function readCode(file: string, program: Buffer): Buffer | undefined {
  try {
    const kept = readFileSync(codeFileOf(file));
    const code = kept.subarray(HEAD_BYTES);
    const isOwn = kept.readUInt32LE() === crc32(program) && kept.readUInt32LE(CODE_SUM_AT) === crc32(code);
    return isOwn ? code : undefined;
  } catch {
    return undefined;
  }
}

/** As `readCode` reads it. */
export function codeToKeep(program: Buffer, code: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(crc32(program));
  head.writeUInt32LE(crc32(code), CODE_SUM_AT);
  return Buffer.concat([head, code]);
}
