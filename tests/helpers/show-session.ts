/** Shows a session on a screen, which is left before the next one and after the test. */
import {afterEach} from 'vitest';
import type {FakeSession} from './fake-session.ts';
import {renderOnScreen, type Screen, type ScreenOptions} from './screen.ts';

let open: Screen | undefined;

afterEach(leave);

export async function show(session: FakeSession, options: ScreenOptions = {}): Promise<Screen> {
  await leave();
  open = await renderOnScreen(session, {now: () => session.clock.at, ...options});
  return open;
}

async function leave(): Promise<void> {
  const last = open;
  open = undefined;
  await last?.leave();
}

/** The words of the left panel, and of a dialog that lies over it, in one line. */
export function leftWords(text: string): string {
  const rows = text.split('\n').map(row => row.slice(1, Math.max(1, row.indexOf('│', 1))).trim());
  return rows.filter(row => row !== '').join(' ');
}
