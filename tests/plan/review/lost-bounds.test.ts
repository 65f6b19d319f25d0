/** Bounds, gates and ways back that stand where nothing is read: titles, further lines, and marked text above the sections. */
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';

const block = (...commands: readonly string[]) => ['', '```bash', ...commands, '```', ''];

function doubtsOf(...lines: readonly string[]) {
  const {proposal} = parsePlan(lines.join('\n'), emptyBindings);
  return proposal?.doubts ?? [];
}

const shown = (line: number, ...lines: readonly string[]) =>
  doubtsOf(...lines).flatMap(one =>
    one.line === line ? [`${one.proposed === undefined ? 'open' : 'proposed'}: ${one.message}`] : [],
  );

describe('text above the first section', () => {
  test.each([
    ['a quotation', '> Never release during the exam weeks (see the calendar). Hotfixes need the word of the dean.'],
    ['a sentence', 'Do not start while the second turbine is out.'],
    ['in German', '> Niemals während einer Hochwasserwarnung öffnen. Ausnahmen nur mit Zustimmung des Wehrwarts.'],
    ['in bold', '**Never open the gate during a flood warning.**'],
  ])('what must never be done is asked, with nothing proposed: %s', (_, text) => {
    expect(shown(3, '# Gate', '', text, '', '## Deploy', ...block('systemctl stop gate'))[0]).toMatch(/^open: /);
  });

  test.each([
    ['a quotation', '> The river police are told on the day before, and come at eight.'],
    [
      'a sign of warning, in French',
      '⚠️ Le prélèvement part le 20. Si la mise en production est impossible mardi, on attend le 24.',
    ],
  ])('what is marked there is asked: %s', (_, text) => {
    expect(shown(3, '# Gate', '', text, '', '## Deploy', ...block('systemctl stop gate'))).toHaveLength(1);
  });
});

describe('titles', () => {
  test.each([
    ['## Load test: p95 under 800 ms, at most 2% errors', 'under 800 ms … at most 2%'],
    ['## Lasttest: p95 unter 800 ms, höchstens 2 % Fehler', 'unter 800 ms … höchstens 2 %'],
    ['## Test de charge : p95 sous 800 ms, moins de 2 % d’erreurs', 'moins de 2 %'],
    ['## Cut over (must be done before 04:00, otherwise roll back)', 'otherwise roll back'],
  ])('a bound in "%s" is asked about', (title, words) => {
    const found = shown(3, '# Shop', '', title, ...block('./load.sh'));
    expect(found.find(text => text.includes(words))).toMatch(/is measured by nothing$/);
  });

  test('a remark about the rollback makes no rollback of a part', () => {
    const {sections} = parsePlan(
      [
        '# Shop',
        '## 2. Cut over (must be done before 04:00, otherwise roll back)',
        ...block('cutctl go'),
        '## Rollback',
        ...block('cutctl back'),
      ].join('\n'),
      emptyBindings,
    );
    expect(sections.map(({use}) => use)).toEqual(['run', 'rollback']);
  });

  test('a name with a figure is not', () => {
    expect(shown(3, '# Flags', '', '## Stage 2 - 10%', ...block('flagctl set 10'))).toEqual([]);
  });
});

describe('further lines', () => {
  const around = (...lines: readonly string[]) => [
    '# Shop',
    '## 1. Deploy',
    ...block('shopctl go'),
    ...lines,
    '',
    '## 5. Rollback',
    ...block('shopctl back'),
  ];

  test('a sentence over two lines is shown whole', () => {
    const found = shown(
      8,
      ...around('Leave it for an hour. Error rate below 0.5% and p95', 'under 800 ms, otherwise go back.'),
    );
    expect(found[0]).toMatch(/Error rate below 0.5% and p95 under 800 ms, otherwise go back/);
  });

  test('all the bounds of a sentence are shown', () => {
    const found = shown(8, ...around('The error rate stays below 0.5% and p95 under 800 ms in the first hour.'));
    expect(found.join()).toMatch(/below 0.5%.*under 800 ms/);
  });

  test.each([
    ['Repeat the check until it is empty. Do not go on before. If not empty after 20 minutes, see section 5.'],
    ['All three fine? Maria closes it. If not, section 5, no discussion.'],
    ['- [ ] Look at the board. If it is red, go to section 5'],
  ])('what sends to the rollback is asked about: %s', text => {
    expect(shown(8, ...around(text)).join()).toMatch(/measured by nothing|which nothing measures/);
  });
});
