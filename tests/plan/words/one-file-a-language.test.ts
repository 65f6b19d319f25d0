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

test('a pattern of words takes its words from the languages', () => {
  const files = readdirSync(plan, {recursive: true, encoding: 'utf8'}).filter(
    path => path.endsWith('.ts') && !path.startsWith('words/'),
  );
  const found = files.flatMap(path => {
    const source = read(path);
    const words = patternsIn(source)
      .flatMap(wordsOf)
      .filter(word => !OF_NO_LANGUAGE.has(word));
    const small = OF_COMMANDS.test(path)
      ? []
      : expressionsIn(source)
          .flatMap(wordsOf)
          .filter(word => SMALL.has(word));
    const own = [...new Set([...words, ...small])].toSorted();
    return own.length === 0 ? [] : [[path, own.join(' ')] as const];
  });
  expect(Object.fromEntries(found)).toEqual(ENGLISH_ONLY);
});

/** Files with English words that no language file has yet; where they are moved there, the row goes. None may come. */
const ENGLISH_ONLY: Readonly<Record<string, string>> = {
  'apply-bindings/env-file-check.ts': 'you',
  'outline/split-document.ts': 'back have if manually need quickly safely should then want you',
  'phrases/comparison.ts': 'to',
  'phrases/condition-behind.ts': 'case in',
  'phrases/condition.ts': 'an it that this when',
  'phrases/expectation-numbers.ts': 'count of or similar total',
  'phrases/expectation-phrases.ts':
    'an any be command if is it items look never no not nothing of page pass print query results return see should show that the there they this until watch when which you zero',
  'phrases/expectations.ts':
    'accepted an bad content created entries forbidden found items modified moved no not ok or redirect results unauthorised',
  'phrases/host-mentions.ts': 'same the',
  'phrases/marks.ts': 'when',
  'phrases/metric.ts': 'of',
  'phrases/quantity.ts':
    'as baseline bytes first four higher imum less longer max milliseconds more next normal one other six slower the three times to twelve two under up usual within',
  'phrases/threshold-implicit.ts': 'detected observed of',
  'phrases/threshold-parts.ts': 'of when',
  'phrases/time-marks.ts': 'four local one six three twelve two',
  'review/lead-ins.ts': 'are has have is that the these this those was were when',
  'steps/item-shapes.ts': 'it that this',
  'steps/item-steps.ts': 'the',
};

/** Their expressions are about commands. */
const OF_COMMANDS = /^(?:shell|hazards|bindings-file)\//;
/** Words that only sentences have, no command and no key. */
const SMALL = new Set('the an is are was were of that these those this it its your our has have you when'.split(' '));

/** Units, protocols, zones of time, products. */
const OF_NO_LANGUAGE = new Set([
  ...'http ssh bit code status am utc gmt min ms kib mib gib tib kb mb gb tb ki mi gi mbit bps mbps rps qps tps'.split(
    ' ',
  ),
  ...'alpine apache aws azure bun caddy centos cloud compose cpanel ctl debian docker fedora fly gcp google hat helm'.split(
    ' ',
  ),
  ...'heroku io kubernetes linux mac mariadb mysql netlify nginx npm openshift os pip plesk pm pnpm podman poetry'.split(
    ' ',
  ),
  ...'postgres ql railway red render rhel supervisor systemctl systemd ubuntu vercel windows yarn'.split(' '),
  // What patterns take apart: `[A-Za-z]`, `[NX#]{2,4}`, `(?:en|im)?`.
  ...'en nx za'.split(' '),
]);

/** Words of other languages that the code has as well. */
const ALSO_ENGLISH: readonly string[] = [
  // English ones, in messages and kinds of things.
  ...'alter bare base deployer domain elements image item main man meta moment operation plus principal probe problem quote situation stand'.split(
    ' ',
  ),
  // Programs, their options and parts of paths and addresses.
  ...'ab aide alt ca ci da del dos du em fi ini ip jest lang li op pl su sub todo ul var vue'.split(' '),
  // Half a day, a product, a size, and what patterns take apart: `[A-Za-z]`, `e[lr]?n`, `(?:mon|don)keys?`.
  ...'am az el hat ki le mi mon ya za'.split(' '),
];

function read(path: string): string {
  return readFileSync(join(plan, path), 'utf8');
}

/** Words of at least two letters in the texts and patterns of a source file, without marks above them. */
function wordsIn(source: string): string[] {
  return literalsIn(source.replaceAll(/^(?:import|export) .*from '.*';$/gm, '')).flatMap(wordsOf);
}

function wordsOf(literal: string): string[] {
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
}

/** The patterns of words of a source file, without the topics and the parts in them. */
function patternsIn(source: string): string[] {
  const patterns = source.matchAll(/(?<![\p{L}\w`])(?:phrase|everyPhrase|piece)`((?:\\[\s\S]|[^`\\])*)`/gu);
  return Array.from(patterns, ([, text = '']) => text.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, ' '));
}

/** The regular expressions of a source file. */
function expressionsIn(source: string): string[] {
  return tokensOf(source).flatMap(([, , , , expression]) => expression ?? []);
}

/** The texts, templates and patterns of a source file, without comments and what stands in `${}`. */
function literalsIn(source: string): string[] {
  return tokensOf(source).flatMap(([, ...groups]) =>
    groups.flatMap(group => group?.replaceAll(/\$\{[^{}]*\}/g, ' ') ?? []),
  );
}

function tokensOf(source: string): RegExpMatchArray[] {
  const tokens = source.matchAll(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`((?:\\[\s\S]|[^`\\])*)`|(?<=[(,=:[!&|?{};\n]\s*)\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/[a-z]*/g,
  );
  return [...tokens];
}
