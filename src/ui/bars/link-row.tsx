/** The alert row of a link that is lost. */
import {useStore} from 'zustand';
import {type LostLink, lostLinks, meaningOf, RECONNECTS} from '../../run/wording/lost-links.ts';
import {localClock, stretchText} from '../../text/times.ts';
import {displayWidth} from '../../text/width.ts';
import {type Now, useClockRows} from '../terminal/clock.ts';
import {Row} from '../widgets/panel.tsx';
import type {Pen} from '../widgets/pen.ts';
import {backKey, bar, fittingBar, keyRow, lookKey, type RowProps, roomBeside} from './alert-bar.ts';

/** How long the link is lost, and what that means for what runs there. */
export function LinkRow({session, pen, now, top}: RowProps & {now: Now; top: number}) {
  const state = useStore(session.run);
  const {plan} = session;
  const back = state.driver === session.consoleId ? backKey(plan, state) : '';
  const rowAt = (at: number) => [linkAlert(lostLinks(plan, state), back, at, pen)];
  const [row = ''] = useClockRows(now, top, rowAt);
  return <Row text={row} />;
}

/** ` LINK TO vps LOST 12 s ago, at 14:02:31: the step may still run on vps; …`: as much of it as fits, whole sentences first; the keys are never cut. */
function linkAlert(lost: readonly LostLink[], back: string, now: number, pen: Pen): string {
  const [first] = lost;
  if (first === undefined) return bar('badge.bad', 'LINK LOST', '', pen);
  const {host, since, step, waits} = first;
  const more = lost.length > 1 ? ` (and ${lost.length - 1} more)` : '';
  const span = stretchText(Math.max(0, now - since));
  const ago = `LINK TO ${host} LOST${more} ${span} ago`;
  const look = keyRow(lookKey(), back);
  const keys = [keyRow(RECONNECTS, look), keyRow('reconnecting', look), look];
  const [short, shorter] =
    step === undefined
      ? ['its logs and readings stand still', 'logs stand still']
      : waits === true
        ? ['its step has not begun', 'step not begun']
        : ['its step may still run', 'step may still run'];
  const dated = `${ago}, at ${localClock(since)}: ${meaningOf(first)}`;
  const texts = [
    // That nobody has to reconnect says more than the time of day.
    ...(displayWidth(dated) <= roomBeside(keys[1] ?? '', pen) ? [dated] : []),
    `${ago}: ${meaningOf(first)}`,
    `${ago}: ${short}`,
    // The sign and the colour say that it is a link.
    `${host} LOST${more} ${span} ago: ${shorter}`,
    ago,
    `${host} LOST`,
  ];
  return fittingBar('badge.bad', texts, keys, pen, back);
}
