/** What each line of a document is by its form alone: empty, a heading, the mark of a code block, inside a code block, layout. */

/** `code-block`: inside a code block, `code-gap`: an empty line there, `code-mark`: opens or closes one. `layout`: says nothing. */
export type LineShape = 'empty' | 'heading' | 'code-mark' | 'code-block' | 'code-gap' | 'layout' | 'text';

/** Quotes and list markers that a code block may stand behind. */
const CODE_MARK = /^(?:\s|>|[-*+]\s|\d{1,9}[.)]\s)*(`{3,}|~{3,})([^`]*)$/;
const HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
const UNDERLINE = /^ {0,3}(?:=+|-+)\s*$/;
/** A rule across the page, the line under the heading of a table, a definition of a link, tags that only wrap text. */
const LAYOUT = [
  /^\s*(?:[-*_]\s*){3,}$/,
  /^[\s:-]*\|[\s|:-]*$/,
  /^ {0,3}\[[^\]]+\]:\s+\S+/,
  /^\s*(?:<\/?(?:details|div|p|br|hr|center|sup|sub|a\s+name|[ou]l|li|table|tbody|thead|tr|pre)\b[^<>]*>\s*)+$/i,
];

/** In the order of the lines. */
export function lineShapes(source: readonly string[]): readonly LineShape[] {
  const shapes: LineShape[] = [];
  let codeBlock: string | undefined;
  let isComment = false;
  const head = frontMatterLines(source);
  for (const [index, text] of source.entries()) {
    const mark = CODE_MARK.exec(text)?.[1];
    if (index < head) shapes.push('layout');
    else if (codeBlock !== undefined) {
      const closes = mark?.startsWith(codeBlock) === true && text.trim().endsWith(mark);
      shapes.push(closes ? 'code-mark' : text.trim() === '' ? 'code-gap' : 'code-block');
      if (closes) codeBlock = undefined;
    } else if (isComment || text.trimStart().startsWith('<!--')) {
      isComment = !text.includes('-->');
      shapes.push('layout');
    } else if (mark !== undefined) {
      codeBlock = mark;
      shapes.push('code-mark');
    } else shapes.push(shapeOf(text, shapes.at(-1)));
  }
  return underlined(source, shapes);
}

function shapeOf(text: string, before: LineShape | undefined): LineShape {
  if (text.trim() === '') return 'empty';
  if (HEADING.test(text)) return 'heading';
  if (before === 'text' && UNDERLINE.test(text)) return 'layout';
  return LAYOUT.some(form => form.test(text)) ? 'layout' : 'text';
}

/** A line with `===` under it is a heading. */
function underlined(source: readonly string[], shapes: readonly LineShape[]): readonly LineShape[] {
  return shapes.map((shape, index) => {
    const isHeading =
      shape === 'text' && shapes[index + 1] === 'layout' && /^ {0,3}=+\s*$/.test(source[index + 1] ?? '');
    return isHeading ? 'heading' : shape;
  });
}

/** How many lines the front matter takes, its marks included. */
function frontMatterLines(source: readonly string[]): number {
  if (!/^---\s*$/.test(source[0] ?? '')) return 0;
  const end = source.findIndex((text, index) => index > 0 && /^---\s*$/.test(text));
  return end === -1 ? 0 : end + 1;
}
