/** A short difference of two texts, in the form of a unified diff. */
import {stripVTControlCharacters} from 'node:util';
import {type StructuredPatchHunk, structuredPatch} from 'diff';

const CONTEXT_LINES = 1;
const SHOWN_LINES_MAX = 40;
const LINE_LENGTH_MAX = 160;
/** Two texts that differ more than this are shown whole, the old one first. */
const EDITED_LINES_MAX = 2000;
const WITHIN_MS = 500;

/** `name`: the file's name, for the heading. Different line ends are no difference. */
export function textDifference(then: string, now: string, name: string): string {
  const before = withLineEnds(then);
  const after = withLineEnds(now);
  const patch = structuredPatch('', '', before, after, undefined, undefined, {
    context: CONTEXT_LINES,
    maxEditLength: EDITED_LINES_MAX,
    timeout: WITHIN_MS,
  });
  const lines = patch === undefined ? replaced(before, after) : patch.hunks.flatMap(hunkLines);
  const more = lines.length > SHOWN_LINES_MAX ? [`… ${lines.length - SHOWN_LINES_MAX} more lines`] : [];
  const heading = [`--- ${name} (when the run was opened)`, `+++ ${name} (now)`];
  return [...heading, ...lines.slice(0, SHOWN_LINES_MAX).map(shown), ...more].join('\n');
}

/** Gives the last line an end too: a missing line end would count as a change of that line. */
function withLineEnds(text: string): string {
  return `${text.replaceAll('\r\n', '\n')}\n`;
}

function hunkLines({oldStart, lines}: StructuredPatchHunk): readonly string[] {
  return [`@@ line ${oldStart} @@`, ...lines];
}

function replaced(before: string, after: string): readonly string[] {
  const signed = (sign: string, text: string) =>
    text
      .split('\n')
      .slice(0, -1)
      .map(line => sign + line);
  return ['@@ line 1 @@', ...signed('-', before), ...signed('+', after)];
}

/** Control characters are removed, because a stranger's text goes to a terminal. */
function shown(line: string): string {
  const plain = stripVTControlCharacters(line).replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
  return plain.length > LINE_LENGTH_MAX ? `${plain.slice(0, LINE_LENGTH_MAX)}…` : plain;
}
