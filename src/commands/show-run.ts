/** Shows a run: on the full screen where there is one, as lines otherwise. */
import type {Connection} from '../attach/client.ts';
import {EXIT} from '../run/exit-codes.ts';
import {hasWayBack} from '../run/selectors.ts';
import {programName} from './command-line/program-name.ts';
import {untilEngineGone} from './engine-process.ts';
import type {followEvents} from './follow-events.ts';
import type {ConsoleView} from './settings/console-view.ts';
import {liveSession} from './terminal/live-session.ts';
import {print, say} from './terminal/print.ts';

/** The flags of `tminus run`, and of every command that shows a run. */
type ViewFlags = {
  plain?: boolean | undefined;
  json?: boolean | undefined;
  theme?: string | undefined;
  ascii?: boolean | undefined;
  'no-sync'?: boolean | undefined;
  /** The wall screen. */
  incident?: boolean | undefined;
};

export type View = ConsoleView | {kind: 'plain'} | {kind: 'json'};

/** The full screen when there is a terminal that can show it, lines of text otherwise. */
export async function chooseView(flags: ViewFlags): Promise<View> {
  if (flags.json === true) return {kind: 'json'};
  const terminal = process.stdout.isTTY === true && process.stdin.isTTY === true && process.env['TERM'] !== 'dumb';
  if (flags.plain === true || !terminal) return {kind: 'plain'};
  const {consoleView} = await import('./settings/console-view.ts');
  return await consoleView(flags);
}

/** Shows the run until it closes or this console is left. Returns the exit code. */
export async function showRun(connection: Connection, runId: string, view: View): Promise<number> {
  const exitCode = await shown(connection, runId, view);
  await untilEngineGone(connection, view.kind !== 'console');
  return exitCode;
}

async function shown(connection: Connection, runId: string, view: View): Promise<number> {
  if (view.kind !== 'console') {
    const exitCode = await follow(connection, view.kind);
    if (exitCode !== EXIT.succeeded) sayHowToRollBack(connection, runId);
    return exitCode;
  }
  const {openConsole} = await import('../ui/open-console.tsx');
  const {theme, ascii, sync, settings, wall} = view;
  const leave = await openConsole(liveSession(connection), {theme, ascii, sync, settings, wall});
  if (leave.kind === 'watch') return await follow(connection, 'plain', undefined, connection.store.getState().seq);
  const state = connection.store.getState();
  // Not needed before the end, and slow to load.
  const [{finalSummary}, {toAscii}, {STEP_SIGNS, STEP_SIGNS_ASCII}] = await Promise.all([
    import('../report/final-summary.ts'),
    import('../text/ascii.ts'),
    import('../run/wording/step-signs.ts'),
  ]);
  const engine = leave.kind === 'lost' ? 'lost' : 'there';
  const signs = ascii ? STEP_SIGNS_ASCII : STEP_SIGNS;
  const summary = `${finalSummary(connection.plan, state, runId, programName(), engine, signs)}\n`;
  print(ascii ? toAscii(summary) : summary);
  connection.close();
  if (state.closed !== null) return state.closed.exitCode;
  return leave.kind === 'lost' && state.lease?.takenOver !== true ? EXIT.unknown : EXIT.detached;
}

/** What stands on a console as a key is a command here. */
function sayHowToRollBack({plan, store}: Connection, runId: string): void {
  const state = store.getState();
  if (state.closed === null || plan.rollback === null || !hasWayBack(state)) return;
  say(`tminus: to restore the old version: ${programName()} rollback ${runId}\n`);
}

async function follow(...how: Parameters<typeof followEvents>): Promise<number> {
  const {followEvents} = await import('./follow-events.ts');
  return await followEvents(...how);
}
