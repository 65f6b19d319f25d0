import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {commandsMarkdown, exitCodesMarkdown} from '../src/commands/command-line/help.ts';
import {keyTableMarkdown} from '../src/ui/view/keymap.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test.each([
  ['keys', keyTableMarkdown()],
  ['commands', commandsMarkdown()],
  ['exit codes', exitCodesMarkdown()],
])('the README shows the %s as their table in the code has them', (name, table) => {
  const shown = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)\\n<!-- /${name} -->`).exec(readme)?.[1];
  expect(shown?.trim()).toBe(table);
});
