import type {Connection} from '../attach/client.ts';
import {openSpoolReader} from '../journal/spool-reader.ts';
import {finalSummary} from '../report/final-summary.ts';
import type {Session, Spool} from '../ui/session.ts';
import {EXIT} from './exit-codes.ts';
import {followEvents} from './follow-events.ts';

export const viewOptions = {
  plain: {type: 'boolean', default: false},
  json: {type: 'boolean', default: false},
  theme: {type: 'string'},
  ascii: {type: 'boolean', default: false},
} as const;

export type View = {kind: 'console'; theme?: string; ascii: boolean} | {kind: 'plain'} | {kind: 'json'};

const DEFAULT_THEME = 'midnight';

/** The full screen when there is a terminal that can show it, lines of text otherwise. */
export function chooseView(flags: {plain?: boolean; json?: boolean; theme?: string; ascii?: boolean}): View {
  if (flags.json === true) return {kind: 'json'};
  const terminal = process.stdout.isTTY === true && process.stdin.isTTY === true && process.env['TERM'] !== 'dumb';
  if (flags.plain === true || !terminal) return {kind: 'plain'};
  const ascii = flags.ascii === true || !speaksUtf8(process.env);
  return flags.theme === undefined ? {kind: 'console', ascii} : {kind: 'console', ascii, theme: flags.theme};
}

function speaksUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale);
}

/** Shows the run until it closes or this console is left. Returns the exit code. */
export async function showRun(connection: Connection, runId: string, view: View): Promise<number> {
  if (view.kind !== 'console') return await followEvents(connection, view.kind);
  const [{openConsole}, {loadTheme}] = await Promise.all([import('../ui/open-console.tsx'), import('../ui/theme.ts')]);
  const {themesDirectory, userThemesDirectory} = await import('./themes.ts');
  const theme = loadTheme(view.theme ?? process.env['TMINUS_THEME'] ?? DEFAULT_THEME, {
    env: process.env,
    themesDirectory: themesDirectory(),
    userDirectory: userThemesDirectory(process.env),
  });
  const session = sessionOver(connection);
  const leave = await openConsole(session, {theme, ascii: view.ascii});
  if (leave.kind === 'watch')
    return await followEvents(connection, 'plain', undefined, connection.store.getState().seq);
  const state = connection.store.getState();
  process.stdout.write(`${finalSummary(connection.plan, state, runId)}\n`);
  connection.close();
  if (state.closed !== null) return state.closed.exitCode;
  return leave.kind === 'lost' ? EXIT.unknown : EXIT.detached;
}

function sessionOver(connection: Connection): Session {
  const {plan, store, consoleId, send, onLost, runDirectory} = connection;
  return {
    plan,
    run: store,
    consoleId,
    me: nameOf(connection),
    send,
    onLost,
    spool: spoolOver(connection, runDirectory),
  };
}

function nameOf({store, consoleId}: Connection): string {
  return store.getState().consoles[consoleId]?.name ?? '';
}

/** How far sources have grown comes over the socket; their text is read from the run directory. */
function spoolOver(connection: Connection, runDirectory: string): Spool {
  const reader = openSpoolReader(runDirectory);
  return {
    sources: () => connection.sources(),
    read: (source, from, count) => reader.read(source, from, count),
    find: (source, pattern, from, direction) => reader.find(source, pattern, from, direction),
    subscribe: listener =>
      connection.onSources(() => {
        reader.refresh();
        listener();
      }),
  };
}
