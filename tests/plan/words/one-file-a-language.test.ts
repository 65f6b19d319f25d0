import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const plan = fileURLToPath(new URL('../../../src/plan/', import.meta.url));
const ENGLISH = ['english', 'english-bounds', 'english-warnings', 'english-work'];
const LANGUAGES = ['spanish', 'german', 'french', 'portuguese', 'other-languages'];

test('no other file holds words of a language than its own', () => {
  const english = new Set([...ENGLISH.flatMap(name => wordsIn(read(`words/${name}.ts`))), ...ALSO_ENGLISH]);
  const foreign = new Set(
    LANGUAGES.flatMap(name => wordsIn(read(`words/${name}.ts`))).filter(word => !english.has(word)),
  );
  const files = readdirSync(plan, {recursive: true, encoding: 'utf8'}).filter(
    path => path.endsWith('.ts') && !LANGUAGES.some(name => path === join('words', `${name}.ts`)),
  );
  const found = files.flatMap(path => {
    const words = wordsIn(read(path)).filter(word => foreign.has(word));
    return words.length === 0 ? [] : [`${path}: ${[...new Set(words)].join(' ')}`];
  });
  expect(found).toEqual([]);
});

/** Words of other languages that the code has as well. */
const ALSO_ENGLISH: readonly string[] = [
  // English ones, in messages and kinds of things.
  ...'alter bare base deployer domain elements image item main man meta moment plus principal probe problem quote situation stand'.split(
    ' ',
  ),
  // Programs, their options and parts of paths and addresses.
  ...'ab aide alt ca ci da del dos du em fi ini ip jest lang li op su sub todo ul var vue'.split(' '),
  // Half a day, a product, a size, and what patterns take apart: `[A-Za-z]`, `e[lr]?n`, `(?:mon|don)keys?`.
  ...'am az el hat ki le mi mon ya za'.split(' '),
];

function read(path: string): string {
  return readFileSync(join(plan, path), 'utf8');
}

/** Words of at least two letters in the texts and patterns of a source file, without marks above them. */
function wordsIn(source: string): string[] {
  return literalsIn(source.replaceAll(/^(?:import|export) .*from '.*';$/gm, '')).flatMap(literal => {
    const plain = literal
      .replaceAll(/\\[pP]\{\w+\}|\\x[\da-f]{2}|\\u[\da-f]{4}|\\[a-zA-Z]/g, ' ')
      .replaceAll(/\(\?:([^()|])\|[^()|]{1,2}\)/gu, '$1')
      .replaceAll(/\[([\p{L}])[\p{L}]*\]/gu, '$1')
      .replaceAll(/\(\?<?[:=!]|\?/g, ' ');
    return (
      plain
        .normalize('NFD')
        .replaceAll(/\p{M}/gu, '')
        .toLowerCase()
        .match(/\p{L}{2,}/gu) ?? []
    );
  });
}

/** The texts, templates and patterns of a source file, without comments and what stands in `${}`. */
function literalsIn(source: string): string[] {
  const tokens = source.matchAll(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`((?:\\[\s\S]|[^`\\])*)`|(?<=[(,=:[!&|?{};\n]\s*)\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/[a-z]*/g,
  );
  return [...tokens].flatMap(([, ...groups]) => groups.flatMap(group => group?.replaceAll(/\$\{[^{}]*\}/g, ' ') ?? []));
}
