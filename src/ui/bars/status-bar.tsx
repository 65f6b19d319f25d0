/** The last row of the screen: a message or the useful keys, and the clocks. */
import {useStore} from 'zustand';
import {createStore, type StoreApi} from 'zustand/vanilla';
import {usualSpan} from '../../run/history/usual-text.ts';
import {whatIsNext} from '../../run/people/hand-over.ts';
import {runningStep, waitingStep} from '../../run/selectors.ts';
import type {RollbackState} from '../../run/state.ts';
import {duration, localClock, utcClock} from '../../text/times.ts';
import {cut, spread} from '../../text/width.ts';
import {enterDoes} from '../checklist/step-words.ts';
import {handOverHints} from '../questions/hand-overs.ts';
import {isReviewOpen} from '../review/review-questions.ts';
import {type Advised, type Alarm, advisedAction, alarmOf} from '../rules/alarm.ts';
import type {Session} from '../session.ts';
import {type Now, useClockRows} from '../terminal/clock.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintBadge, type Theme} from '../terminal/theme.ts';
import {type ActionId, bindingOf, type KeyBinding, keyLabel, keyOf} from '../view/keymap.ts';
import type {Overlay} from '../view/overlay-state.ts';
import type {PanelName, StatusMessage, ViewState} from '../view/view-state.ts';
import {clockBeside, type Hint, hintText, messageText, roomBesideClock} from '../widgets/last-row.ts';
import {Row} from '../widgets/panel.tsx';
import {alarmHints} from './alarm-hints.ts';
import {type OtherOverlay, overlayHints, ROLL_BACK} from './overlay-hints.ts';

type StatusBarProps = {
  session: Session;
  view: StoreApi<ViewState>;
  focus: PanelName;
  overlay: Overlay | null;
  status: StatusMessage | null;
  top: number;
  columns: number;
  glyphs: Glyphs;
  theme: Theme;
  now: Now;
};

/** The newest message or the useful keys at the left, the clocks at the right. Stands in row `top`. */
export function StatusBar({session, view, focus, overlay, status, top, columns, glyphs, theme, now}: StatusBarProps) {
  const runningOn = useStore(session.run, state => state.runningOn);
  const rollback = useStore(session.run, state => state.rollback);
  const observing = useStore(session.run, state => state.driver !== session.consoleId);
  const mayDrive = useStore(session.run, state => state.consoles[session.consoleId]?.observer !== true);
  const isUnreviewed = useStore(session.run, state => isReviewOpen(session.plan, state));
  const waiting = useStore(session.run, state => waitingStep(session.plan, state)?.id);
  const cursor = useStore(view, each => each.cursor);
  const isLost = useStore(view, each => each.lost !== null);
  const isRunning = useStore(session.run, state => runningStep(session.plan, state) !== undefined);
  const isElsewhere = waiting !== undefined && (waiting !== cursor || focus !== 'checklist');
  const enter = useStore(session.run, state => enterDoes(session.plan, state, cursor));
  const alarm = useStore(session.run, state => alarmOf(session.plan, state));
  const advised = useStore(session.run, state => advisedAction(session.plan, state));
  const hasRollback = session.plan.rollback !== null;
  const lasts = useStore(session.run, state => state.history?.rollback);
  const played = useStore(session.replay?.status ?? NOT_PLAYED, status => status);
  const isFirstTime = useStore(view, each => each.isFirstTime && each.overlay === null);
  const isSelecting = useStore(view, each => each.selection !== null && (focus === 'output' || focus === 'logs'));
  const next = useStore(session.run, state =>
    overlay?.kind === 'hand-over'
      ? whatIsNext(session.plan, state, state.lastAt, state.handOver?.note).keys.join('')
      : '',
  );
  const hints = isSelecting
    ? SELECTING.map(hintOf)
    : overlay?.kind === 'hand-over'
      ? handOverHints(session, next)
      : hintsIn({
          ...{
            overlay,
            focus,
            runningOn,
            rollback,
            observing,
            mayDrive,
            isUnreviewed,
            isElsewhere,
            isRunning,
            enter,
            alarm,
            advised,
          },
          isLost,
          hasRollback,
          ...(lasts === undefined || columns < LASTS_COLUMNS_MIN ? {} : {lasts: usualSpan(lasts)}),
        });
  const rowAt = (at: number) => {
    const [local, utc] = [localClock(at), utcClock(at)];
    const long = utc.startsWith(local) ? utc : `${local} local ${glyphs.separator} ${utc}`;
    // The hand-over says the time itself, and names many keys.
    const clocks = columns >= 100 ? [long, local] : overlay?.kind === 'hand-over' ? [] : [local];
    const clock = clockBeside(clocks, status, {columns, now: at, glyphs});
    const room = roomBesideClock(clock, columns);
    const left =
      messageText(status, {width: room, now: at, glyphs, theme}) ??
      (isFirstTime ? theme.paint('accent', cut(firstLine(hasRollback), room, glyphs.ellipsis)) : undefined) ??
      (session.replay === undefined || overlay !== null || isSelecting
        ? hintText(hints.slice(0, -LAST_HINTS_MIN), hints.slice(-LAST_HINTS_MIN), room, theme)
        : replayText(played, {room, glyphs, theme}));
    return [spread(` ${left}`, theme.paint('muted', clock), columns, glyphs.ellipsis)];
  };
  const [row = ''] = useClockRows(now, top, rowAt);
  return <Row text={row} />;
}

