import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {type Listed, runsTable} from '../../../src/commands/runs/runs-table.ts';

const run = (id: string, title: string, more: Partial<Listed> = {}): Listed => ({
  id,
  title,
  status: 'succeeded',
  openedAt: '2025-11-02T13:02:31.000Z',
  by: 'ana',
  live: false,
  ...more,
});

const RUNS: readonly Listed[] = [
  run('20251102T130231Z-4f2a', 'Phase 2A', {environment: 'rehearsal', tookMs: 250_000}),
  run('20251103T080000Z-0011', '本番リリース 🚀', {
    status: 'rolled-back',
    environment: 'prod.yaml',
    tookMs: 3_751_000,
    rollback: 'rolled-back',
  }),
  run('20251104T090000Z-0022', 'Phase 3', {status: 'watching', live: true, tookMs: 65_000}),
  {...run('20251105T090000Z-0033', '', {status: 'damaged', openedAt: '', by: ''}), problem: 'line 3'},
];

test('runs are listed under a heading, the newest first, and wide titles stay in their column', () => {
  expect(runsTable(RUNS)).toEqual([
    'RUN                    CHECKLIST        ENVIRONMENT  PHASE            STARTED            TOOK     ROLLBACK     BY',
    '20251105T090000Z-0033                                damaged',
    '20251104T090000Z-0022  Phase 3                       watching (live)  2025-11-02 13:02Z  01:05                 ana',
    '20251103T080000Z-0011  本番リリース 🚀  prod.yaml    rolled-back      2025-11-02 13:02Z  1:02:31  rolled-back  ana',
    '20251102T130231Z-4f2a  Phase 2A         rehearsal    succeeded        2025-11-02 13:02Z  04:10                 ana',
  ]);
});

test('on a narrow terminal titles give way, ids stay whole', () => {
  const long = [run('20251102T130231Z-4f2a', '漢字'.repeat(40), {tookMs: 1000})];
  for (const line of runsTable(long, 80)) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  expect(runsTable(long, 80)[1]).toContain('20251102T130231Z-4f2a  漢字');
  expect(runsTable(long, 60)[1]).toContain('20251102T130231Z-4f2a');
});
