/** Joins the list under a comment that announces it to that comment. */
import type {TextLine} from '../document/blocks.ts';
import {opensList} from './expectation-phrases.ts';

/** The comments in order. The lines under "# Expected output:" are added to its text. */
export function withLists(comments: readonly TextLine[]): TextLine[] {
  const joined: TextLine[] = [];
  let last = 0;
  for (const {line, text} of comments) {
    const open = joined.at(-1);
    if (open !== undefined && line === last + 1 && opensList(open.text.split('\n')[0] ?? '')) {
      joined[joined.length - 1] = {line: open.line, text: `${open.text}\n${text}`};
    } else joined.push({line, text});
    last = line;
  }
  return joined;
}
