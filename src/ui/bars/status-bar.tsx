/** The last row of the screen: a message or the keys that help here, and the clocks. */
import {useStore} from 'zustand';
import type {RollbackState} from '../../run/state.ts';
import {asciiOnly} from '../../text/ascii.ts';
import {localClock, utcClock} from '../../text/times.ts';
import {cut, displayWidth, spread, tame} from '../../text/width.ts';
import type {Session} from '../session.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import {keyLabel} from '../view/keymap.ts';
import type {Overlay, PanelName, StatusMessage, Tone} from '../view/view-state.ts';
import {Row} from '../widgets/panel.tsx';
import {hintsFor, observerHints} from './key-hints.ts';

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

/** The last row: what was just said or which keys help here, and the two clocks. */
export function StatusBar({session, focus, overlay, status, columns, glyphs, theme, now}: StatusBarProps) {
  const at = useSecond(now);
  const fresh = status !== null && at - status.at < MESSAGE_MS;
  const long = `${localClock(at)} local ${glyphs.separator} ${utcClock(at)}`;
  const clock = columns >= 100 ? long : localClock(at);
  const room = columns - displayWidth(clock) - 3;
  const runningOn = useStore(session.run, state => state.runningOn);
  const rollback = useStore(session.run, state => state.rollback.status);
  const observing = useStore(session.run, state => state.driver !== session.consoleId);
  const left = fresh
    ? messageText(status, room, glyphs, theme)
    : hintText({overlay, focus, runningOn, rollback, observing}, room, theme);
  return <Row text={spread(` ${left}`, theme.paint('muted', clock), columns, glyphs.ellipsis)} />;
}

const TONES: Readonly<Record<Tone, ThemeToken>> = {plain: 'text', good: 'good', warn: 'warn', bad: 'bad'};

function messageText({text, tone}: StatusMessage, room: number, glyphs: Glyphs, theme: Theme): string {
  const shown = glyphs.ascii ? asciiOnly(tame(text)) : tame(text);
  return theme.paint(TONES[tone], cut(shown, room, glyphs.ellipsis));
}

type Looking = {
  overlay: Overlay | null;
  focus: PanelName;
  runningOn: boolean;
  rollback: RollbackState['status'];
  observing: boolean;
};
type Hint = readonly [key: string, does: string];

/** Whole hints only, most useful first; rolling back and help are always among them. */
function hintText({overlay, focus, runningOn, rollback, observing}: Looking, room: number, theme: Theme): string {
  const hints: readonly Hint[] = overlay
    ? overlayHints(overlay, rollback)
    : (observing ? observerHints(focus) : hintsFor(focus)).map(({id, keys: [key], hint}) => [
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

function overlayHints(overlay: Overlay, rollback: RollbackState['status']): readonly Hint[] {
  const rollBack: Hint = ['R', 'roll back'];
  const close: Hint = ['Esc', 'close'];
  switch (overlay.kind) {
    case 'prompt':
      if (overlay.prompt.purpose.for === 'answer') {
        return [
          ['Enter', 'answer'],
          ['Ctrl-D', 'no answer'],
          ['Ctrl-R', 'roll back'],
          ['Esc', 'later'],
        ];
      }
      return [
        ['Enter', 'send'],
        ['Ctrl-U', 'clear'],
        ['Ctrl-R', 'roll back'],
        ['Esc', 'cancel'],
      ];
    case 'palette':
      return [['Enter', 'do it'], ['Up Down', 'choose'], ['Ctrl-R', 'roll back'], close];
    case 'menu':
      return [['Enter', 'choose'], ['j k', 'move'], rollBack, close];
    case 'samples':
      return [['Enter', 'log lines'], ['j k', 'move'], rollBack, close];
    case 'assumed':
      return [['Enter', 'run once'], ['c', 'confirm'], ['o', 'review'], rollBack, close];
    case 'review':
    case 'help':
    case 'incident':
      return [['j k', 'scroll'], rollBack, close];
    case 'rollback':
      return rollback === 'counting'
        ? [
            ['R', 'now'],
            ['Esc', 'cancel'],
          ]
        : [['j k', 'scroll'], close];
  }
}