const NOT_PLAYED = createStore(() => ({speed: 1, isPlaying: false, at: 0, length: 0}));

const REPLAY_HINTS: readonly Hint[] = [
  ['Space', 'pause'],
  [', .', 'event'],
  ['< >', 'speed'],
  ['Left Right', '10 s'],
  ['?', 'help'],
  ['q', 'leave'],
];

/** ` REPLAY 10x ` and how much of the run was shown, then its keys. */
function replayText(
  {speed, isPlaying, at, length}: ReturnType<typeof NOT_PLAYED.getState>,
  {room, glyphs, theme}: {room: number; glyphs: Glyphs; theme: Theme},
): string {
  const badge = ` REPLAY ${isPlaying ? `${speed}x` : 'PAUSED'} `;
  const shown = `${duration(at)}/${duration(length)}`;
  const [pause, ...others] = REPLAY_HINTS;
  const first: Hint = [pause?.[0] ?? '', isPlaying ? 'pause' : at >= length - 1000 ? 'play again' : 'play'];
  const keys = hintText(
    [first, ...others.slice(0, -1)],
    others.slice(-1),
    room - badge.length - shown.length - 4,
    theme,
  );
  return `${paintBadge(theme, 'badge.warn', badge)} ${theme.paint('text', shown)} ${glyphs.separator} ${keys}`;
}

type Looking = {
  overlay: OtherOverlay | null;
  focus: PanelName;
  runningOn: boolean;
  rollback: RollbackState;
  observing: boolean;
  /** Without `--observe`. */
  mayDrive: boolean;
  isUnreviewed: boolean;
  /** The run waits for a person at a step that is not under the cursor. */
  isElsewhere: boolean;
  /** A step runs, which can be cancelled, and not skipped. */
  isRunning: boolean;
  /** What Enter does with what is under the cursor; '' where it does nothing. */
  enter: string;
  /** The engine is gone: there is nobody to send anything to. */
  isLost: boolean;
  hasRollback: boolean;
  alarm: Alarm;
  advised: Advised;
  /** How long a rollback usually takes: `40–55 s`. */
  lasts?: string;
};

/** On a narrower screen the keys need the room. */
const LASTS_COLUMNS_MIN = 120;

