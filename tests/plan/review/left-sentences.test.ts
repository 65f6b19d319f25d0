/** Sentences that hold work back or ask for something are shown by a step or asked about, wherever they stand. */
import {describe, expect, test} from 'vitest';
import {questions} from '../../helpers/doubts.ts';

const STEPS = ['', '## Steps', '', '- `pumpctl stop west`', '- `pumpctl start east`'];

describe('above the first section', () => {
  test.each([
    ['Nothing starts before 22:00.'],
    ['Do not begin unless the harbour master has signed.'],
    ['**No passengers** must be on the pier while the ramp is down.'],
    ['> The kiln must be cold.'],
    ['When: after the last tram (23:30 in winter), never on Friday.'],
    ['- Nobody touches the west pump until Ana has rung.'],
    ['You need the key of the vault (ask Tom) and a torch.'],
    ['Nada empieza antes de las 22:00.'],
    ['Mientras el capitán no dé su visto bueno, nadie toca la bomba.'],
    ['Es wird nichts gemacht, solange die Reinigung läuft.'],
    ['On ne commence pas tant que le quai est ouvert.'],
    ['Ninguém mexe na bomba até a Rita ligar.'],
  ])('%s', text => {
    expect(questions('# Pumps', '', text, ...STEPS)).toMatch(/^open \d+: above the first section stands/m);
  });

  test('the rows of a form are one question, and who does it or what it is about is none', () => {
    const said = questions(
      '# Pumps',
      '',
      '| Field | Value |',
      '|---|---|',
      '| Owner | Mara Lind |',
      '| Title | Move the western pumps |',
      '| Window | Sun 02:00–04:00, stop at 03:30 |',
      '| Approval | Board, subject to row P4 |',
      ...STEPS,
    );
    expect(said).toBe(
      'open 12: above the first section stands what was read into no step: line 7 "Sun 02:00–04:00, stop at 03:30", line 8 "Board, subject to row P4"',
    );
  });

  test('a window that the console shows, and what only informs, is not asked about', () => {
    expect(questions('# Pumps', '', '**Window:** 02:00–24:00', '**Duration:** 1 h 30', ...STEPS)).toBe('');
    expect(questions('# Pumps', '', 'The pumps feed the western basin.', ...STEPS)).toBe('');
  });
});

describe('in a paragraph or an item that is a step for another reason', () => {
  test.each([
    ['Until 08:00 Bo stays on site. On the pier, every 15 minutes:', 'Until 08:00 Bo stays on site.'],
    ['Bis 08:00 bleibt B vor Ort. Auf dem Steg alle 15 Minuten:', 'Bis 08:00 bleibt B vor Ort.'],
    ['Hasta las 08:00 Bo no se mueve. En el muelle, cada 15 minutos:', 'Hasta las 08:00 Bo no se mueve.'],
  ])('%s', (lead, sentence) => {
    expect(questions('# Pumps', '', '## Monitoring', '', lead, '', '    pumpctl status')).toContain(
      `: line 5 "${sentence}"`,
    );
  });

  test('what stands ahead of a case is not for that case', () => {
    const said = questions(
      '# Pumps',
      '',
      '## Steps',
      '',
      '```sh',
      'pumpctl sessions',
      '```',
      '',
      'Only your own session may be in the list. If a session of the archive is left, wait for ten minutes.',
    );
    expect(said).toContain('no step shows this: line 9 "Only your own session may be in the list."');
  });
});
