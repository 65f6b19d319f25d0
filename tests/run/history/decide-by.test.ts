import {describe, expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';
import {initialState} from '../../../src/run/evolve.ts';
import {decidedByText, forecastText, isLate, rollbackForecast} from '../../../src/run/history/decide-by.ts';
import type {UsualTimes} from '../../../src/run/history/usual-text.ts';
import type {RunState} from '../../../src/run/state.ts';

const openedAt = Date.UTC(2025, 10, 2, 1, 50);
const at = (hours: number, minutes: number, day = 2) => Date.UTC(2025, 10, day, hours, minutes);

function opened(history?: UsualTimes): RunState {
  const state = {...initialState, run: {...initialState.run, id: 'r1', openedAt}};
  return history === undefined ? state : {...state, history};
}

function release(window: string, title = '## Rollback'): ReturnType<typeof parsePlan> {
  const text = `# Release\n**Maintenance Window:** ${window}\n\n## Deployment steps\n\n\`\`\`bash\nmake deploy\n\`\`\`\n\n${title}\n\n\`\`\`bash\nmake back\n\`\`\`\n`;
  return parsePlan(text, emptyBindings);
}

const usual = (maxMs: number, runs = 4): UsualTimes => ({
  runs,
  rollback: {minMs: 40_000, maxMs, runs},
  sections: {},
  steps: {},
});

describe('how long a rollback will take', () => {
  const plan = release('02:00 - 04:00 UTC');
  const forecast = rollbackForecast(plan, opened(usual(19 * 60_000 + 30_000)));
  if (forecast === undefined) throw new Error('no forecast');

  test('says by when to decide, by the longest that was seen and in whole minutes', () => {
    expect(forecastText(forecast, at(2, 30))).toBe(
      'A rollback usually takes 40 s – 20 min (4 earlier runs): decide by 03:40 UTC to be back by 04:00 UTC',
    );
    expect(isLate(forecast, at(3, 39))).toBe(false);
    expect(decidedByText(forecast)).toBe('to be back by 04:00 UTC it had to be decided by 03:40 UTC');
  });

  test('says after that how far it would last, and that the window has ended', () => {
    expect(isLate(forecast, at(3, 40))).toBe(true);
    expect(forecastText(forecast, at(3, 45))).toContain(
      ': begun now, it may last until 04:05 UTC; the window ends at 04:00 UTC',
    );
    expect(forecastText(forecast, at(4, 0))).toContain(': the window ended at 04:00 UTC');
  });

  test('takes a window beyond midnight to end on the next day', () => {
    const night = rollbackForecast(release('22:00 UTC to 01:30 UTC'), opened(usual(60_000)));
    expect(night?.window?.end).toBe(at(1, 30, 3));
  });

  test('goes by the clock of the machine where the document names no zone, and by none where it names another', () => {
    const end = rollbackForecast(release('02:00-04:00'), opened(usual(60_000)))?.window?.end ?? 0;
    expect([new Date(end).getHours(), end > openedAt]).toEqual([4, true]);
    expect(rollbackForecast(release('02:00-04:00 CET'), opened(usual(60_000)))?.window).toBeUndefined();
  });

  test('is what the document says while there is no earlier run, and nothing where it says nothing', () => {
    const planned = rollbackForecast(release('tbd', '## Rollback (15-20 minutes)'), opened());
    expect(planned && forecastText(planned, openedAt)).toBe('A rollback is to take 15–20 min, says the document');
    expect(rollbackForecast(plan, opened())).toBeUndefined();
    const practised = {
      ...usual(50_000, 1),
      rollback: {minMs: 50_000, maxMs: 50_000, runs: 1, rehearsed: true as const},
    };
    expect(rollbackForecast(plan, opened(practised))?.text).toBe('A rollback took 50 s last time (1 rehearsal)');
  });
});
