/** The uses and the doubts of the checklist that the project exists for, as its reading lists them. */
import {expect, test} from 'vitest';
import {parseBindings, parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings, type Plan} from '../../../src/plan/plan.ts';
import {layoutOf} from '../../../src/rehearsal/file-paths.ts';
import {bindingsText} from '../../../src/rehearsal/rehearsal-bindings.ts';
import {seedBytes} from '../../helpers/documents.ts';

function doubts(plan: Plan): string[] {
  return (plan.proposal?.doubts ?? []).map(({code, line}) => `${line} ${code}`);
}

const ALWAYS = [
  '46 condition-assumed',
  '98 alternatives-assumed',
  '113 alternatives-assumed',
  '300 alternatives-assumed',
  '310 alternatives-assumed',
  '314 value-assumed',
  '317 condition-assumed',
  '317 value-assumed',
  '321 condition-assumed',
  '329 alternatives-assumed',
];

test('with the bindings of the rehearsal only what those leave open is doubted', () => {
  const text = bindingsText(layoutOf('/box'), {
    service: 'http://127.0.0.1:1',
    databaseUrl: 'postgres://u:p@127.0.0.1/d',
  });
  const {bindings} = parseBindings(text, {file: 'tminus.yaml', env: {}});
  const plan = parsePlan(seedBytes, bindings);
  const ties = doubts(plan).filter(one => one.endsWith('tie-assumed'));
  expect(doubts(plan).filter(one => !ties.includes(one))).toEqual(ALWAYS);
  const guessed = plan.rules.filter(({tie}) => tie !== undefined && tie.by !== 'bindings');
  expect(ties).toEqual(guessed.map(({line}) => `${line} tie-assumed`));
});

test('without bindings the places of the backups are doubted as well', () => {
  const found = doubts(parsePlan(seedBytes, emptyBindings));
  expect(found).toEqual(['43 place-assumed', ALWAYS[0], '49 place-assumed', ...ALWAYS.slice(1)]);
  const [backups] = parsePlan(seedBytes, emptyBindings).proposal?.doubts ?? [];
  expect(backups?.steps).toEqual(['L43', 'L44', 'L45']);
  expect(backups?.message).toMatch(/taken for here, but the rollback looks for .* on user@your-vps-ip$/);
});

test('each section has the use that the seed gives it', () => {
  const uses = new Map(parsePlan(seedBytes, emptyBindings).sections.map(({line, use}) => [line, use]));
  const expected: Record<string, readonly number[]> = {
    run: [11, 13, 20, 33, 42, 48, 56, 58, 68, 70, 78, 105, 119],
    watch: [144, 146, 167, 185, 198, 200, 202, 217, 224, 229],
    triggers: [283],
    rollback: [281, 292, 294, 304, 320, 326, 336, 342],
    criteria: [350, 354, 360, 366],
    record: [374, 390],
    reference: [416],
  };
  for (const [use, lines] of Object.entries(expected)) {
    for (const line of lines) expect(`${line} ${uses.get(line)}`).toBe(`${line} ${use}`);
  }
  expect([...uses.values()]).not.toContain('other');
});