/** The most useful first; the last ones, such as rolling back and help, are always shown. */
function hintsIn({overlay, focus, rollback, observing, ...looking}: Looking): readonly Hint[] {
  const offersBack = looking.hasRollback && !observing && !looking.isLost;
  if (overlay)
    return overlayHints(overlay, rollback, looking.advised).filter(([, does]) => offersBack || does !== ROLL_BACK);
  if (looking.isLost) return lookingHints(focus).map(({keys: [key], hint}) => [keyLabel(key), hint]);
  const {alarm} = looking;
  const bindings = observing
    ? observerHints(focus, looking.mayDrive)
    : alarm !== 'none' && focus === 'checklist'
      ? alarmHints(alarm, looking.advised, looking.isElsewhere)
      : driverHints(focus, looking);
  const isBack = rollback.status === 'finished' && rollback.result === 'rolled-back';
  const led = looking.isElsewhere ? [bindingOf('answer'), ...bindings] : bindings;
  const words: Partial<Record<ActionId, string>> = {
    enter: looking.enter,
    // Where both keys do the same, one of them is named.
    ...(looking.enter === 'tick' ? {tick: ''} : {}),
    ...(looking.runningOn ? {'run-on': 'stop'} : {}),
    ...(looking.lasts === undefined ? {} : {'roll-back': `${ROLL_BACK}, ${looking.lasts}`}),
    ...(isBack || !looking.hasRollback ? {'roll-back': ''} : {}),
    // After a rollback the run does not run on.
    ...(rollback.status === 'finished' ? {'run-on': ''} : {}),
  };
  const isAdvised = (id: ActionId) => alarm !== 'none' && !observing && id === looking.advised;
  return led
    .map(({id, keys: [key], hint}): Hint => {
      const does = words[id] ?? hint;
      return isAdvised(id) ? [keyLabel(key), does, true] : [keyLabel(key), does];
    })
    .filter(([, does]) => does !== '');
}

/** Once for each person: the three keys to know. It stays until one is pressed. */
function firstLine(hasRollback: boolean): string {
  const back = hasRollback ? 'R rolls back, from anywhere; ' : '';
  return `New here? Enter runs or ticks a step; ${back}? lists all keys`;
}

/** While lines are selected: what is done with them. */
const SELECTING: readonly ActionId[] = ['copy', 'save', 'pager', 'select-lines', 'close', 'roll-back', 'help'];
const SELECTING_WORDS: Readonly<Partial<Record<ActionId, string>>> = {'select-lines': 'begin here', close: 'end'};

function hintOf(id: ActionId): Hint {
  return [keyOf(id), SELECTING_WORDS[id] ?? bindingOf(id).hint];
}

const LAST_HINTS_MIN = 3;

/** The keys named in the last row, by the focused panel. */
const HINTS: Readonly<Record<PanelName, readonly ActionId[]>> = {
  checklist: ['enter', 'tick', 'run-on', 'review', 'skip', 'note'],
  output: ['search', 'follow', 'zoom', 'wrap', 'copy'],
  logs: ['search', 'keep', 'error-next', 'source-next', 'follow', 'zoom', 'copy'],
  charts: ['right', 'samples', 'zoom-in', 'zoom-out', 'signals', 'zoom', 'run-on'],
};
const LAST_HINTS: readonly ActionId[] = ['next-panel', 'roll-back', 'help', 'leave'];

/** The keys for the hint row, the most useful first. */
export function hintsFor(panel: PanelName): readonly KeyBinding[] {
  return [...HINTS[panel], ...LAST_HINTS].map(id => {
    const binding = bindingOf(id);
    return panel === 'charts' && id === 'right' ? {...binding, hint: 'signal'} : binding;
  });
}

/** While the review is open, its key comes first, so that it is named on the narrowest screen too; else that of a step that runs. */
function driverHints(
  panel: PanelName,
  {isUnreviewed, isRunning}: Pick<Looking, 'isUnreviewed' | 'isRunning'>,
): readonly KeyBinding[] {
  const usual = hintsFor(panel);
  const hints = isRunning ? [bindingOf('cancel'), ...usual.filter(({id}) => id !== 'skip')] : usual;
  return isUnreviewed ? [bindingOf('review'), ...hints.filter(({id}) => id !== 'review')] : hints;
}

/** The keys for an observer: only those that would not be refused. */
function observerHints(panel: PanelName, mayDrive: boolean): readonly KeyBinding[] {
  return [...(mayDrive ? [bindingOf('baton')] : []), bindingOf('incident'), ...lookingHints(panel)];
}

function lookingHints(panel: PanelName): readonly KeyBinding[] {
  return hintsFor(panel).filter(({group}) => group !== 'Run');
}
