/** Finds words of a command that look as if they stood for something else: `backup_DATE.tar`, `gwNN`, `"your tag"`. */

import {matchesOf} from '../../text/matches.ts';
import {memoize} from '../../text/memoize.ts';
import {everyPhrase, phrase} from '../words/vocabulary.ts';

// These forms are less sure than those of placeholders: a command may mean them as they stand. So they block nothing by
// themselves, and a person is asked.

/**
 * All such words. Programs in single quotes, queries, and commands that take the names of variables or search for a text
 * have such words in their own right.
 */
export const standInsIn = memoize(findStandIns);

function findStandIns(command: string): readonly string[] {
  const unquoted = command.replaceAll(/'[^']*'/g, quoted => ' '.repeat(quoted.length));
  const phrases = [...PHRASE.all(command)].filter(([text]) => !SHOUTED.test(text));
  const found = [
    ...matchesOf(command, FORM),
    ...matchesOf(unquoted, IN_BRACES),
    ...phrases,
    ...PHRASE_WORD.all(unquoted),
  ].map(([text]) => text);
  return [...found, ...(TAKES_NAMES.test(command) ? [] : nounsInCapitals(unquoted))];
}

/**
 * `1.2.x`, `gwNN`, `node-N`, `mxN`, `:id`, `${{ env.TAG }}`, `____`, `********`, `yyyy-mm-dd`; and a variable that is set to
 * nothing.
 */
const FORM =
  /(?<![\w.*/-])v?\d+(?:\.\d+)*\.[xX](?![\w.])|(?<=[a-z\d_.-])N{2,4}(?![A-Za-z])|(?<=(?<![\w$%{=.-])[a-z]{2,12})N(?![\w=(])|(?<=[a-z]-)[NX](?![\w=])|(?<=[a-z]\d)X(?!\w)|(?<=\s):[a-z][a-z_]*(?=\s|$)|\$\{\{[^{}\n]{1,60}\}\}|^\s*export\s+[A-Z][A-Z\d_]*=\s*(?:#.*)?$|(?<!\w)_{3,}(?!\w)|(?<=[\s=:"'])\*{4,}(?=[\s"'@]|$)|(?<![A-Za-z%])(?:yyyy|jjjj|aaaa|rrrr|yy)([-_.]?)mm\1(?:dd|tt|jj)(?![A-Za-z])|(?<![A-Za-z%])(?:dd|tt|jj)([-_.]?)mm\2(?:yyyy|jjjj|aaaa|rrrr|yy)(?![A-Za-z])/g;

/** Words in braces, outside of programs in quotes: `dump_{date}.gz`, `--notice "{notice text}"`. */
const IN_BRACES = /(?<![$%{@^\\])(?:\{[a-z]+(?: [a-z]+){1,4}\}|(?<=[A-Za-z\d]_?)\{[a-z][a-z\d_-]{1,40}\})/g;

/** `"your tag"`, `'put the tag here'` as a whole argument. */
const PHRASE = everyPhrase`(?<=[\s=])["'](?:${'blank-lead'})\s[^"'$]{2,40}["']`;
/** `"ALTER USER …"` is a query. */
const SHOUTED = /^["']\p{Lu}{2}/u;
/** `the-new-tag`, `insert_tag`. */
const PHRASE_WORD = everyPhrase`(?<=[\s=:@])(?:${'blank-lead'})[-_][\p{L}\d_-]{2,40}(?![\p{L}\d./])`;

const TAKES_NAMES =
  /(?:^|[|;&(]\s*|\s)(?:grep|egrep|zgrep|rg|ack|awk|sed|export|unset|read|env|printenv|declare|local|make|psql|mysql|sqlplus|sqlcmd|sqlite3|mongosh?|redis-cli|dig|nslookup|echo|printf|kill)\s|\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|GRANT)\s/;

/** Letters and figures around it belong to it only behind `_`, `-`, `.`, `@`, `:` or `/`. */
const CAPITALS = /(?<![\p{L}\d$%{=]|\$\{?\w{1,60})\p{Lu}{2,}(?:[_-]\p{Lu}+)*(?![\p{L}\d_=({])/gu;
const NOUN = phrase`^(?:${'blank-noun'})$`;

function nounsInCapitals(command: string): string[] {
  return matchesOf(command, CAPITALS).flatMap(({0: word, index}) => {
    const before = command.slice(0, index);
    // An option of one word, a variable or its name, a locale, and the name of a header are meant as they stand.
    const isName =
      /--?$|\$\w*_?$|(?<![A-Za-z\d])[a-z]{2}_$|(?:\s-[eE]|--env|--build-arg)[ =]$/.test(before) ||
      /^[A-Z-]+:\s/.test(command.slice(index));
    return !isName && word.split(/[_-]/).some(part => NOUN.test(part)) ? [word] : [];
  });
}
