/** The entries of the palette that match the typed text: actions, logs, signals, settings, steps. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {RunState} from '../../run/state.ts';
import {type ChartId, chartList} from '../charts/chart-list.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {logSources} from '../logs/logs-panel.tsx';
import type {Session, Spool} from '../session.ts';
import {type ActionId, keyLabel, keysNow} from '../view/keymap.ts';
import {SETTING_NAMES, SETTINGS, type SettingName} from '../view/settings.ts';
import type {ViewState} from '../view/view-state.ts';

export type PaletteEntry = {label: string; right: string} & (
  | {kind: 'action'; id: ActionId}
  /** What has no key of its own. */
  | {kind: 'command'; id: CommandId}
  | {kind: 'source'; id: string}
  | {kind: 'step'; id: string}
  | {kind: 'chart'; chart: ChartId}
  /** `keep`: writes what holds now into the file of settings. */
  | {kind: 'setting' | 'keep'; name: SettingName; value: string}
);

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

type Facts = Pick<Session, 'plan' | 'run' | 'spool'>;

export function paletteEntries(
  {plan, run, spool}: Facts,
  view: Pick<ViewState, 'settings' | 'times'>,
  typed: string,
): PaletteEntry[] {
  const all: PaletteEntry[] = [
    ...keysNow()
      .filter(({id}) => !LEFT_OUT.has(id))
      .map(({id, help, keys}): PaletteEntry => ({kind: 'action', id, label: help, right: keyLabel(keys[0])})),
    ...commandEntries(run.getState()),
    ...sourceEntries(spool),
    ...chartList(plan, run.getState()).flatMap((chart): PaletteEntry[] =>
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
    ...keepEntries(view),
    ...settingEntries(view),
    ...stepEntries(plan),
  ];
  if (typed.trim() === '') return all.slice(0, ENTRIES_MAX);
  return all
    .map(entry => ({entry, score: matchScore(`${entry.label} ${entry.right}`, typed.trim())}))
    .filter(({score}) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, ENTRIES_MAX)
    .map(({entry}) => entry);
}

export type CommandId = 'hand-over' | 'read-hand-over' | 'sign-off' | 'countersign' | 'sign-record';

function commandEntries({handOver, closed, signOff}: RunState): PaletteEntry[] {
  const entries: [CommandId, string, boolean][] = [
    ['hand-over', 'hand over: leave a summary that whoever attaches next sees first', closed === null],
    ['read-hand-over', 'the last hand-over, and what has changed since', handOver !== undefined],
    [
      'sign-off',
      `sign off${signOff === undefined ? '' : ` again, instead of ${signOff.name}`}: final status, issues, notes, signature`,
      true,
    ],
    [
      'countersign',
      `second signature, beside ${signOff?.name ?? ''}`,
      signOff !== undefined && signOff.second === undefined,
    ],
    ['sign-record', 'sign the record with an SSH key of your own', signOff !== undefined && closed !== null],
  ];
  return entries.flatMap(([id, label, isOffered]) =>
    isOffered ? [{kind: 'command' as const, id, label, right: 'people'}] : [],
  );
}

function sourceEntries(spool: Spool): PaletteEntry[] {
  return logSources(spool).map(({id, title}) => ({kind: 'source', id, label: `log ${title}`, right: 'log'}));
}

function stepEntries({steps}: Plan): PaletteEntry[] {
  return steps.map(({id, title, line}) => ({kind: 'step', id, label: shownTitle(title), right: `line ${line}`}));
}

/** What was changed in this console, and would be forgotten with it. */
function keepEntries(view: Pick<ViewState, 'settings' | 'times'>): PaletteEntry[] {
  return SETTING_NAMES.filter(name => valueNow(view, name) !== view.settings.kept[name]).map(name => {
    const value = valueNow(view, name);
    return {kind: 'keep', name, value, label: `keep ${name} ${value} for every console from now on`, right: 'keep'};
  });
}

/** Every value that a setting could have instead of the one it has. */
function settingEntries(view: Pick<ViewState, 'settings' | 'times'>): PaletteEntry[] {
  return SETTING_NAMES.flatMap(name => {
    const {values, help} = SETTINGS[name];
    if (values === 'file') return [];
    const others = (values === 'themes' ? view.settings.themes : values).filter(each => each !== valueNow(view, name));
    return others.map(value => ({
      kind: 'setting' as const,
      name,
      value,
      label: `${name} ${value}: ${help}`,
      right: values === 'themes' ? 'theme' : 'setting',
    }));
  });
}

function valueNow({settings, times}: Pick<ViewState, 'settings' | 'times'>, name: SettingName): string {
  return name === 'times' ? times : settings.now[name];
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
