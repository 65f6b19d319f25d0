import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Rule} from '../../../src/plan/plan.ts';
import type {Standing} from '../../../src/run/outcome.ts';
import {type Level, nextStanding, recoveryOf, withoutData} from '../../../src/run/rules/hysteresis.ts';
import {rule} from '../build.ts';

/** What one evaluation finds. `gap`: no data; `between`: only time has passed. */
type Found = Level | 'gap' | {between: Level};

const level = fc.constantFrom<Level>('ok', 'grey', 'bad');
const found: fc.Arbitrary<Found> = fc.oneof(
  {weight: 8, arbitrary: level},
  {weight: 1, arbitrary: fc.constant<Found>('gap')},
  {weight: 2, arbitrary: level.map(between => ({between}))},
);
const rules = fc.integer({min: 1, max: 5}).map(consecutive => rule('r', {consecutive}));

function walk(own: Rule, course: readonly Found[]): readonly Standing[] {
  const standings: Standing[] = [];
  for (const one of course) {
    const before = standings.at(-1) ?? {kind: 'blind'};
    if (one === 'gap') standings.push(withoutData(before, 1));
    else if (typeof one === 'object') standings.push(nextStanding(own, before, one.between, false));
    else standings.push(nextStanding(own, before, one, true));
  }
  return standings;
}

const BADNESS: Partial<Record<Standing['kind'], number>> = {ok: 0, grey: 1, breached: 2, tripped: 3};
const LEVELS: Record<Level, number> = {ok: 0, grey: 1, bad: 2};

/** The fresh evaluations up to this place, newest last. */
function freshUpTo(course: readonly Found[], index: number): readonly Level[] {
  return course.slice(0, index + 1).flatMap(one => (typeof one === 'string' && one !== 'gap' ? [one] : []));
}

describe('a standing', () => {
  test('gets better only after as many better evaluations in a row as bad ones made it trip, whatever lies between', () => {
    fc.assert(
      fc.property(rules, fc.array(found, {maxLength: 60}), (own, course) => {
        let worst: number | undefined;
        for (const [index, standing] of walk(own, course).entries()) {
          const badness = BADNESS[standing.kind];
          if (badness === undefined) continue;
          // A gap may take away that it tripped, never that it was past its bound.
          if (worst !== undefined && Math.min(badness, 2) < Math.min(worst, 2)) {
            const last = freshUpTo(course, index).slice(-recoveryOf(own));
            expect(last.length).toBe(recoveryOf(own));
            for (const one of last) expect(LEVELS[one]).toBeLessThan(Math.min(worst, 2));
          }
          worst = badness;
        }
      }),
      {numRuns: 500},
    );
  });

  test('trips exactly when that many fresh evaluations in a row were past the bound', () => {
    fc.assert(
      fc.property(rules, fc.array(found, {maxLength: 60}), (own, course) => {
        const standings = walk(own, course);
        let row = 0;
        for (const [index, one] of course.entries()) {
          if (one === 'gap' || one === 'ok' || one === 'grey') row = 0;
          if (one === 'bad') row += 1;
          const tripsNow = standings[index]?.kind === 'tripped' && standings[index - 1]?.kind !== 'tripped';
          if (tripsNow) expect(row).toBeGreaterThanOrEqual(own.consecutive);
          if (row >= own.consecutive) expect(standings[index]?.kind).toBe('tripped');
        }
      }),
      {numRuns: 500},
    );
  });

  test('worsens at once, and not at all between samples', () => {
    fc.assert(
      fc.property(rules, fc.array(found, {maxLength: 40}), (own, course) => {
        const standings = walk(own, course);
        for (const [index, one] of course.entries()) {
          const [before, after] = [standings[index - 1], standings[index]];
          if (one === 'bad') expect(BADNESS[after?.kind ?? 'blind']).toBeGreaterThanOrEqual(2);
          if (one === 'grey') expect(BADNESS[after?.kind ?? 'blind']).toBeGreaterThanOrEqual(1);
          if (typeof one === 'object' && BADNESS[before?.kind ?? 'blind'] !== undefined) expect(after).toEqual(before);
        }
      }),
      {numRuns: 300},
    );
  });

  test('without data is neither good nor bad', () => {
    fc.assert(
      fc.property(rules, fc.array(found, {maxLength: 40}), (own, course) => {
        const standings = walk(own, course);
        for (const [index, one] of course.entries()) {
          if (one === 'gap') expect(standings[index]?.kind).toBe('warming');
        }
      }),
    );
  });

  test('counts how far it has recovered, and starts again when it was bad in between', () => {
    const own = rule('r', {consecutive: 3});
    const kinds = walk(own, ['bad', 'bad', 'bad', 'ok', 'ok', 'bad', 'ok', 'grey', 'ok']);
    expect(kinds).toEqual([
      {kind: 'breached', times: 1},
      {kind: 'breached', times: 2},
      {kind: 'tripped'},
      {kind: 'tripped', calm: 1},
      {kind: 'tripped', calm: 2},
      {kind: 'tripped'},
      {kind: 'tripped', calm: 1},
      {kind: 'tripped', calm: 2},
      {kind: 'ok'},
    ]);
  });

  test('remembers over a gap what was wrong', () => {
    const own = rule('r', {consecutive: 3});
    expect(walk(own, ['bad', 'gap', 'ok', 'ok', 'ok'])).toEqual([
      {kind: 'breached', times: 1},
      {kind: 'warming', missing: 1, after: 'breached'},
      {kind: 'breached', times: 0, calm: 1},
      {kind: 'breached', times: 0, calm: 2},
      {kind: 'ok'},
    ]);
  });
});
