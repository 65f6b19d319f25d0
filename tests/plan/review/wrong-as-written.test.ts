/** A remark beside commands says that they are wrong as they stand. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function asked(...lines: readonly string[]) {
  const {proposal} = planOf('# Ferry', '', '## Deploy', '', ...lines);
  return (proposal?.doubts ?? []).filter(({message, proposed}) => /wrong as they/.test(message) && !proposed);
}

test.each([
  'In release 12 that option does not exist; use `--all`. Fix this before the crossing.',
  '*(Ana: ojo, en la 12 eso no existe, hay que usar `ALL`. Corregir.)*',
  'Achtung, der Pfad ist noch falsch.',
  "En version 4 cela n'existe plus, à corriger.",
  'Na versão nova isso não existe, corrigir.',
  'The path is outdated.',
])('"%s" behind a block is asked', remark => {
  expect(asked('Load:', '', '```bash', './ferry load --pier 4', '```', '', remark)).toHaveLength(1);
});

test('behind a command in an item too', () => {
  const steps = asked('1. Load: `./ferry load --pier 4`.', '   *(Typo: it is pier 5.)*').flatMap(one => one.steps);
  expect(steps).toEqual(['L5']);
});

test.each(['If the pier does not exist, call the harbour.', 'The pier must be free.', 'The list is correct then.'])(
  '"%s" says nothing about the command',
  remark => {
    expect(asked('Load:', '', '```bash', './ferry load --pier 4', '```', '', remark)).toEqual([]);
  },
);
