/** The output that a document shows below its commands, or quotes there in a sentence, as what is expected. */
import type {TextLine} from '../../document/blocks.ts';
import {codeSpans} from '../../document/inline.ts';
import type {Expectation} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {phrase} from '../../words/vocabulary.ts';

/** "It ends in `SELFTEST PASS (31/31)`.": a person judges it. */
export function toldOutput(text: string, line: number): Expectation[] {
  if (!SHOWS.test(text.replaceAll(/`[^`]*`/g, ' '))) return [];
  return codeSpans(text).some(isOutput) ? [{text, line, readable: false}] : [];
}

const SHOWS = phrase`\<(?:${'shows'}|${'answers'})\>`;

/** Words that no file, option, name or command has. */
function isOutput(code: string): boolean {
  return /\s|^[A-Z]{2,}$/.test(code) && !/^[-/~.$]/.test(code) && !looksLikeCommand(code);
}

/**
 * The output that the document shows, as an expectation. One short line of plain words is looked for; a person compares
 * anything with figures, dates or gaps, because it will differ.
 */
export function printed(output: readonly TextLine[]): Expectation[] {
  const lines = output.filter(({text}) => /\S/.test(text));
  const [first] = lines;
  if (first === undefined) return [];
  const only = lines.length === 1 ? first.text.trim() : '';
  const text = only === '' ? `${first.text.trim()} …` : only;
  if (!/^[A-Za-z][A-Za-z ,'-]{1,60}[A-Za-z.!]$/.test(only) || /x{3,}|\.{3}/i.test(only)) {
    return [{text, line: first.line, readable: false}];
  }
  return [{text, line: first.line, readable: true, check: {kind: 'contains', text: only, words: true}}];
}
