/** The alert rows of a link that is lost. */
import {useStore} from 'zustand';
import {type LostLink, lostLinks} from '../../run/wording/lost-links.ts';
import {localClock, stretchText} from '../../text/times.ts';
import {type Now, useClockRows} from '../terminal/clock.ts';
import {Rows} from '../widgets/panel.tsx';
import type {TextWriter} from '../widgets/themed-text.ts';
import {type AlarmKeys, alarmRows, backKey, lookKey, type RowProps} from './alert-bar.ts';

/** How long the link is lost, what that means for what runs there, and that nobody has to do anything. */
export function LinkRow({session, writer, now, top}: RowProps & {now: Now; top: number}) {
  const state = useStore(session.run);
  const {plan} = session;
  const back = state.driver === session.consoleId ? backKey(plan, state) : '';
  const rowsAt = (at: number) => linkAlert(lostLinks(plan, state), back, at, writer);
  return <Rows rows={useClockRows(now, top, rowsAt)} />;
}

/** ` LINK TO vps LOST 12 s ago, at 14:02:31: its step may still run, unseen`, as much as fits. No key is advised. */
function linkAlert(lost: readonly LostLink[], back: string, now: number, writer: TextWriter): string[] {
  // However narrow the screen is, R is never left out.
  const isRefused = lost[0]?.refused === true;
  const first = [isRefused ? LOOK : WAIT, back].filter(text => text !== '').join(` ${writer.glyphs.separator} `);
  const keys: AlarmKeys = {advised: '', others: [first, lookKey()]};
  const [link] = lost;
  if (link === undefined) return alarmRows('badge.bad', ['LINK LOST'], keys, writer);
  const {host, since, step, waits, detail} = link;
  const more = lost.length > 1 ? ` (and ${lost.length - 1} more)` : '';
  if (isRefused) {
    const refusal = `NO LINK TO ${host}${more}: ${detail}`;
    return alarmRows('badge.bad', [refusal, `${host}${more}: ${detail}`], keys, writer);
  }
  const span = stretchText(Math.max(0, now - since));
  const [short, shorter] =
    step === undefined
      ? ['its logs and readings stand still', 'logs stand still']
      : waits === true
        ? ['its step has not begun, it waits for the link', 'step not begun']
        : ['its step may still run, unseen', 'step may still run'];
  const head = `LINK TO ${host} LOST${more} ${span} ago`;
  const texts = [
    `${head}, at ${localClock(since)}: ${short}`,
    `${head}: ${short}`,
    `${head}: ${shorter}`,
    // The sign and the colour say that it is a link.
    `${host} LOST${more} ${span} ago: ${shorter}`,
    `${host} LOST ${span} ago`,
  ];
  return alarmRows('badge.bad', texts, keys, writer);
}

const WAIT = 'reconnecting by itself: wait';
const LOOK = 'it does not mend itself: look';
