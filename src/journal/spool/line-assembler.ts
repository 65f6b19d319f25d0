/** Turns clean text that arrives in pieces into finished lines fit for one row each. */

/** `content` is whole lines, each with its line feed. */
export type Lines = {content: string | Buffer; count: number};

export type LineAssembler = {
  write(text: string): TextLines;
  /** Finishes a line that has no line feed yet. */
  end(): TextLines;
};

type TextLines = Lines & {content: string};

const NOTHING: TextLines = {content: '', count: 0};

/** How many characters of one line are kept; the rest is counted. */
export const LINE_LENGTH_MAX = 8192;
const TAB_STOP = 8;
const SGR = /\x1b\[[0-9;:]*m/g;

export function createLineAssembler(): LineAssembler {
  let partial = '';
  // Characters of the unfinished line that were not kept.
  let cut = 0;
  // The unfinished line ended in a carriage return: what comes next is written over it, unless the line ends.
  let returned = false;

  function keepPartial(text: string): void {
    const body = withoutReturnsAtEnd(text);
    if (body !== '') {
      const overwritten = body.lastIndexOf('\r');
      if (returned || overwritten !== -1) {
        partial = '';
        cut = 0;
      }
      const room = LINE_LENGTH_MAX - partial.length;
      const added = body.slice(overwritten + 1);
      partial += added.slice(0, room);
      cut += Math.max(0, added.length - room);
      returned = false;
    }
    if (body.length < text.length) returned = true;
  }

  function finishPartial(text: string): string {
    keepPartial(text);
    const line = finishedLine(partial, cut);
    partial = '';
    cut = 0;
    returned = false;
    return line;
  }

  return {
    write(text) {
      const first = text.indexOf('\n');
      if (first === -1) {
        keepPartial(text);
        return NOTHING;
      }
      const head = finishPartial(text.slice(0, first));
      const last = text.lastIndexOf('\n');
      const {content: body, count} = wholeLines(text.slice(first + 1, last + 1));
      keepPartial(text.slice(last + 1));
      return {content: head + body, count: count + 1};
    },
    end() {
      if (partial === '' && cut === 0) return NOTHING;
      return {content: finishPartial(''), count: 1};
    },
  };
}

/** Most text needs nothing done to it: then it is only measured. */
function wholeLines(text: string): TextLines {
  const plain = !/[\r\t]/.test(text);
  let count = 0;
  let long = false;
  for (let at = 0; at < text.length; count += 1) {
    const end = text.indexOf('\n', at);
    if (end - at > LINE_LENGTH_MAX) long = true;
    at = end + 1;
  }
  if (plain && !long) return {content: text, count};
  const lines = text.slice(0, -1).split('\n');
  return {content: lines.map(line => finishedLine(line, 0)).join(''), count};
}

function finishedLine(line: string, cutBefore: number): string {
  const shown = withoutOverwritten(line);
  const expanded = expandTabs(shown.slice(0, LINE_LENGTH_MAX));
  const kept = expanded.slice(0, LINE_LENGTH_MAX).toWellFormed();
  const cut = cutBefore + Math.max(0, shown.length - LINE_LENGTH_MAX) + expanded.length - kept.length;
  return cut === 0 ? `${kept}\n` : `${withoutHalfSequence(kept)}\x1b[m … [${cut} more characters cut]\n`;
}

function withoutOverwritten(line: string): string {
  if (!line.includes('\r')) return line;
  const ended = withoutReturnsAtEnd(line);
  return ended.slice(ended.lastIndexOf('\r') + 1);
}

/** A loop, because a regular expression would try each return of a long run of them anew. */
function withoutReturnsAtEnd(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '\r') end -= 1;
  return text.slice(0, end);
}

function withoutHalfSequence(kept: string): string {
  return kept.replace(/\x1b(\[[0-9;:]*)?$/, '');
}

/** A tab's width depends on its column, which a row that is scrolled sideways does not know: so it is settled here. */
function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let out = '';
  let column = 0;
  for (const [index, piece] of line.split('\t').entries()) {
    if (index > 0) {
      const width = TAB_STOP - (column % TAB_STOP);
      out += ' '.repeat(width);
      column += width;
    }
    out += piece;
    column += piece.replace(SGR, '').length;
  }
  return out;
}
