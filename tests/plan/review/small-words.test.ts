/** The small words of one language are no words of another: a Spanish "se" is no Portuguese "if", and articles are no machines. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const SPANISH = [
  '# Cambio',
  '',
  'El puerto se cierra el lunes a las seis y no se abre hasta que todo esté en orden.',
  '',
];

function codesOf(...lines: readonly string[]): string[] {
  const {proposal} = planOf(...SPANISH, '## Despliegue', '', ...lines);
  return (proposal?.doubts ?? []).map(({code}) => code);
}

test.each([
  ['a verb', 'La grúa vieja se queda parada y ahora se enciende la nueva:'],
  ['a purpose', 'Guardar una copia, por si se rompe algo:'],
  ['hours', 'Revisar las llegadas de las 6 y las 7:'],
  ['a preposition with figures', 'Con 0 se sigue. Con 1 se sigue:'],
  ['a preposition before "no"', 'En `tareas` no debe quedar nada:'],
])('%s', (_, lead) => {
  const codes = codesOf(lead, '', '```bash', 'systemctl start grua', '```');
  expect(codes).not.toContain('place-assumed');
  expect(codes).not.toContain('condition-assumed');
});

test('a word of both languages is still asked', () => {
  const codes = codesOf(
    'Encender la grúa, si el capitán no dice otra cosa:',
    '',
    '```bash',
    'systemctl start grua',
    '```',
  );
  expect(codes).toContain('condition-assumed');
});
