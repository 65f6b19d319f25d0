/** Shell tests that files are there and hold something. */
import type {Input} from '../../plan/script.ts';
import {pathWord} from './path-words.ts';

/** `sh` succeeds where it is so; `missing` says in words that it is not. */
export type Test = {sh: string; missing: string};

type Content = Extract<Input, {kind: 'directory' | 'file' | 'path'}>;

/** The weightiest first: what is missing need not be asked for its content. */
export function contentTests(input: Content, path: string): readonly Test[] {
  const word = pathWord(path);
  switch (input.kind) {
    case 'file':
      return [
        {sh: `[ -f ${word} ]`, missing: `file ${path} missing`},
        {sh: `[ -s ${word} ]`, missing: `file ${path} is empty (0 bytes)`},
        ...packedTests(path, word),
      ];
    case 'directory':
      // `cp -r` and `mv` take a single file as well.
      return [
        {sh: `[ -d ${word} ] || [ -f ${word} ]`, missing: `directory ${path} missing`},
        {sh: filledTest(word), missing: `${path} is there, but it holds no file with anything in it`},
        ...packedTests(path, word),
      ];
    case 'path': {
      const matched = `set -- ${pathWord(path, {matches: true})}`;
      const isThere = {sh: `{ ${matched}; [ -e "$1" ]; }`, missing: `${path} missing`};
      if (input.mayBeEmpty === true) return [isThere];
      const filled = `{ ${matched}; ${filledTest('"$@"')}; }`;
      return [isThere, {sh: filled, missing: `${path} holds no file with anything in it`}];
    }
  }
}

/** The links of the search are followed where they are named, and not below. */
function filledTest(words: string): string {
  return `find -H ${words} ! -type d -size +0c 2>/dev/null | head -n 1 | grep -q .`;
}

/** What a program that unpacks to its output calls the first of it. */
const PACKED: readonly (readonly [RegExp, string])[] = [
  [/\.(?:gz|tgz)$/i, 'gzip -dc'],
  [/\.(?:bz2|tbz2?)$/i, 'bzip2 -dc'],
  [/\.(?:xz|txz)$/i, 'xz -dc'],
  [/\.(?:zst|tzst)$/i, 'zstd -dcq'],
];

/** Larger ones would take too long to be unpacked each time: of these the beginning is looked at. */
const WHOLE_BYTES_MAX = 32 * 1024 * 1024;

/**
 * A dump that failed leaves a packed file of no content, or half of one. Where the host cannot unpack, nothing is said of
 * it: then the command that needs to says so itself.
 */
function packedTests(path: string, word: string): readonly Test[] {
  if (/\.zip$/i.test(path))
    return [unlessWithout('unzip', `unzip -tqq ${word}`, `${path} is no whole archive, or an empty one`)];
  const [, unpack] = PACKED.find(([suffix]) => suffix.test(path)) ?? [];
  const isTar = /\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|tzst)$/i.test(path);
  const program = unpack?.split(' ')[0];
  const content = unpack === undefined ? undefined : `${unpack} <${word} 2>/dev/null`;
  // The contents of the files of an archive, one behind the other.
  const held = isTar ? `{ ${content ?? `cat ${word}`}; } | tar -xOf - 2>/dev/null` : content;
  const tests: Test[] = [];
  if (held !== undefined) {
    const holds = `[ "$(${held} | head -c 1 | wc -c)" -eq 1 ]`;
    tests.push(unlessWithout(program ?? 'tar', holds, `${path} holds nothing: it is empty when unpacked`));
  }
  if (unpack !== undefined) {
    const whole = `[ "$(wc -c <${word})" -gt ${WHOLE_BYTES_MAX} ] || ${unpack} <${word} >/dev/null 2>&1`;
    tests.push(unlessWithout(program ?? '', whole, `${path} is damaged or cut off: it does not unpack to its end`));
  }
  return tests;
}

function unlessWithout(program: string, sh: string, missing: string): Test {
  return {sh: `{ ! command -v ${program} >/dev/null 2>&1 || { ${sh}; }; }`, missing};
}
