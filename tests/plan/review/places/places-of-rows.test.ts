/** Where a row that sends to a part, or the text below commands, names a host, nobody proposes that they run here. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

function asked(...lines: readonly string[]): string[] {
  const {proposal} = planOf('# Mill', ...lines);
  return (proposal?.doubts ?? [])
    .filter(({code, proposed}) => code === 'place-assumed' && proposed === undefined)
    .map(({line, message}) => `${line} ${/names (\S+)$/.exec(message)?.[1]}`);
}

const rows = (head: string, ...cells: readonly string[]) => ['## Deploy', '', head, '|---|---|---|', ...cells, ''];
const fence = ['```bash', 'make -C /srv/mill install', '```', ''];

test.each([
  ['| Step | Host | Action |', 'Grind (see 2.1)', 'Sieve'],
  ['| Schritt | Server | Aktion |', 'Mahlen (siehe 2.1)', 'Sieben'],
  ['| Paso | Servidor | Orden |', 'ver apartado 2.1', 'Cernir'],
])('%s', (head, told, other) => {
  const table = rows(head, `| 1 | mill1 | ${told} |`, `| 2 | mill2 | ${other}: \`systemctl restart sieve\` |`);
  expect(asked(...table, '### 2.1 Grind', '', ...fence)).toEqual(['11 mill1']);
});

test('the line below the commands', () => {
  const above = ['## Deploy', '', 'On mill2:', '', '```bash', 'systemctl stop sieve', '```', ''];
  const back = ['## Rollback', '', 'What is lost is ground again:', '', '    grindctl replay --dry-run', ''];
  const below = 'On mill2 as miller; without `--dry-run` only after Ada has looked at it.';
  expect(asked(...above, ...back, below)).toEqual(['12 mill2']);
});
