import {describe, expect, test} from 'vitest';
import type {Block} from '../../../src/plan/document/blocks.ts';
import {halves, pieces} from '../../../src/plan/document/cut-document.ts';
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
    expect(kinds(blocks)).toEqual(['heading:1', 'paragraph:3', 'fence:6', 'list:10', 'break:12', 'quote:14']);
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

  test('takes fence bodies without the indentation of their list', () => {
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
});

describe('pieces', () => {
  const chapter = (number: number) => [
    `## Part ${number}`,
    '',
    '```bash',
    '# not a heading',
    ...Array(40).fill('echo some words here'),
    '```',
    '',
  ];
  const lines = Array.from({length: 80}, (_, index) => chapter(index)).flat();

  test('an ordinary document stays whole', () => {
    expect(pieces(lines.slice(0, 200))).toHaveLength(1);
  });

  test('a large one is cut at headings, never inside a fence, and nothing is lost', () => {
    const cut = pieces(lines);
    expect(cut.length).toBeGreaterThan(5);
    expect(cut.every(piece => piece.lines[0]?.startsWith('## Part'))).toBe(true);
    expect(cut.flatMap(piece => piece.lines)).toEqual(lines);
    expect(cut.map(piece => piece.offset)).toEqual(cut.map(piece => lines.indexOf(piece.lines[0] ?? '')));
  });

  test('a cut through a fence opens it again, and what follows the fence is read as it should be', () => {
    const long = ['# A', '```bash', ...Array(4000).fill('echo some words and then more'), '```', '## Rollback', 'text'];
    const blocks = readMarkdown(long);
    expect(pieces(long).length).toBeGreaterThan(1);
    expect(blocks.at(-2)).toMatchObject({kind: 'heading', line: 4004, text: 'Rollback'});
    const bodies = blocks.flatMap(block => (block.kind === 'fence' ? block.body : []));
    expect(bodies.map(({line}) => line)).toEqual(Array.from({length: 4000}, (_, index) => index + 3));
  });

  test('a piece is halved at the heading nearest its middle', () => {
    const [first, second] = halves({offset: 10, lines: ['a', '# b', 'c', 'd', '# e', 'f']}) ?? [];
    expect(first).toEqual({offset: 10, lines: ['a', '# b', 'c', 'd']});
    expect(second).toEqual({offset: 14, lines: ['# e', 'f']});
    expect(halves({offset: 0, lines: ['a']})).toBeUndefined();
  });
});
