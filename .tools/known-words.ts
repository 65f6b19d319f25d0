/** Prints, as JSON, which words each pattern of the reader needs, for the bundle. */

import '../src/plan/parse-plan.ts';
import {wordsToKnow} from '../src/plan/words/needed/needed-words.ts';
import {PHRASES} from '../src/plan/words/needed/phrases.ts';
import {PATTERNS} from '../src/plan/words/word-pattern.ts';

process.stdout.write(JSON.stringify(wordsToKnow(PATTERNS, PHRASES.values())));
