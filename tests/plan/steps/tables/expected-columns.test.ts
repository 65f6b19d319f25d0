/** What a table expects of its rows, whatever the column is called: it is judged, or a person sees and judges it. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

const rowsOf = (title: string, head: string, ...rows: readonly string[]) => {
  const rule = head.replaceAll(/[^|]+/g, '---');
  const {steps} = planOf('# Change', `## ${title}`, '', head, rule, ...rows);
  return steps.map(({title: name, expectations, instructions}) => [
    name,
    expectations.map(({text}) => text.replace(/^Expected: /, '')).join(' · '),
    instructions.join(' · '),
  ]);
};

test.each([
  ['a hospital', 'Verification', 'Test | How | Pass if', 'Login | log on to a ward terminal | the new logo shows'],
  ['a brewery', 'Checks', 'Check | Command | OK when', 'Tank | `tankctl level` | at least 40 hl'],
  ['a mill', 'Checks', 'Check | Command | Good if', 'Moisture | `./moisture.sh` | below 14 %'],
  ['a port', 'Checks', 'Check | Command | What good looks like', 'Crane | `crane ping` | three answers'],
  ['a museum', 'Prüfung', 'Prüfung | Befehl | In Ordnung, wenn', 'Klima | `klima ist` | unter 55 %'],
  ['a theatre', 'Abnahme', 'Prüfschritt | Vorgehen | Bestanden, wenn', 'Ton | am Pult hören | kein Knacken'],
  ['a school', 'Vérification', 'Contrôle | Commande | Conforme si', 'Notes | `notes compte` | 412 lignes'],
  ['a farm', 'Comprobación', 'Paso | Comando | Correcto si', 'Riego | `riego estado` | sin alarmas'],
  ['a clinic', 'Verificação', 'Passo | Comando | Aprovado se', 'Fila | `fila conta` | vazia'],
  ['a shop, with a target', 'Smoke test', 'Check | Command | Must be', 'Health | `curl -s http://a/health` | 200'],
  ['a library, in Dutch', 'Checks', 'Stap | Commando | Goed als', 'Zoeken | `zoek boek` | 3 treffers'],
])('%s: the column of "%s" (%s) is expected', (_, title, head, row) => {
  const [name = '', , expected = ''] = row.split('|').map(cell => cell.trim());
  const [found] = rowsOf(title, `| ${head} |`, `| ${row} |`);
  expect(found?.[0]).toBe(name);
  expect(found?.[1]).toBe(expected);
  expect(found?.[2]).not.toContain(expected);
});

test('a column for the answer expects nothing', () => {
  const found = rowsOf(
    'Checks',
    '| Check | Command | OK |',
    '| Tank | `tankctl level` | [ ] |',
    '| Hop | `hop ls` | |',
  );
  expect(found.map(([, expected]) => expected)).toEqual(['', '']);
});
