/** The entries of the palette that match the typed text: actions, then signals, then steps. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {RunState} from '../../run/state.ts';
import {type ChartId, chartList} from '../charts/chart-list.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {type ActionId, KEYS, keyLabel} from '../view/keymap.ts';

type PaletteEntry =
  | {kind: 'action'; id: ActionId; label: string; right: string}
  | {kind: 'step'; id: string; label: string; right: string}
  | {kind: 'chart'; chart: ChartId; label: string; right: string};

const ENTRIES_MAX = 200;
/** A match whose letters are further apart than this, on average, is left out. */
const GAPS_PER_LETTER_MAX = 5;
/** Actions that the palette does not offer: moving, and the palette itself. */
const LEFT_OUT: ReadonlySet<ActionId> = new Set([
  'down',
  'up',
  'left',
  'right',
  'page-down',
  'page-up',
  'palette',
  'close',
]);

export function paletteEntries(plan: Plan, state: RunState, typed: string): PaletteEntry[] {
  const all: PaletteEntry[] = [
    ...KEYS.filter(({id}) => !LEFT_OUT.has(id)).map(
      ({id, help, keys}): PaletteEntry => ({kind: 'action', id, label: help, right: keyLabel(keys[0])}),
    ),
    ...chartList(plan, state).flatMap((chart): PaletteEntry[] =>
      chart.signal === undefined
        ? []
        : [
            {
              kind: 'chart',
              chart,
              label: `chart of ${chart.signal}${chart.kind === 'errors' ? ', errors' : ''}`,
              right: 'chart',
            },
          ],
    ),
    ...plan.steps.map(
      ({id, title, line}): PaletteEntry => ({kind: 'step', id, label: shownTitle(title), right: `line ${line}`}),
    ),
  ];
  if (typed.trim() === '') return all.slice(0, ENTRIES_MAX);
  return all
    .map(entry => ({entry, score: matchScore(`${entry.label} ${entry.right}`, typed.trim())}))
    .filter(({score}) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, ENTRIES_MAX)
    .map(({entry}) => entry);
}

/** 0: no match. The letters must come in order; whole words and early hits count more. */
function matchScore(text: string, typed: string): number {
  const [hay, needle] = [text.toLowerCase(), typed.toLowerCase()];
  const whole = hay.indexOf(needle);
  if (whole >= 0) return 1000 - Math.min(whole, 100) + (whole === 0 || hay[whole - 1] === ' ' ? 100 : 0);
  let at = -1;
  let gaps = 0;
  for (const letter of needle.replaceAll(' ', '')) {
    const next = hay.indexOf(letter, at + 1);
    if (next < 0) return 0;
    gaps += next - at - 1;
    at = next;
  }
  return gaps > GAPS_PER_LETTER_MAX * needle.length ? 0 : 500 - gaps;
}
