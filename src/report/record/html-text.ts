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

export function element(name: string, content: string, className = ''): string {
  const attribute = className === '' ? '' : ` class="${escapeHtml(className)}"`;
  return `<${name}${attribute}>${content}</${name}>`;
}

/** A table of plain texts; empty text when there are no rows. */
export function htmlTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const headRow = element('tr', head.map(text => element('th', escapeHtml(text))).join(''));
  const body = rows.map(row => element('tr', row.map(text => element('td', escapeHtml(text))).join('')));
  return `<div class="wide"><table>\n<thead>${headRow}</thead>\n<tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}
