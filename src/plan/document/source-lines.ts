/** Lines of the source that the Markdown parser changes or cannot read. */
import type {Block, TextLine} from './blocks.ts';

/** A line too long for the parser was cut; a command must never be. */
export function whole(text: string, source = ''): string {
  if (text.length < LINE_CUT_FROM) return text.trimEnd();
  const at = source.indexOf(text);
  return (at === -1 ? text : source.slice(at)).trimEnd();
}

const LINE_CUT_FROM = 10_000;

/** `- > 20 support tickets` is a quotation for CommonMark; for its author it is a bound. */
export function comparison(line: number, source = ''): TextLine | undefined {
  const match = /^\s*(?:[-*+]|\d+[.)])\s+(>\s*=?\s*[\d.].*)$/.exec(source);
  return match?.[1] === undefined ? undefined : {line, text: match[1].trim()};
}

export function closesFence(source = ''): boolean {
  return /^[\s>]*(?:`{3,}|~{3,})\s*$/.test(source);
}

/** What the parser could not swallow, as the text it is. */
export function plainParagraph(line: number, text: string): Block {
  return {kind: 'paragraph', line, endLine: line, lines: [{line, text: text.trim().slice(0, LINE_TEXT_MAX)}]};
}

const LINE_TEXT_MAX = 1000;
