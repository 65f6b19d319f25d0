/** The last row of the screen: a message or the useful keys, and the clocks. */
import {useStore} from 'zustand';
import type {RollbackState} from '../../run/state.ts';
import {localClock, utcClock} from '../../text/times.ts';
import {cut, displayWidth, spread} from '../../text/width.ts';
import {isReviewOpen} from '../review/review-questions.ts';
import type {Session} from '../session.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import {type ActionId, bindingOf, type KeyBinding, keyLabel} from '../view/keymap.ts';
import type {Overlay, PanelName, StatusMessage, Tone} from '../view/view-state.ts';
import {Row} from '../widgets/panel.tsx';
import {plainFor} from '../widgets/pen.ts';

export type StatusBarProps = {
  session: Session;
  focus: PanelName;
  overlay: Overlay | null;
  status: StatusMessage | null;
  columns: number;
  glyphs: Glyphs;
  theme: Theme;
  now: Now;
};

/** A message stands this long before the key hints come back. */
const MESSAGE_MS = 8000;

/** The newest message or the useful keys at the left, the clocks at the right. */
export function StatusBar({session, focus, overlay, status, columns, glyphs, theme, now}: StatusBarProps) {
  const at = useSecond(now);
  const fresh = status !== null && at - status.at < MESSAGE_MS;
  const long = `${localClock(at)} local ${glyphs.separator} ${utcClock(at)}`;
  const clock = columns >= 100 ? long : localClock(at);
  const room = columns - displayWidth(clock) - 3;
  const runningOn = useStore(session.run, state => state.runningOn);
  const rollback = useStore(session.run, state => state.rollback);
  const observing = useStore(session.run, state => state.driver !== session.consoleId);
  const isUnreviewed = useStore(session.run, state => isReviewOpen(session.plan, state));
  const left = fresh
    ? messageText(status, room, glyphs, theme)
    : hintText({overlay, focus, runningOn, rollback, observing, isUnreviewed}, room, theme);
  return <Row text={spread(` ${left}`, theme.paint('muted', clock), columns, glyphs.ellipsis)} />;
}

export const TONES: Readonly<Record<Tone, ThemeToken>> = {plain: 'text', good: 'good', warn: 'warn', bad: 'bad'};

function messageText({text, tone}: StatusMessage, room: number, glyphs: Glyphs, theme: Theme): string {
  return theme.paint(TONES[tone], cut(plainFor(text, glyphs), room, glyphs.ellipsis));
}

type Looking = {
  overlay: Overlay | null;
  focus: PanelName;
  runningOn: boolean;
  rollback: RollbackState;
  observing: boolean;
  isUnreviewed: boolean;
};
type Hint = readonly [key: string, does: string];

/** Whole hints only, most useful first; rolling back and help are always among them. */
function hintText(
  {overlay, focus, runningOn, rollback, observing, isUnreviewed}: Looking,
  room: number,
  theme: Theme,
): string {
  const hints: readonly Hint[] = overlay
    ? overlayHints(overlay, rollback)
    : (observing ? observerHints(focus) : driverHints(focus, isUnreviewed)).map(({id, keys: [key], hint}) => [
        keyLabel(key),
        id === 'run-on' && runningOn ? 'stop' : hint,
      ]);
  const last = hints.slice(-3);
  const chosen: Hint[] = [];
  for (const hint of hints.slice(0, -3)) {
    if (widthOf([...chosen, hint, ...last]) <= room) chosen.push(hint);
  }
  const shown = [...chosen, ...last];
  while (shown.length > 1 && widthOf(shown) > room) shown.pop();
  return shown.map(([key, does]) => `${theme.paint('key', key)} ${theme.paint('muted', does)}`).join('  ');
}

function widthOf(hints: readonly Hint[]): number {
  return hints.reduce((sum, [key, does]) => sum + key.length + does.length + 3, -2);
}

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

/** While the review is open, its key comes first, so that it is named on the narrowest screen too. */
function driverHints(panel: PanelName, isUnreviewed: boolean): readonly KeyBinding[] {
  const hints = hintsFor(panel);
  return isUnreviewed ? [bindingOf('review'), ...hints.filter(({id}) => id !== 'review')] : hints;
}

/** The keys for an observer: only those that would not be refused. */
function observerHints(panel: PanelName): readonly KeyBinding[] {
  const looking = hintsFor(panel).filter(({group}) => group !== 'Run');
  return [bindingOf('baton'), bindingOf('incident'), ...looking];
}

function overlayHints(overlay: Overlay, rollback: RollbackState): readonly Hint[] {
  if (overlay.kind === 'rollback' && rollback.status === 'counting') return Object.entries(OVERLAY_HINTS.countdown);
  if (overlay.kind === 'rollback' && rollback.status === 'none') return Object.entries(OVERLAY_HINTS.refused);
  const isAsked = overlay.kind === 'prompt' && overlay.prompt.purpose.for === 'answer';
  return Object.entries(OVERLAY_HINTS[isAsked ? 'answer' : overlay.kind]);
}

/** What each key does, by the open overlay. */
const OVERLAY_HINTS: Readonly<
  Record<Overlay['kind'] | 'answer' | 'countdown' | 'refused', Readonly<Record<string, string>>>
> = {
  prompt: {Enter: 'send', 'Ctrl-U': 'clear', 'Ctrl-R': 'roll back', Esc: 'cancel'},
  answer: {Enter: 'answer', 'Ctrl-D': 'no answer', 'Ctrl-R': 'roll back', Esc: 'later'},
  palette: {Enter: 'do it', 'Up Down': 'choose', 'Ctrl-R': 'roll back', Esc: 'close'},
  menu: {Enter: 'choose', 'j k': 'move', R: 'roll back', Esc: 'close'},
  // The review draws its own row of keys.
  review: {R: 'roll back', Esc: 'close'},
  assumed: {Enter: 'run once', c: 'confirm', o: 'review', R: 'roll back', Esc: 'close'},
  samples: {Enter: 'log lines', 'j k': 'move', R: 'roll back', Esc: 'close'},
  help: {'j k': 'scroll', R: 'roll back', Esc: 'close'},
  incident: {'j k': 'scroll', R: 'roll back', Esc: 'close'},
  rollback: {'j k': 'scroll', Esc: 'close'},
  countdown: {R: 'now', Esc: 'cancel'},
  refused: {f: 'force it, with a reason', 'j k': 'scroll', Esc: 'close'},
};
