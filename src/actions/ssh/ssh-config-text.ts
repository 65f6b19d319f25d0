/** The text of an ssh config, with all that it includes. */
import {existsSync, globSync, readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, isAbsolute, join} from 'node:path';

const INCLUDE_DEPTH_MAX = 8;

/** The text of several files, one behind the other. `conditional`: an `Include` whose meaning the text cannot say. */
export function configText(files: readonly string[]): {text: string; conditional: string | undefined} {
  const conditional: string[] = [];
  const text = files.map(path => withIncludes(path, line => conditional.push(line))).join(`\n${FOR_ALL}\n`);
  return {text, conditional: conditional[0]};
}

const BLOCK = /^\s*(?:host|match)[\s=]/im;
/** What stands behind it is for every host again. */
const FOR_ALL = 'Host *';

/**
 * The text of a config with `Include` lines replaced by what they name. `onConditional` is told of one within a `Host` or
 * `Match` that leads to more of them: the outer one holds for all of it, which no text without the line can say.
 */
function withIncludes(file: string, onConditional: (line: string) => void, isWithin = false, depth = 0): string {
  if (depth > INCLUDE_DEPTH_MAX || !existsSync(file)) return '';
  let isInBlock = isWithin;
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .flatMap(line => {
      isInBlock ||= BLOCK.test(line);
      const include = /^\s*include(?:\s*=\s*|\s+)(.+?)\s*$/i.exec(line)?.[1];
      if (include === undefined) return [line];
      const paths = include.split(/\s+/).flatMap(path => globSync(includePath(path, dirname(file))).sort());
      const texts = paths.map(path => withIncludes(path, onConditional, isInBlock, depth + 1));
      if (!texts.some(text => BLOCK.test(text))) return texts;
      if (isInBlock) onConditional(line.trim());
      return texts.flatMap(text => [text, FOR_ALL]);
    })
    .join('\n');
}

function includePath(path: string, directory: string): string {
  const plain = expandHome(path.replace(/^"|"$/g, ''));
  return isAbsolute(plain) ? plain : join(directory, plain);
}

export function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}
