import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {type ListedRun, runsTable} from '../../src/commands/runs.ts';

const run = (id: string, title: string, more: Partial<ListedRun['listed']> = {}): ListedRun['listed'] => ({
  id,
  title,
  status: 'succeeded',
  openedAt: '2025-11-02T13:02:31.000Z',
  by: 'ana',
  live: false,
  ...more,
});

const RUNS: readonly ListedRun[] = [
  {listed: run('20251102T130231Z-4f2a', 'Phase 2A'), tookMs: 250_000},
  {
    listed: run('20251103T080000Z-0011', '本番リリース 🚀', {status: 'rolled-back'}),
    tookMs: 3_751_000,
    rollback: 'rolled-back',
  },
  {listed: run('20251104T090000Z-0022', 'Phase 3', {status: 'watching', live: true}), tookMs: 65_000},
  {listed: {...run('20251105T090000Z-0033', '', {status: 'damaged', openedAt: '', by: ''}), problem: 'line 3'}},
];

test('runs are listed under a heading, the newest first, and wide titles stay in their column', () => {
  expect(runsTable(RUNS)).toEqual([
    'RUN                    CHECKLIST        PHASE            STARTED            TOOK     ROLLBACK     BY',
    '20251105T090000Z-0033                   damaged',
    '20251104T090000Z-0022  Phase 3          watching (live)  2025-11-02 13:02Z  01:05                 ana',
    '20251103T080000Z-0011  本番リリース 🚀  rolled-back      2025-11-02 13:02Z  1:02:31  rolled-back  ana',
    '20251102T130231Z-4f2a  Phase 2A         succeeded        2025-11-02 13:02Z  04:10                 ana',
  ]);
});

test('on a narrow terminal titles give way, ids stay whole', () => {
  const long = [{listed: run('20251102T130231Z-4f2a', '漢字'.repeat(40)), tookMs: 1000}];
  for (const line of runsTable(long, 80)) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  expect(runsTable(long, 80)[1]).toContain('20251102T130231Z-4f2a  漢字');
  expect(runsTable(long, 60)[1]).toContain('20251102T130231Z-4f2a');
});
