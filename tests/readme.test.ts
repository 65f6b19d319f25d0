import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {keyTableMarkdown} from '../src/ui/view/keymap.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README shows the keys as the key table has them', () => {
  const shown = /<!-- keys -->\n([\s\S]*?)\n<!-- \/keys -->/.exec(readme)?.[1];
  expect(shown?.trim()).toBe(keyTableMarkdown());
});
