/** One question about the use of several sections names all of them by their ids. */
import {expect, test} from 'vitest';
import {reviewJson} from '../../../src/report/check/check-review.ts';
import {planOf} from '../../helpers/plan-view.ts';

const WORDS =
  'Zatrzymujemy usługę na obu maszynach, a potem sprawdzamy, czy wszystkie zadania zostały zakończone przed rozpoczęciem prac.';

test('in a language without words, every section is found from the JSON', () => {
  const parts = ['Przygotowanie', 'Wdrożenie', 'Sprawdzenie'];
  const plan = planOf(
    '# Nowa wersja',
    '',
    ...parts.flatMap(title => [`## ${title}`, '', WORDS, '', '```', './run.sh', '```', '']),
  );
  const doubt = plan.proposal?.doubts.find(({sections}) => sections !== undefined);
  expect(doubt?.sections).toEqual(plan.sections.map(({id}) => id));
  expect(doubt?.section).toBe(plan.sections[0]?.id);
  const reviewing = {review: undefined} as unknown as Parameters<typeof reviewJson>[1];
  expect(JSON.stringify(reviewJson(plan, reviewing))).toContain(JSON.stringify(doubt?.sections));
});
