/** Recognises scripts of awk and sed that only print, and fetches of curl and find that write nothing. */
import {readOptions} from '../curl-options.ts';
import {optionNames, readArguments, type Words} from './arguments.ts';

/** The file that an option names is no file. */
export const NOWHERE = /^(?:-|\/dev\/(?:null|stdout|stderr))$/;

const AWK_OPTIONS = optionNames('', 'F v field-separator assign');
/** It prints into files or programs, calls programs, or loads what does. `>` may be a comparison: nobody knows. */
const AWK_ACTS = /[>|]|\bsystem\b|@\s*(?:load|include)/;

/** A script in a file, and options that write files (`-i inplace`, `-o`, `-d`, `-p`), are not known to only print. */
export function awkPrints(words: Words): boolean {
  const {options, operands} = readArguments(words, AWK_OPTIONS, true);
  const [script] = operands;
  return script !== undefined && !AWK_ACTS.test(script) && options.every(({name}) => AWK_OPTIONS.has(name));
}

const SED_OPTIONS = optionNames(
  'n E r s u z quiet silent regexp-extended separate unbuffered null-data posix debug sandbox',
  'e l expression line-length',
);
const SED_ADDRESS = String.raw`(?:\d+(?:~\d+)?|\$|/(?:[^/\\\n]|\\.)*/[IM]*)`;
const SED_ADDRESSES = String.raw`(?:${SED_ADDRESS}(?:\s*,\s*(?:${SED_ADDRESS}|[+~]\d+))?\s*(?:!\s*)?)?`;
const SED_SUBSTITUTES = String.raw`[sy]([^\w\s\\])(?:(?!\1)[^\\\n]|\\.)*\1(?:(?!\1)[^\\\n]|\\.)*\1[gpiIm\d]*`;
const SED_END = String.raw`(?=\s*(?:[;}\n]|$))`;
const SED_COMMAND = new RegExp(
  String.raw`\s+|[;}]|${SED_ADDRESSES}(?:\{|${SED_SUBSTITUTES}${SED_END}|[pdqQ=lnNDPhHgGx](?:\s*\d+)?${SED_END})`,
  'y',
);

/** `-i` and the commands `w` and `e`, also behind `s///`, write files or run programs. */
export function sedPrints(words: Words): boolean {
  const {options, operands} = readArguments(words, SED_OPTIONS);
  if (!options.every(({name}) => SED_OPTIONS.has(name))) return false;
  const given = options.filter(({name}) => name === 'e' || name === 'expression').map(({value = ''}) => value);
  const script = given.length > 0 ? given.join('\n') : operands[0];
  return script !== undefined && isMadeOf(script, SED_COMMAND);
}

function isMadeOf(text: string, part: RegExp): boolean {
  part.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    if (!part.test(text) || part.lastIndex === at) return false;
    at = part.lastIndex;
  }
  return true;
}

const FIND_WRITES = /^-(?:delete|ok|okdir|fprint.*|fls)$/;

/** The commands that find runs; undefined when it deletes or writes by itself. */
export function runByFind(words: Words): Words[] | undefined {
  if (words.some(word => FIND_WRITES.test(word))) return undefined;
  const found: Words[] = [];
  for (const [at, word] of words.entries()) {
    if (!/^-exec(?:dir)?$/.test(word)) continue;
    const rest = words.slice(at + 1);
    const end = rest.findIndex((one, index) => one === ';' || (one === '+' && rest[index - 1] === '{}'));
    if (end === -1) return undefined;
    // With `+` several files take the place of the braces.
    found.push(rest.slice(0, end).flatMap(one => (one === '{}' && rest[end] === '+' ? [one, one] : [one])));
  }
  return found;
}

/** Options that name a file to write. */
const CURL_FILES = /^(?:output|cookie-jar|dump-header|stderr|trace|trace-ascii)$/;
const CURL_SENDS = /^(?:data|form|json|upload-file)/;

/** What a curl command that only fetches and prints does with an error; undefined when it does more. */
export function curlFetch(words: Words): {guarded: boolean} | undefined {
  const read = readOptions(words);
  if (read === undefined) return undefined;
  const isGet = read.options.some(({name}) => name === 'get');
  const prints = read.options.every(({name, value = '', honoured}) => {
    if (CURL_FILES.test(name)) return NOWHERE.test(value);
    if (CURL_SENDS.test(name)) return isGet && name.startsWith('data');
    if (name === 'request') return value === 'GET' || value === 'HEAD';
    // `%output{file}` writes a file, and a format in a file may hold it.
    if (name === 'write-out') return !/^@|%output\{/.test(value);
    return honoured !== 'file';
  });
  return prints ? {guarded: read.options.some(({name}) => /^fail(?:-with-body)?$/.test(name))} : undefined;
}
