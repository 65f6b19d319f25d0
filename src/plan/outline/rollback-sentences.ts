/** Finds rollbacks told in one sentence: "If it does not work: start the old box again and point the DNS back." */
import type {Block} from '../document/blocks.ts';
import {codeSpans, plainText} from '../document/inline.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {everyPhrase, phrase} from '../words/vocabulary.ts';

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
const PURPOSE = phrase`^\W*((?:(?:if|should) you (?:need|want|have) )?${'in-order-to'}\s+(?:(?:quickly|manually|safely|then)\s+)?(?:${'rollback'}|${'undo'})\>[^:：,.]{0,60})(?:[:：,.]|$)`;

const SENTENCE_LENGTH_MAX = 500;
/** "If it fails:", "Falls etwas klemmt,", "Oops?" */
const LEAD = phrase`^((?:${'condition'})\s[^:：?,;]{3,80}[:：,]|(?:${'trouble-lead'})\s?[?!:：])\s+(\S.*)$`;
const BACK = phrase`\<${'way-back'}\>`;
/** "Do not roll back", "go back to step 3": no rollback. */
const NO_WAY_BACK = everyPhrase`\<${'not-back'}\s+(?:\p{L}+\s+){0,2}?${'back'}[\p{L}-]*(?:\s+back)?|\<(?:go|move)\s+back\s+to\s+(?:step|the\s+(?:start|top|beginning)|\d)`;
