/** Labels that introduce things to measure: "Verify:", "Watch the dashboards:". */
import {plainText} from '../document/inline.ts';
import {WORD_END} from '../words/letters.ts';
import {anyOf} from '../words/vocabulary.ts';

/** "Verify:", "Watch the dashboards for 10 minutes:": what has bounds below it is measured, and no setting. */
export function introducesBounds(label: string): boolean {
  return LEADS.test(plainText(label));
}

const LEADS = new RegExp(String.raw`^\W*(?:\d+[.)]\s+)?(?:${anyOf('look')})${WORD_END}`, 'iu');
