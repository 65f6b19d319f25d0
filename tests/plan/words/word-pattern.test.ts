import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import '../../../src/plan/parse-plan.ts';
import {keyOf} from '../../../src/plan/words/known-words.ts';
import {neededWords, wordsToKnow} from '../../../src/plan/words/needed-words.ts';
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

test('a pattern of words finds what a plain regular expression finds', () => {
  const lines = readdirSync(fixtures, {recursive: true, encoding: 'utf8'})
    .filter(name => /\.(?:md|txt)$/.test(name))
    .flatMap(name => readFileSync(`${fixtures}${name}`, 'utf8').split('\n'))
    .filter((line, index) => line.trim() !== '' && index % STEP === 0);
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
  expect(new Set(neededWords([source])[0])).toEqual(new Set(words));
});

test.each(['.*back', String.raw`\d+ ?%`, '(?:undo)?', '[a-z]+ed', 'undo|.'])(
  'for %s no word is needed for sure',
  source => {
    expect(neededWords([source])).toEqual([undefined]);
  },
);

test('what the build keeps says of every pattern which words it needs', () => {
  const sources = PATTERNS.map(({source}) => source);
  const {words, ofPattern} = wordsToKnow(sources);
  const kept = sources.map(source => ofPattern[keyOf(source)]?.map(number => words[number]));
  expect(kept).toEqual(neededWords(sources));
});
