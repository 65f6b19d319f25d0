/** Finds sentences below commands that quote what comes out: "It ends in `SELFTEST PASS (31/31)`." A person judges them. */
import {codeSpans} from '../document/inline.ts';
import type {Expectation} from '../plan.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {phrase} from '../words/vocabulary.ts';

export function toldOutput(text: string, line: number): Expectation[] {
  if (!SHOWS.test(text.replaceAll(/`[^`]*`/g, ' '))) return [];
  return codeSpans(text).some(isOutput) ? [{text, line, readable: false}] : [];
}

const SHOWS = phrase`\<(?:${'shows'}|${'answers'})\>`;

/** Words that no file, option, name or command has. */
function isOutput(code: string): boolean {
  return /\s|^[A-Z]{2,}$/.test(code) && !/^[-/~.$]/.test(code) && !looksLikeCommand(code);
}
