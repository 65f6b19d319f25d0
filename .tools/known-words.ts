/** Prints, as JSON, which words each pattern of the reader needs, for the bundle. */

import '../src/plan/parse-plan.ts';
import {wordsToKnow} from '../src/plan/words/needed-words.ts';
import {PATTERNS} from '../src/plan/words/word-pattern.ts';

process.stdout.write(JSON.stringify(wordsToKnow(PATTERNS.map(({source}) => source))));
