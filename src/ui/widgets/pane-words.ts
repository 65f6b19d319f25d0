/** Words for the state of a pane: following, paused, link lost. Pure. */
import type {Step} from '../../plan/plan.ts';
import {hostOf} from '../../run/operations.ts';
import type {RunState} from '../../run/state.ts';
import {boxWords} from '../../run/wording/box-words.ts';
import {localClock} from '../../text/times.ts';
import {cut, tame} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {keyOf} from '../view/keymap.ts';
import type {TextWriter} from './themed-text.ts';

export type Stand = {
  follow: boolean;
  paused: boolean;
  /** Number of lines that came since the pane stopped. */
  unseen: number;
  /** Number of lines after the last visible one. */
  below: number;
  /** More lines may still come. */
  live: boolean;
};

/** `following`, `PAUSED · 1 204 new · p goes on`, `scrolled up · 1 204 new · G follows`, `12 below`. */
export function standWords({follow, paused, unseen, below, live}: Stand, glyphs: Glyphs): string {
  if (follow && !paused) return live ? 'following' : '';
  const [word, key] = paused
    ? ['PAUSED', `${keyOf('pause')} goes on`]
    : live
      ? ['scrolled up', `${keyOf('bottom')} follows`]
      : ['', ''];
  const count = unseen > 0 && live ? `${grouped(unseen)} new` : below > 0 ? `${grouped(below)} below` : '';
  return [word, count, key].filter(each => each !== '').join(` ${glyphs.separator} `);
}

/** Since when nothing can come into a pane: its host or its log is not reached, or there is no engine, whichever was first. */
export function silentSince(down: {since: number} | undefined, lostAt: number | undefined): number | undefined {
  if (down === undefined) return lostAt;
  return Math.min(down.since, lostAt ?? down.since);
}

/** A pane that would follow cannot while nothing comes: `NOTHING SINCE 14:02:31`. */
export function stoppedWords(standing: string, since: number | undefined): string {
  return since !== undefined && standing === 'following' ? `NOTHING SINCE ${localClock(since)}` : standing;
}

/** A pane that stands still says so in a colour that is seen from afar. */
export function standColour({follow, paused, live}: Pick<Stand, 'follow' | 'paused' | 'live'>): ThemeToken {
  return paused || (!follow && live) ? 'warn' : 'muted';
}

const PATTERN_WIDTH_MAX = 24;

/** `/timeout 3/41`, `/timeout 41 matches`, `/timeout 3/41 so far, 62 %`. */
export function matchWords(
  typed: string,
  count: {matches: number; place: number; share: number} | undefined,
  {ellipsis}: Glyphs,
): string {
  if (typed === '' || count === undefined) return '';
  const {matches, place, share} = count;
  const all = matches === 0 ? 'no match' : matches === 1 ? '1 match' : `${grouped(matches)} matches`;
  const found = place > 0 ? `${grouped(place)}/${grouped(matches)}` : all;
  const soFar = share < 1 ? ` so far, ${Math.floor(100 * share)} %` : '';
  return `/${cut(tame(typed), PATTERN_WIDTH_MAX, ellipsis)} ${found}${soFar}`;
}

/** A step, and whether it is still running; `awaits`: it has not begun, and waits for the link to this host. */
export type Shown = {step?: Step | undefined; running: boolean; awaits?: string | undefined};

/**
 * Words for a lost link to the step's host; undefined while the link is up. The most important words come first. Panes
 * are drawn less often than the row under the header, so they say since when, and that row how long.
 */
export function lostLinkWords(
  {step, running, awaits}: Shown,
  links: RunState['links'],
  {separator}: Pick<Glyphs, 'separator'>,
): {text: string; detail: string; since: number} | undefined {
  const host = awaits ?? (step && hostOf(step));
  const link = host === undefined ? undefined : links[host];
  if (link === undefined || link.up) return undefined;
  const goesOn =
    awaits !== undefined
      ? 'not begun: the step waits for it'
      : running
        ? `the step may still run on ${host}, unseen meanwhile`
        : `reconnecting to ${host}`;
  return {
    text:
      link.refused === true && awaits === undefined && !running
        ? `no link to ${host} since ${localClock(link.since)}`
        : `link lost at ${localClock(link.since)} ${separator} ${goesOn}`,
    detail: link.detail,
    since: link.since,
  };
}

/** These words as one row; no row while the link is up. */
export function linkBanner(shown: Shown, links: RunState['links'], writer: TextWriter): string[] {
  const lost = lostLinkWords(shown, links, writer.glyphs);
  return lost === undefined ? [] : [alertRow(lost.text, lost.detail, writer)];
}

/** One row in a rehearsal in a box: what of the step is real, and what is played. */
export function boxBanner(box: RunState['run']['box'], step: Step | undefined, writer: TextWriter): string[] {
  const words = boxWords(box, step, writer.glyphs.separator);
  return words === undefined ? [] : [writer.write('muted', cut(words, writer.width, writer.glyphs.ellipsis))];
}

/** Why a log is not received; `link`: because its host is not reached, and not because of the log itself. */
export type StreamDown = {link: boolean; detail: string; since: number; refused?: true};

/** One row while it is so: an empty log and a lost one must not look the same. */
export function streamBanner(down: StreamDown | undefined, writer: TextWriter): string[] {
  if (down === undefined) return [];
  if (!down.link) return [alertRow(`not received since ${localClock(down.since)}`, down.detail, writer)];
  const since = localClock(down.since);
  const text =
    down.refused === true ? `no link since ${since}` : `link lost at ${since} ${writer.glyphs.dash} reconnecting`;
  return [alertRow(text, down.detail, writer)];
}

function alertRow(text: string, detail: string, writer: TextWriter): string {
  const more = detail === '' ? '' : writer.write('muted', ` ${writer.glyphs.separator} ${detail}`);
  return writer.write('bad', `${writer.glyphs.alert} ${text}`) + more;
}

/** `1 204`, `2 000 000`. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}
