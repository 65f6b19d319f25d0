/** Finds running text that tells of commands and asks nobody to run them: "Patch releases go out with `helm upgrade …`". */
import {leadsOn} from '../../text/leads-on.ts';
import {plainText} from '../document/inline.ts';
import {isFence} from '../document/source-lines.ts';
import {quotesCommand} from '../shell/command-likeness.ts';
import {orderInProse} from '../words/orders.ts';

/** Whether a section holds commands in such text only: work has some in blocks, items or rows too. */
export function onlyTellsOfCommands(lines: readonly string[]): boolean {
  const isWork = (text: string) => isFence(text) || INDENTED.test(text) || (!PROSE.test(text) && quotesCommand(text));
  if (lines.some(isWork)) return false;
  return paragraphsIn(lines).some(isTold);
}

function isTold(paragraph: string): boolean {
  return paragraph.split(/(?<=[.!?])\s+/).some(sentence => {
    const isBare = !TELLS.test(sentence.replaceAll(/`[^`]*`/g, ' '));
    return (
      quotesCommand(sentence) && !isBare && !leadsOn(sentence) && orderInProse(withoutCode(sentence)) === undefined
    );
  });
}

/** Three words beside the code. */
const TELLS = /(?:\p{L}+\P{L}+){3}/u;

function withoutCode(sentence: string): string {
  return plainText(sentence.replaceAll(/`[^`]*`/g, 'this'));
}

/** Without items, tables, titles and code. */
function paragraphsIn(lines: readonly string[]): string[] {
  const found: string[][] = [[]];
  let isCode = false;
  for (const text of lines) {
    if (isFence(text)) isCode = !isCode;
    if (isCode || !PROSE.test(text)) found.push([]);
    else found.at(-1)?.push(text);
  }
  return found.map(paragraph => paragraph.join(' '));
}

/** A block of code without marks. */
const INDENTED = /^(?: {4}|\t)\s*\S/;
const PROSE = /^(?![-*+|#>~]|`{3}|\d+[.)]\s)\S/;
