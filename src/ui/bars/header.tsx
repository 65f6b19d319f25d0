/** The one or two rows at the top of the screen, and the card for a screen too small for panels. */
import {useStore} from 'zustand';
import type {Plan} from '../../plan/plan.ts';
import {nextStep, progress, runningStep} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {cut, fitTo} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import type {Session} from '../session.ts';
import {type Now, useClockRows} from '../terminal/clock.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {StatusMessage} from '../view/view-state.ts';
import {isFresh, TONES} from '../widgets/last-row.ts';
import {RowColumn} from '../widgets/panel.tsx';
import {plainFor, textWriter} from '../widgets/themed-text.ts';
import type {Alerts} from './alert-row.tsx';
import {clockPiece, phasePiece, readinessPiece, waitsPieces} from './header-pieces.ts';
import {type HeaderStyle, headerRows} from './header-text.ts';
import {wrappedRows} from './wrapped-alerts.ts';

type HeaderProps = Omit<HeaderStyle, 'now'> & {session: Session; now: Now};

/** Ticks by itself, so that the clock redraws nothing else. Stands at the top of the screen. */
export function Header({session, now, ...style}: HeaderProps) {
  const state = useStore(session.run, whole => whole);
  const {consoleId} = session;
  const rows = useClockRows(now, 0, at => headerRows(session.plan, state, {...style, now: at, consoleId}));
  return <RowColumn rows={rows} />;
}

type CardProps = {said: StatusMessage | null; alerts: Pick<Alerts, 'lost' | 'trouble'>};

/** The card for a screen too small for panels: the state of the run, and the keys that work there. */
export function StatusCard({session, now, said, alerts, ...style}: HeaderProps & CardProps) {
  const state = useStore(session.run, whole => whole);
  const {consoleId} = session;
  const card = (at: number) =>
    statusCard(session, state, {said, alerts}, {...style, now: at, consoleId}).slice(0, style.rows);
  return <RowColumn rows={useClockRows(now, 0, card)} />;
}

function statusCard(
  session: Session,
  state: RunState,
  {said, alerts}: CardProps,
  style: Omit<HeaderStyle, 'rows' | 'lost'>,
): string[] {
  const {columns, glyphs, theme, now} = style;
  const {plan} = session;
  const lost = alerts.lost !== null;
  const {done, total, failed} = progress(plan, state);
  const clock = clockPiece(state, now);
  const phase = phasePiece(plan, state);
  const ready = readinessPiece(plan, state, {glyphs, now, lost, room: columns});
  const lines: [ThemeToken, string][] = [
    ...(state.run.rehearsal === true ? [['badge.rehearsal', ' REHEARSAL '] as [ThemeToken, string]] : []),
    [phase.token, phase.text],
    ...waitsPieces(plan, state, {...style, lost}).map(({token, text}): [ThemeToken, string] => [token, text]),
    [clock.token, ` ${clock.text}  ${done}/${total}${failed > 0 ? `  ${failed} failed` : ''}`],
    [ready.token, ready.text],
    ...state.tripped.slice(-1).map(({evidence}): [ThemeToken, string] => ['bad', ` ${glyphs.alert} ${evidence}`]),
    ...(lost ? [] : [['text', ` ${stepText(plan, state)}`] as [ThemeToken, string]]),
    ['key', lost ? ' q leave' : ' R roll back  a run on  H hold  q leave'],
    ['muted', ' enlarge the window to 60x16 for the checklist'],
    ...(said === null || !isFresh(said, now) ? [] : [[TONES[said.tone], ` ${said.text}`] as [ThemeToken, string]]),
  ];
  const shown = lines.map(([token, text]) => {
    const row = cut(plainFor(text, glyphs), columns, glyphs.ellipsis);
    return fitTo(theme.paint(token, row), columns, glyphs.ellipsis);
  });
  const wrapped = wrappedRows(session, state, {...alerts, tripped: []}, textWriter(theme, glyphs, columns));
  return [...(wrapped ?? []), ...shown];
}

function stepText(plan: Plan, state: RunState): string {
  const running = runningStep(plan, state);
  if (running) return `running: ${shownTitle(running.title)}`;
  const next = nextStep(plan, state);
  return next ? `next: ${shownTitle(next.title)}` : 'every step is done';
}
