import {existsSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {commandsMarkdown, exitCodesMarkdown} from '../src/commands/command-line/help.ts';
import {parseBindings} from '../src/plan/bindings-file/bindings.ts';
import {PROBES} from '../src/plan/plan.ts';
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

test('the README has an example of every kind of probe, and each of them can be read', () => {
  const example = /```yaml\n(probes:\n[\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const {bindings, problems} = parseBindings(example, {env: {}});
  expect(problems).toEqual([]);
  const shown = Object.values(bindings.probes).map(({kind}) => (kind === 'capture' ? 'log' : kind));
  expect([...new Set(shown)].toSorted()).toEqual(Object.keys(PROBES).toSorted());
});

test('the README names no file of the product that is not there', () => {
  const section = /## How it is built\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
  const paths = [...section.matchAll(/`((?:src\/|tests\/)?[a-z][a-z/-]*\/[a-z-]+(?:\.test)?\.tsx?|cli\.tsx)`/g)];
  const named = paths.map(([, path = '']) => (path.startsWith('tests/') ? path : `src/${path}`));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(path => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
});
