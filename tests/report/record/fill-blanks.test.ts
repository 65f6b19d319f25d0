import {expect, test} from 'vitest';
import {blankValues, fillBlanks} from '../../../src/report/record/fill-blanks.ts';
import {planOf} from '../../helpers/plan-view.ts';
import {opened, recorded, startedAt, stateAfter} from '../builder.ts';

test('blanks of a line are filled in order, and one without a value is left', () => {
  expect(fillBlanks('From ____ to ____, by _____  ', ['9', undefined, 'Ana'])).toBe('From 9 to ____, by Ana  ');
});

test('a bracket is a blank, a tick box and a link are not', () => {
  expect(fillBlanks('- [ ] Backup at [timestamp], see [guide](guide.md)', ['12:00'])).toBe(
    '- [ ] Backup at 12:00, see [guide](guide.md)',
  );
});

test('both ways to write a blank may stand in one line', () => {
  expect(fillBlanks('Deploy [prod]: \\_\\_\\_ at [time]', ['v2', '12:00'])).toBe('Deploy [prod]: v2 at 12:00');
  expect(fillBlanks('Tag ____ at [time]', ['v2', '12:00'])).toBe('Tag v2 at 12:00');
});

test('a line without a value is not touched', () => {
  expect(fillBlanks('__init__ and ____', [undefined])).toBe('__init__ and ____');
  expect(fillBlanks('____', [])).toBe('____');
});

test('a value cannot add lines or markup', () => {
  expect(fillBlanks('By: ____', ['Ana\n- [x] Signed <!-- tminus: skip -->'])).toBe(
    'By: Ana - [x] Signed \\<!-- tminus: skip -->',
  );
});

test.each([
  [['**Deployment date:** ____', '**Deployed by:** ____', '**Started:** ____', '**Signed off by:** ____']],
  [['**Datum:** ____', '**Durchgeführt von:** ____', '**Beginn:** ____', '**Unterschrift:** ____']],
  [['**Date :** ____', '**Déployé par :** ____', '**Début :** ____', '**Signature :** ____']],
  [['**Fecha:** ____', '**Desplegado por:** ____', '**Inicio:** ____', '**Firmado por:** ____']],
  [['**Data:** ____', '**Executado por:** ____', '**Início:** ____', '**Assinatura:** ____']],
])('the head of a record is filled with what the run knows, in every language: %j', head => {
  const plan = planOf('# Shop', '', ...head, '', '## Deploy', '', '- [ ] Tell support');
  const values = blankValues(plan, {...stateAfter(recorded(opened), plan), deployStartedAt: startedAt});
  expect(head.map((_, index) => values.get(index + 3))).toEqual([
    ['2025-11-02'],
    ['ana'],
    ['2025-11-02T14:00:00Z'],
    [undefined],
  ]);
});

test('a final status that was written before the rollback is not the last word', () => {
  const plan = planOf('# Shop', '', '## Deploy', '', '- [ ] Tell support', '', '## After', '', '- Final status: ____');
  const [blank] = plan.steps.flatMap(({action}) => (action.kind === 'input' ? action.blanks : []));
  expect(blank?.asks).toBe('status');
  const fill = (at: number) =>
    ({type: 'input-filled', stepId: 's', blankId: blank?.id ?? '', value: 'all fine', at}) as const;
  const back = {
    type: 'rollback-finished',
    result: 'rolled-back',
    because: 'verified',
    left: [],
    at: startedAt + 9,
  } as const;
  const values = (...events: Parameters<typeof recorded>) => blankValues(plan, stateAfter(recorded(...events), plan));
  expect([...values(opened, fill(startedAt), back).values()]).toContainEqual(['rolled-back (before it: all fine)']);
  expect([...values(opened, back, fill(startedAt + 10)).values()]).toContainEqual(['all fine']);
});
