import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import '../../../src/plan/parse-plan.ts';
import {keyOf} from '../../../src/plan/words/needed/known-words.ts';
import {neededWords, runsOfPhrases, wordsToKnow} from '../../../src/plan/words/needed/needed-words.ts';
import {PHRASES} from '../../../src/plan/words/needed/phrases.ts';
import {PATTERNS} from '../../../src/plan/words/word-pattern.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** Signs that have no lower case, several, or one of another length. */
const ODD = [
  '',
  'İf the ROLLBACK fails',
  'ſtop if 5 % FAIL',
  'K-Rollback',
  'ÉLAN OU RETOUR',
  'Σίσυφος OR',
  'éor else',
  '3for 5 min',
];
/** Every so many lines of the corpus: all of them say the same, in a minute. */
const STEP = 40;

const lines = readdirSync(fixtures, {recursive: true, encoding: 'utf8'})
  .filter(name => /\.(?:md|txt)$/.test(name))
  .flatMap(name => readFileSync(`${fixtures}${name}`, 'utf8').split('\n'))
  .filter((line, index) => line.trim() !== '' && index % STEP === 0);

test('a pattern of words finds what a plain regular expression finds', () => {
  expect(PATTERNS.length).toBeGreaterThan(300);
  const other = PATTERNS.flatMap(pattern => {
    const plain = new RegExp(pattern.source, pattern.flags.replace('g', ''));
    return [...ODD, ...lines].filter(line => {
      const found = plain.exec(line);
      return pattern.test(line) !== (found !== null) || `${pattern.exec(line)}` !== `${found}`;
    });
  });
  expect(other).toEqual([]);
});

test.each([
  ['^(?:roll(?:ed|ing)? ?back|undo)', ['roll ', 'rolle', 'rolli', 'rollb', 'undo']],
  [String.raw`^only\s+(?:on|in) staging`, ['only ']],
  [String.raw`\s(?:if|when)\s`, ['if ', 'when ']],
  ['^r[üu]ck', ['rück', 'ruck']],
  [String.raw`(?:^|\d)back`, ['back']],
  [String.raw`^(?:once )?\d+ days?`, ['day', 'days']],
])('one of the words that %s needs', (source, words) => {
  expect(new Set(neededWords([{key: source, parts: [source]}])[0])).toEqual(new Set(words));
});

test.each(['.*back', String.raw`\d+ ?%`, '(?:undo)?', '[a-z]+ed', 'undo|.'])(
  'for %s no word is needed for sure',
  source => {
    expect(neededWords([{key: source, parts: [source]}])).toEqual([undefined]);
  },
);

test('what the build keeps says of every pattern which words it needs, and of every phrase', () => {
  const {words, ofPattern, ofPhrases} = wordsToKnow(PATTERNS, PHRASES.values());
  const wordsOf = (numbers: readonly number[] | null | undefined) => numbers?.map(number => words[number]);
  expect(PATTERNS.map(({key}) => wordsOf(ofPattern[keyOf(key)]))).toEqual(neededWords(PATTERNS));
  expect(new Set(PATTERNS.map(({key, source}) => `${key} ${source}`)).size).toBe(
    new Set(PATTERNS.map(({key}) => key)).size,
  );
  for (const phrases of PHRASES.values()) expect(ofPhrases[phrases.name]?.map(wordsOf)).toEqual(runsOfPhrases(phrases));
});

test('a phrase stands in no text that has none of its runs of letters', () => {
  const text = [...ODD, ...lines].join('\n');
  const other = [...PHRASES.values()].flatMap(phrases =>
    runsOfPhrases(phrases).flatMap((runs, number) => {
      const found = text.match(new RegExp(phrases.all[number] ?? '', 'giu')) ?? [];
      return found.filter(one => runs?.some(run => one.toLowerCase().replaceAll('ſ', 's').includes(run)) === false);
    }),
  );
  expect(other).toEqual([]);
});

test('every phrase is a regular expression by itself', () => {
  for (const phrase of new Set([...PHRASES.values()].flatMap(({all}) => all)))
    expect(new RegExp(phrase, 'iu')).toBeDefined();
});
