/** Recognisers of HTML, nested quotations, headings inside fences, and rows of underscores. */
import {markdownInHtml} from '../document/embedded.ts';
import {plainText} from '../document/inline.ts';
import {labelsFound, problemsFound, type Recogniser, thenRead} from './found.ts';
import {blanksFound, directivesIn} from './making.ts';

export const OTHERS: readonly Recogniser<'html' | 'quote' | 'heading' | 'break'>[] = [
  {
    name: 'directives and what HTML holds',
    example: '## Deploy\n\n<!-- tminus: timeout=5m -->\n\n- [ ] Tell support',
    on: 'html',
    read({text, line}, setting, reader) {
      const {directives, problems} = directivesIn(text, line);
      const told = {
        things: [
          ...labelsFound(text.split('\n').map((_, index) => ({line: line + index}))),
          ...problemsFound(problems),
        ],
        setting: {...setting, directives: {...setting.directives, ...directives}},
      };
      const inside = markdownInHtml(text, line);
      if (inside.length === 0) return told;
      const read = thenRead(told, here => reader.blocks(inside, here));
      return {...read, setting: {...read.setting, label: undefined, directives: {}}};
    },
  },
  {
    name: 'quotation',
    example: '## Deploy\n\n<details>\n- [ ] Stop the queue\n> - [ ] Tell support\n</details>',
    on: 'quote',
    read: ({blocks}, setting, reader) => reader.blocks(blocks, setting),
  },
  {
    name: 'heading in a fence',
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
