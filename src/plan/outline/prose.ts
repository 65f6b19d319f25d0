/** The prose of a document and its sections: what shows the language in which they are written. */
import {memoizeObject} from '../../text/memoize.ts';
import type {Section} from '../plan.ts';
import {isKnownProse} from '../words/vocabulary.ts';

/** The first lines of a section, with its title. */
export function proseOf(source: readonly string[], {line, title}: Section, next: Section | undefined): string {
  const own = source.slice(line, (next?.line ?? source.length + 1) - 1);
  return [title, proseIn(own, SECTION_LINES_MAX)].join('\n');
}

/** Without code and addresses. */
export function proseIn(source: readonly string[], linesMax = DOCUMENT_LINES_MAX): string {
  let isCode = false;
  const lines = source.filter(text => {
    const isCodeBlock = /^\s*(?:[-*+\d.]+\s+)?(?:```|~~~)/.test(text);
    if (isCodeBlock) isCode = !isCode;
    return !isCodeBlock && !isCode;
  });
  return lines
    .slice(0, linesMax)
    .join('\n')
    .replaceAll(/`[^`]*`|https?:\S+/g, ' ');
}

/** Whether the document is in a language that has a file here; undefined where nothing shows it. */
export const isKnownDocument = memoizeObject((source: readonly string[]) => isKnownProse(proseIn(source)));

const SECTION_LINES_MAX = 60;
const DOCUMENT_LINES_MAX = 2000;
