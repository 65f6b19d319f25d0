/** Recognisers of HTML, nested quotations, headings inside code blocks, and rows of underscores. */
import {markdownInHtml} from '../document/embedded.ts';
import {plainText} from '../document/inline.ts';
import {labelsFound, type Recogniser, thenRead, withoutLabel} from './found.ts';
import {blanksFound, withDirectives} from './make-steps.ts';

export const OTHERS: readonly Recogniser<'html' | 'quote' | 'heading' | 'break'>[] = [
  {
    name: 'directives and what HTML holds',
    example: '## Deploy\n\n<!-- tminus: timeout=5m -->\n\n- [ ] Tell support',
    on: 'html',
    read({text, line}, setting, reader) {
      const lines = labelsFound(text.split('\n').map((_, index) => ({line: line + index})));
      const told = thenRead({things: lines, setting}, here => withDirectives([{line, text}], here));
      const inside = markdownInHtml(text, line);
      return inside.length === 0 ? told : withoutLabel(thenRead(told, here => reader.blocks(inside, here)));
    },
  },
  {
    name: 'quotation',
    example: '## Deploy\n\n<details>\n- [ ] Stop the queue\n> - [ ] Tell support\n</details>',
    on: 'quote',
    read: ({blocks}, setting, reader) => reader.blocks(blocks, setting),
  },
  {
    name: 'heading in a code block',
    example: '## Deploy\n\n```\n# Before\n- [ ] Tell support\n```',
    on: 'heading',
    read: ({text, line}, setting) => ({
      things: labelsFound([{line}]),
      setting: {...setting, label: {text: plainText(text), line}},
    }),
  },
  {
    name: 'row of underscores',
    example: '## Notes\n\nComments:\n\n__________',
    on: 'break',
    read({line}, setting) {
      // Markdown reads a row of underscores as a separator.
      const {label, lines} = setting;
      const text = (lines[line - 1] ?? '').trim();
      if (label === undefined || !/^_{5,}$/.test(text)) return {things: [], setting};
      return blanksFound(setting, [{line, text: `${label.text}: ${text}`}]);
    },
  },
];
