/** What reaches a person who looks elsewhere: the title of the terminal, the bell, a notification. */
import {tame} from '../../text/width.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Terminals that take an OSC without printing it. Others, such as the Linux console, get none. */
const TAKES_OSC =
  /^(?:xterm|tmux|screen|rxvt|alacritty|kitty|foot|wezterm|ghostty|st|vte|gnome|konsole|contour|mintty|putty|iterm)/;
const TEXT_LENGTH_MAX = 120;

/** Pushes the title of the window on the terminal's stack, and takes it from there. */
const KEEP = '\u001B[22;2t';
const BACK = '\u001B[23;2t';

export function takesTitle({TERM = ''}: Env): boolean {
  return TAKES_OSC.test(TERM);
}

/** `isFirst`: the title that was there is kept for later. */
export function titleSequence(text: string, isFirst: boolean): string {
  return `${isFirst ? KEEP : ''}\u001B]2;${harmless(text)}\u001B\\`;
}

/** The title as it was; an empty one on a terminal that keeps none. */
export const TITLE_BACK = `\u001B]2;\u001B\\${BACK}`;

/**
 * The bell, and a notification by OSC 9 where the terminal can take one: the bell alone reaches a detached tmux window.
 * tmux hands on what is wrapped for it, where `allow-passthrough` is on, and drops it otherwise.
 */
export function alertSequence(text: string, env: Env): string {
  const notification = `\u001B]9;${harmless(text)}\u001B\\`;
  if (!takesTitle(env)) return '\u0007';
  if (env['TMUX']) return `\u0007\u001BPtmux;${notification.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
  return env['TERM']?.startsWith('screen') ? '\u0007' : `\u0007${notification}`;
}

function harmless(text: string): string {
  return tame(text).slice(0, TEXT_LENGTH_MAX);
}
