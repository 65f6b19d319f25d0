/** Any text, elements and tables as harmless HTML. */
import {withoutUnsafeSigns} from '../../text/unsafe-signs.ts';

/** Any text as plain text of a page: nothing in it is markup, in an element or in an attribute. */
export function escapeHtml(text: string): string {
  return withoutUnsafeSigns(text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The same, with commands between backquotes set as code. */
export function withCode(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

export function element(name: string, content: string, className = ''): string {
  const attribute = className === '' ? '' : ` class="${escapeHtml(className)}"`;
  return `<${name}${attribute}>${content}</${name}>`;
}

/** A table of plain texts; empty text when there are no rows. `tones`: a class for each row. */
export function htmlTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  tones: readonly string[] = [],
): string {
  if (rows.length === 0) return '';
  const headRow = element('tr', head.map(text => `<th scope="col">${escapeHtml(text)}</th>`).join(''));
  const body = rows.map((row, index) =>
    element('tr', row.map((text, at) => cell(text, head[at])).join(''), tones[index]),
  );
  // Somebody who moves by keys must be able to scroll it.
  return `<div class="wide" tabindex="0"><table>\n<thead>${headRow}</thead>\n<tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

/** A time is not broken over two lines. On a phone the names of the columns stand in the cells. */
function cell(text: string, column = ''): string {
  const isTime = /^(?:\d{4}-\d\d-\d\dT[\d:]+Z|T[+-][\d:]+)$/.test(text);
  return `<td${isTime ? ' class="stamp"' : ''} data-column="${escapeHtml(column)}">${escapeHtml(text)}</td>`;
}
