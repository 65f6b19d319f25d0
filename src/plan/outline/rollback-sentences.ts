/** Finds rollbacks told in one sentence: "If it does not work: start the old box again and point the DNS back." */
import type {Block} from '../document/blocks.ts';
import {codeSpans, plainText} from '../document/inline.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {WORD_END, WORD_START} from '../words/letters.ts';
import {anyOf} from '../words/vocabulary.ts';
import {WordPattern} from '../words/word-pattern.ts';

type Paragraph = Extract<Block, {kind: 'paragraph'}>;

/** The title of such a rollback; undefined when the sentence only leads to something else, or takes nothing back. */
export function rollbackSentence({lines}: Paragraph): {title: string} | undefined {
  const text = lines.map(line => line.text).join(' ');
  const purpose = PURPOSE.exec(plainText(text));
  if (purpose !== null && (opensCommands(text) || codeSpans(text).some(looksLikeCommand)))
    return {title: purpose[1]?.trim() ?? ''};
  if (text.length > SENTENCE_LENGTH_MAX || /[:：]\W*$/.test(text)) return undefined;
  const match = LEAD.exec(plainText(text));
  const [, title = '', rest = ''] = match ?? [];
  if (title === '' || !BACK.test(rest.replace(NO_WAY_BACK, ' '))) return undefined;
  return {title: title.replace(/[\s:：?,]+$/, '')};
}

/** The commands directly below are what the sentence asks for. */
export function opensCommands(text: string): boolean {
  return text.length <= SENTENCE_LENGTH_MAX && /[:：]\W*$/.test(text);
}

/** "To go back, run:", "To undo this:", "Um zurückzugehen:". */
const PURPOSE = new WordPattern(
  String.raw`^\W*((?:(?:if|should) you (?:need|want|have) )?${anyOf('in-order-to')}\s+(?:(?:quickly|manually|safely|then)\s+)?(?:${anyOf('rollback')}|${anyOf('undo')})${WORD_END}[^:：,.]{0,60})(?:[:：,.]|$)`,
  'iu',
);

const SENTENCE_LENGTH_MAX = 500;
/** "If it fails:", "Falls etwas klemmt,", "Oops?" */
const LEAD = new WordPattern(
  String.raw`^((?:${anyOf('condition')})\s[^:：?,;]{3,80}[:：,]|(?:${anyOf('trouble-lead')})\s?[?!:：])\s+(\S.*)$`,
  'iu',
);
const BACK = new WordPattern(`${WORD_START}${anyOf('way-back')}${WORD_END}`, 'iu');
/** "Do not roll back", "go back to step 3": no rollback. */
const NO_WAY_BACK = new WordPattern(
  String.raw`${WORD_START}${anyOf('not-back')}\s+(?:\p{L}+\s+){0,2}?${anyOf('back')}[\p{L}-]*(?:\s+back)?|${WORD_START}(?:go|move)\s+back\s+to\s+(?:step|the\s+(?:start|top|beginning)|\d)`,
  'giu',
);
