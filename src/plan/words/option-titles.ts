/** Recognises titles that name one of several ways: "Option A", "Path 2". */
import {WORD_END} from './letters.ts';
import {anyOf} from './vocabulary.ts';
import {WordPattern} from './word-pattern.ts';

const OPTION = new WordPattern(
  String.raw`^(?:[\d.]+\s+)?${anyOf('option')}\s+(?:\d+|[A-Z]|[IV]{1,3})${WORD_END}`,
  'iu',
);

/** "Option A", "Path 2: …", "Opción B". */
export function isOptionTitle(title: string): boolean {
  return OPTION.test(title);
}
