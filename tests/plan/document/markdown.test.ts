import {describe, expect, test} from 'vitest';
import type {Block} from '../../../src/plan/document/blocks.ts';
import {readMarkdown} from '../../../src/plan/document/markdown.ts';

function kinds(blocks: readonly Block[]): string[] {
  return blocks.map(block => `${block.kind}:${block.line}`);
}

describe('readMarkdown', () => {
  test('gives every block its lines in the document', () => {
    const blocks = readMarkdown([
      '# A',
      '',
      'text',
      'more',
      '',
      '```sh x=1',
      'a',
      '```',
      '',
      '- [x] b',
      '  - c',
      '---',
      '',
      '> q',
    ]);
    expect(kinds(blocks)).toEqual(['heading:1', 'paragraph:3', 'code-block:6', 'list:10', 'break:12', 'quote:14']);
    expect(blocks[2]).toMatchObject({info: 'sh x=1', body: [{line: 7, text: 'a'}], endLine: 8});
    expect(blocks[3]).toMatchObject({
      items: [{ticked: true, blocks: [{kind: 'list', items: [{text: [{line: 11, text: 'c'}]}]}]}],
    });
  });

  test('leaves inline markup in the text', () => {
    const [block] = readMarkdown(['**a** `b` <c> [d](e) \\_f']);
    expect(block).toMatchObject({lines: [{text: '**a** `b` <c> [d](e) \\_f'}]});
  });

  test('knows front matter only at the start', () => {
    expect(kinds(readMarkdown(['---', 'a: b', '---', '# A']))).toEqual(['front-matter:1', 'heading:4']);
    expect(kinds(readMarkdown(['# A', '', '---', 'a: b', '---']))).not.toContain('front-matter:3');
  });

  test('reads a bound behind a bare > in a bullet, and leaves real quotations alone', () => {
    const [list] = readMarkdown(['- > 20 support tickets', '- > said the manager']);
    expect(list).toMatchObject({
      items: [{text: [{line: 1, text: '> 20 support tickets'}]}, {text: [], blocks: [{kind: 'quote'}]}],
    });
  });

  test('takes code block bodies without the indentation of their list', () => {
    const [list] = readMarkdown(['- [ ] a', '  ```bash', '  b \\', '    c', '  ```']);
    expect(list).toMatchObject({
      items: [
        {
          blocks: [
            {
              body: [
                {line: 3, text: 'b \\'},
                {line: 4, text: '  c'},
              ],
            },
          ],
        },
      ],
    });
  });

  test('keeps every cell of a row, also where the table has fewer columns', () => {
    const [table] = readMarkdown(['|a|b|', '|-|-|', '|1|2|3|', '| df \\| tail | `x \\| y` |', '|4|', '||5||']);
    expect(table).toMatchObject({
      endLine: 6,
      rows: [
        {line: 1, cells: ['a', 'b']},
        {line: 3, cells: ['1', '2', '3']},
        {line: 4, cells: ['df | tail', '`x | y`']},
        {line: 5, cells: ['4']},
        {line: 6, cells: ['', '5', '']},
      ],
    });
  });

  test('finds the cells of a table inside lists and quotations', () => {
    const [quote, list] = readMarkdown(['> a | b', '> --|--', '> 1 | 2', '', '1. a | b', '   --|--', '   1 | 2']);
    const rows = (line: number) => [
      {line, cells: ['a', 'b']},
      {line: line + 2, cells: ['1', '2']},
    ];
    expect(quote).toMatchObject({blocks: [{kind: 'table', rows: rows(1)}]});
    expect(list).toMatchObject({items: [{text: [], blocks: [{kind: 'table', rows: rows(5)}]}]});
  });

  test('knows a task by its mark, and its text on the line where it stands', () => {
    const [list] = readMarkdown(['- [ ]', '  a', '- [X] b', '  c', '- [ ]', '- [x]d', '- [link] e', '-', '  [x] f']);
    expect(list).toMatchObject({
      items: [
        {line: 1, ticked: false, text: [{line: 2, text: 'a'}]},
        {
          line: 3,
          ticked: true,
          text: [
            {line: 3, text: 'b'},
            {line: 4, text: 'c'},
          ],
        },
        {line: 5, text: [{text: '[ ]'}]},
        {line: 6, text: [{text: '[x]d'}]},
        {line: 7, text: [{text: '[link] e'}]},
        {line: 8, ticked: true, text: [{line: 9, text: 'f'}]},
      ],
    });
    expect(list?.kind === 'list' && list.items.map(({ticked}) => ticked)).toEqual([
      false,
      true,
      undefined,
      undefined,
      undefined,
      true,
    ]);
  });

  test('leaves definitions of links and footnotes in the text, where each has its line', () => {
    const blocks = readMarkdown(['[a]: https://example.org', '', '[^1]: a note', '', '[b]:', 'c']);
    expect(kinds(blocks)).toEqual(['paragraph:1', 'paragraph:3', 'paragraph:5']);
  });

  test('ends a block on its last line with text', () => {
    const blocks = readMarkdown(['- a', '', '  b', '', '', '# c', '> d', '', '', '<div>', '', 'e', '', '']);
    expect(blocks.map(({line, endLine}) => [line, endLine])).toEqual([
      [1, 3],
      [6, 6],
      [7, 7],
      [10, 10],
      [12, 12],
    ]);
  });

  test('reads containers nested beyond all reason as text, and what follows them as it is', () => {
    const stairs = Array.from({length: 300}, (_, index) => `${'  '.repeat(index)}- step ${index}`);
    const blocks = readMarkdown(['> '.repeat(5000), '', ...stairs, '', '## Rollback']);
    expect(kinds(blocks)).toEqual(['quote:1', 'list:3', 'heading:304']);
    const all = JSON.stringify(blocks);
    expect(stairs.filter(stair => !all.includes(`${stair.trim().slice(2)}"`))).toEqual([]);
  });

  test('cuts a line of megabytes in running text, and never in a command', () => {
    const long = `echo ${'x'.repeat(100_000)}`;
    const [text, codeBlock] = readMarkdown([long, '```bash', long, '```']);
    expect(text).toMatchObject({lines: [{text: long.slice(0, 20_000)}]});
    expect(codeBlock).toMatchObject({body: [{line: 3, text: long}]});
  });
});
