/** Opens the console of a session on the terminal. Resolves to how it was left. */
import {render} from 'ink';
import {App} from './app.tsx';
import type {ConsoleContext, Leave} from './keys/console-context.ts';
import {openReview} from './keys/review-commands.ts';
import {withMerged} from './logs/merged.ts';
import type {Session} from './session.ts';
import {copyText} from './terminal/clipboard.ts';
import {type PaintRows, RowPainter} from './terminal/clock.ts';
import {FrameOutput, type TerminalStream} from './terminal/frame-output.ts';
import {glyphsFor} from './terminal/glyphs.ts';
import {guardTerminal} from './terminal/restore.ts';
import {filterReplies, type TerminalInput} from './terminal/terminal-input.ts';
import type {Theme} from './terminal/theme.ts';
import {connectView, createView} from './view-store.ts';
import {Wall} from './wall/wall.tsx';

type ConsoleOptions = {
  theme: Theme;
  ascii: boolean;
  /** Wrap frames in synchronized updates (DEC 2026); off for terminals that then redraw whole panes. */
  sync?: boolean;
  stdin?: TerminalInput;
  stdout?: TerminalStream & {fd?: number};
  env?: Readonly<Record<string, string | undefined>>;
  now?: () => number;
  /** The wall screen: it only shows, and takes no key but the one that leaves. */
  wall?: boolean;
  /** There is no run: only the review is shown, and closing it leaves. */
  onlyReview?: true;
  /** Called once, before the terminal is given back. */
  onLeave?: (leave: Leave) => void;
};

const FRAMES_PER_SECOND = 60;
/** A write that a slow terminal has not accepted by then is dropped. */
const LAST_WRITE_MS_MAX = 200;
const STDOUT_FD = 1;

export async function openConsole(given: Session, options: ConsoleOptions): Promise<Leave> {
  const session = {...given, spool: withMerged(given.spool)};
  const {theme, stdin = process.stdin, stdout = process.stdout, env = process.env, now = Date.now} = options;
  setBlocking(stdout, false);
  const output = new FrameOutput(stdout, {sync: options.sync ?? true, page: theme.page});
  const input = filterReplies(stdin);
  const view = createView(session);
  const guard = guardTerminal({fd: stdout.fd ?? STDOUT_FD, onSignal: () => stdin.setRawMode?.(false)});
  const {promise: left, resolve} = Promise.withResolvers<Leave>();
  const context: ConsoleContext = {
    session,
    view,
    now,
    size: () => ({columns: output.columns, rows: output.rows}),
    leave: resolve,
    copy: text => copyText(text, {env, pass: sequence => output.pass(sequence)}),
    redraw: () => output.repaint(),
  };
  if (options.onlyReview) openReview(context, {isAlone: true});
  const disconnect = connectView(session, view, {bell: () => output.pass('\u0007'), now});
  const Shown = options.wall === true ? Wall : App;
  const app = <Shown {...{session, view, context, theme, now}} glyphs={glyphsFor(options.ascii)} />;
  const paint: PaintRows = (...rows) => output.paintRows(...rows);
  const instance = render(<RowPainter value={paint}>{app}</RowPainter>, {
    stdout: output as unknown as NodeJS.WriteStream,
    stdin: input as unknown as NodeJS.ReadStream,
    alternateScreen: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: FRAMES_PER_SECOND,
  });
  try {
    // A component that throws ends Ink. Its error must be thrown on, or the screen would stay frozen.
    const leave = await Promise.race([left, instance.waitUntilExit().then(() => left)]);
    options.onLeave?.(leave);
    return leave;
  } finally {
    disconnect();
    await lastWrite(output);
    output.leave();
    guard.restore();
    instance.unmount();
    stdin.setRawMode?.(false);
    input.stop();
    guard.dispose();
    setBlocking(stdout, true);
  }
}

/** Node writes to terminals in blocking mode. A terminal that reads nothing (Ctrl-S, a dead link) would block every key, also R. */
function setBlocking(stdout: unknown, blocking: boolean): void {
  const {_handle} = stdout as {_handle?: {setBlocking?: (blocking: boolean) => void}};
  _handle?.setBlocking?.(blocking);
}

async function lastWrite(output: FrameOutput): Promise<void> {
  const deadline = Date.now() + LAST_WRITE_MS_MAX;
  while (output.busy && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 5));
}
