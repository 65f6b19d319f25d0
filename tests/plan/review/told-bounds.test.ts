/** Bounds, reasons and results that documents tell in other ways: each is read for what it says, or asked about. */
import {describe, expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const watch = (...lines: readonly string[]) => planOf('# Weir', '', '## Monitoring', '', ...lines);
const roles = ({rules}: ReturnType<typeof planOf>) => rules.map(({role, op, value}) => `${role} ${op} ${value}`);

const asked = ({proposal}: ReturnType<typeof planOf>, line: number) =>
  (proposal?.doubts ?? []).filter(one => one.line === line).map(({message}) => message);

describe('rows of figures', () => {
  test.each([
    ['| Leaks | 5 % | 20 % | 60 % |', ['alert > 20', 'trigger > 60']],
    ['| Boats per hour | 120 | 60 | 20 |', ['alert < 1', 'trigger < 20']],
    ['| Level | < 3 % | 4 % | > 9 % for 5 min |', ['target < 3', 'alert > 4', 'trigger > 9']],
    ['| Level | < 3 % | 3–9 % | > 9 % |', ['target < 3', 'alert > 3', 'trigger > 9']],
    ['| Delay | < 30 s | < 5 min and falling | > 10 min |', ['target < 30000', 'trigger > 600000']],
  ])('the figures of a row tell which side is worse: %s', (row, expected) => {
    expect(roles(watch('| Signal | Normal | Tell Ann | Back out |', '|---|---|---|---|', row))).toEqual(expected);
  });

  test.each([
    ['| Memory | < 2 GB | 3 GB | not a rollback, call Ann |', 'call Ann'],
    ['| Disk | < 40 % | 75 % | never a reason, clean up |', 'clean up'],
  ])('what is said to be no reason is no trigger, and asked about: %s', (row, words) => {
    const plan = watch(
      '| Signal | Normal | Look | Back out |',
      '|---|---|---|---|',
      row,
      '| Leaks | < 1 % | 2 % | 4 % |',
    );
    expect(plan.rules.map(({role}) => role)).toEqual(['target', 'alert', 'target', 'alert', 'trigger']);
    expect(asked(plan, 7).join(' ')).toContain(words);
  });

  test('a column of bounds says nothing of how a step is taken back', () => {
    const plan = watch('| Signal | Normal | Back out |', '|---|---|---|', '| Leaks | < 1 % | > 4 % |');
    expect(plan.proposal?.doubts.filter(({code}) => code === 'rollback-assumed')).toEqual([]);
  });

  test('the row of an action that goes back is a reason to', () => {
    const plan = watch('| Métrica | Umbral | Acción |', '|---|---|---|', '| Errores 5xx | > 2 % | Marcha atrás |');
    expect(roles(plan)).toEqual(['trigger > 2']);
  });
});

describe('sentences', () => {
  test.each([
    ['Stay until noon. Tell Lucie if abandoned baskets are above 30 %.', ['alert > 30']],
    ['Prévenir Lucie si les paniers abandonnés dépassent 30 %.', ['alert > 30']],
    ['Una caída de reservas superior al 40 % es motivo de marcha atrás.', ['trigger > 40']],
    ['A loss above 4 % is a reason for a rollback.', ['trigger > 4']],
  ])('what a bound is for: %s', (text, expected) => {
    expect(roles(watch('- [ ] Look at the gauge', '', text))).toEqual(expected);
  });

  test.each([
    ['Queue: within 30 % of before', ['target <= 1.3', 'target >= 0.7']],
    ['Error rate: within 30 % of before', ['target <= 1.3']],
  ])('as far below as above, where less is no gain: %s', (text, expected) => {
    expect(roles(watch(`- [ ] ${text}`))).toEqual(expected);
  });

  test.each(['Queue delay > 10 min after the restart', 'Queue delay > 10 min unless Ann is testing'])(
    'what nothing measures is asked about: %s',
    text => {
      const {rules} = planOf('## Roll back if', '', `- ${text}`);
      expect(rules[0]?.assumed ?? '').toContain('is not measured');
    },
  );

  test.each([
    'Frau Thoma sieht um 14 Uhr noch einmal auf die Pegel.',
    'Stay on the board for 30 minutes, then look once more after two hours.',
    'Nuria se queda hasta las 20:00 y revisa el panel cada media hora.',
  ])('a note in a section that is watched is asked about: %s', text => {
    expect(asked(watch(text, '', '- [ ] Look at the gauge'), 5).join(' ')).toContain(text.slice(0, 20));
  });
});

describe('reasons to roll back', () => {
  const back = (text: string) =>
    planOf('# Weir', '', '## Rollback', '', text, '', '```bash', 'gatectl restore', '```').rules.map(
      ({role, text: said}) => `${role} ${said}`,
    );

  test.each([
    [
      'Decision: Ann. Reasons: the gate is stuck; wrong level at any post.',
      ['the gate is stuck', 'wrong level at any post'],
    ],
    [
      'Use if the gate is stuck, or if the level falls for an hour.',
      ['the gate is stuck', 'if the level falls for an hour'],
    ],
    [
      'Auslöser: Wehr klemmt oder ist bis 17:30 Uhr nicht offen. Spätester Beginn: 18 Uhr.',
      ['Wehr klemmt oder ist bis 17:30 Uhr nicht offen.'],
    ],
    [
      'À utiliser si la vanne reste bloquée, ou si le niveau baisse toujours.',
      ['la vanne reste bloquée', 'si le niveau baisse toujours'],
    ],
  ])('behind a label, wherever it stands: %s', (text, expected) => {
    expect(back(text)).toEqual(expected.map(one => `trigger ${one}`));
  });
});

describe('results', () => {
  const judgedOf = (...lines: readonly string[]) =>
    planOf('# Weir', '', '## Deploy', '', ...lines).steps.flatMap(({expectations}) =>
      expectations.map(({readable, check}) => (readable ? (check?.kind ?? 'signal') : 'person')),
    );

  test.each([
    [['1. Watch `squeue -p gates`. Lag should come back under 5 min.'], ['person']],
    [['```bash', 'curl -s http://weir/level', '```', '', 'Should respond within 2 seconds.'], ['duration']],
    [['- [ ] The backlog must be between `0` and `5`: `gatectl count`'], ['person']],
    [['```bash', 'who', '```', '', 'Es darf höchstens die Sitzung von `reader` übrig sein.'], ['person']],
    [['```bash', 'curl -s http://weir/code', '```', '', '→ `200`'], ['contains']],
    [['```bash', 'git status --porcelain   # nothing', '```'], ['empty']],
  ])('judged by what the text says: %s', (lines, expected) => {
    const kinds = judgedOf(...lines);
    expect(kinds.map(kind => (kind === 'status' || kind === 'number' ? 'contains' : kind))).toEqual(expected);
  });

  test('what leads to the next commands says nothing of those above', () => {
    const {steps} = planOf(
      ...['# Weir', '', '## Deploy', '', '```bash', 'gatectl health', '```', ''],
      ...['Each gate answers `{"ok":true}`. Then read it once:', '', '```bash', 'gatectl read', '```'],
    );
    expect(steps.map(({expectations}) => expectations.length)).toEqual([1, 0]);
  });

  test('a cell says what its own command prints', () => {
    const {steps} = planOf(
      ...['# Weir', '', '## Deploy', '', '| Step | Who |', '|---|---|'],
      '| Confirm the colour: `curl -s http://weir/colour` must return `blue` | Ann |',
    );
    expect(steps[0]?.expectations[0]?.check).toMatchObject({kind: 'contains', text: 'blue'});
  });

  test.each([
    ['- [ ] On both gates the link is still the old one: `readlink /srv/current`', 'the link is still the old one'],
    ['- [ ] Réplica con retraso de como máximo 5 s: `psql -c "select lag"`', 'como máximo 5 s'],
    ['- [ ] Gates open: `gatectl open east` -> three times `OPEN`', 'three times OPEN'],
    ['- [ ] All three gates show the same level: `./gatectl level --all`', 'All three gates show the same level'],
    ['- [ ] Todas las compuertas muestran la misma cota: `./gatectl cota`', 'muestran la misma cota'],
    ['- [ ] Every gate reads the new tide: `./gatectl tide`', 'Every gate reads the new tide'],
  ])('what is judged by nothing is asked about: %s', (item, words) => {
    const plan = planOf('# Weir', '', '## Deploy', '', item);
    const isAsked = asked(plan, 5).some(message => message.includes(words));
    const isJudged = plan.steps.some(({expectations}) => expectations.some(({text}) => text.includes(words)));
    expect(isAsked || isJudged).toBe(true);
  });
});
