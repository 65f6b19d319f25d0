/** The words in which a pane says how it stands: following, paused, its link lost. Pure. */
import type {RunState} from '../../run/state.ts';
import {age} from '../format.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Pen} from './pen.ts';

export type Stand = {
  follow: boolean;
  paused: boolean;
  /** Lines that came since the view stopped. */
  unseen: number;
  /** Lines after the last visible one. */
  below: number;
  /** The text may still grow. */
  live: boolean;
};

/** `following`, `paused · 1 204 new`, `12 below`. */
export function standWords({follow, paused, unseen, below, live}: Stand, glyphs: Glyphs): string {
  if (follow && !paused) return live ? 'following' : '';
  const word = paused || live ? 'paused' : '';
  const count = unseen > 0 && live ? `${grouped(unseen)} new` : below > 0 ? `${grouped(below)} below` : '';
  return [word, count].filter(each => each !== '').join(` ${glyphs.separator} `);
}

/** One row while the link to this host is down, else none. A command that runs there goes on meanwhile. */
export function linkBanner(
  {host, running}: {host: string | undefined; running: boolean},
  links: RunState['links'],
  now: number,
  pen: Pen,
): string[] {
  const link = host === undefined ? undefined : links[host];
  if (link === undefined || link.up) return [];
  const since = age(now - link.since);
  const parts = [...(running ? ['the command goes on there'] : []), link.detail].filter(part => part !== '');
  const said = parts.map(part => pen.write('muted', ` ${pen.glyphs.separator} ${part}`));
  return [pen.write('bad', `${pen.glyphs.alert} link to ${host} lost ${since} ago, reconnecting`) + said.join('')];
}

/** One row while a log is not being received: an empty log and a lost one must not look alike. */
export function streamBanner(down: {detail: string; since: number} | undefined, now: number, pen: Pen): string[] {
  if (down === undefined) return [];
  const text = `${pen.glyphs.alert} link lost ${age(now - down.since)} ago ${pen.glyphs.dash} reconnecting`;
  const detail = down.detail === '' ? '' : pen.write('muted', ` ${pen.glyphs.separator} ${down.detail}`);
  return [pen.write('bad', text) + detail];
}

/** `1 204`, `2 000 000`. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}
