/** Opens the console of a session on the terminal. Resolves to how it was left. */
import {type Instance, render} from 'ink';
import type {ReactNode} from 'react';
import {App} from './app.tsx';
import type {Alerts} from './bell-and-title.ts';
import {type ConsoleContext, dispatch, type Leave, type SettingsKeeper, say} from './keys/console-context.ts';
import {openReview} from './keys/review/review-commands.ts';
import {withMerged} from './logs/merged-log.ts';
import type {Session} from './session.ts';
import {copyText} from './terminal/clipboard.ts';
import {type PaintRows, RowPainter} from './terminal/clock.ts';
import {FrameOutput, type TerminalStream} from './terminal/frame-output.ts';
import {handOver, lastWrite, setBlocking} from './terminal/lend-terminal.ts';
import {guardTerminal} from './terminal/restore.ts';
import {type FilteredInput, filterReplies, type TerminalInput} from './terminal/terminal-input.ts';
import type {Theme} from './terminal/theme.ts';
import {type OwnKeys, takeOwnKeys} from './view/keymap.ts';
import type {TimeMode} from './view/log-view.ts';
import {type SettingValues, STANDARD_SETTINGS} from './view/settings.ts';
import {connectView, createView} from './view-store.ts';
import {Wall} from './wall/wall.tsx';

/** What the file of settings says, and where changes go. */
export type OwnSettings = SettingsKeeper & {
  values: SettingValues;
  keys: OwnKeys;
  themes: readonly string[];
  /** What of the file could not be taken, in a sentence. */
  problem?: string;
  /** No console of this account was used before. */
  isFirstTime: boolean;
};

type ConsoleOptions = {
  theme: Theme;
  ascii: boolean;
  settings?: OwnSettings;
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
const STDOUT_FD = 1;
/** The buttons and what is dragged with one pressed, with columns beyond 223. */
const MOUSE_MODES = ['1002', '1006'];

const NO_SETTINGS: OwnSettings = {
  values: STANDARD_SETTINGS,
  keys: {},
  themes: [],
  isFirstTime: false,
  theme: name => `there is no theme ${name} here`,
  keep: async () => ({kept: '', problem: 'settings are not kept here'}),
  known() {},
};

export async function openConsole(given: Session, options: ConsoleOptions): Promise<Leave> {
  // Not a copy: in a review the plan changes.
  const session: Session = Object.create(given, {spool: {value: withMerged(given.spool)}});
  const {theme, stdin = process.stdin, stdout = process.stdout, env = process.env, now = Date.now} = options;
  const {settings = NO_SETTINGS} = options;
  setBlocking(stdout, false);
  takeOwnKeys(settings.keys);
  const output = new FrameOutput(stdout, {sync: options.sync ?? true, page: theme.page});
  const onMouse = (report: string) => void pointer?.then(take => take(report));
  const onOpenPaste = () => say(context, 'a paste has begun, and its end has not come: Esc ends it', 'warn');
  const input = filterReplies(stdin, onMouse, output.answered, onOpenPaste);
  const view = createView(session);
  const fd = stdout.fd ?? STDOUT_FD;
  const onSignal = () => stdin.setRawMode?.(false);
  const guard = guardTerminal({fd, onSignal, also: () => alerts?.titleBack() ?? ''});
  const {promise: left, resolve} = Promise.withResolvers<Leave>();
  const onAlone = () => say(context, 'no shell waits behind this console: q leaves it, the run goes on', 'warn');
  const away = handOver({
    ...{output, input, stdin, stdout, fd, env, onAlone},
    before: () => alerts?.titleBack() ?? '',
    after: () => alerts?.titleAgain(),
  });
  // What is not needed for the first picture is loaded after it.
  let alerts: Alerts | undefined;
  let pointer: Promise<(report: string) => void> | undefined;
  const setMouse = (on: boolean) => {
    pointer = on ? import('./keys/mouse.ts').then(({pointerOf}) => pointerOf(context, output)) : undefined;
    output.setModes(MOUSE_MODES, on);
  };
  const context: ConsoleContext = {
    session,
    view,
    now,
    size: () => ({columns: output.columns, rows: output.rows}),
    leave: resolve,
    copy: text => copyText(text, {env, pass: sequence => output.pass(sequence)}),
    redraw: () => output.repaint(),
    terminal: {setPage: page => output.setPage(page), setMouse, suspend: away.suspend, lend: away.lend, env},
    settings,
  };
  takeSettings(context, settings, options);
  if (options.onlyReview) openReview(context, {isAlone: true});
  const disconnect = connectView(session, view, {now});
  const Shown = options.wall === true ? Wall : App;
  const instance = draw(<Shown {...{session, view, context, theme, now}} />, output, input);
  if (settings.values.mouse === 'on') setMouse(true);
  let isOver = false;
  // Nobody has to be called to a run that is over.
  if (!options.onlyReview && session.replay === undefined)
    void import('./bell-and-title.ts').then(({startAlerts}) => {
      if (!isOver) alerts = startAlerts(session, view, {env, now, pass: text => output.pass(text)});
    });
  try {
    // A component that throws ends Ink. Its error must be thrown on, or the screen would stay frozen.
    const leave = await Promise.race([left, instance.waitUntilExit().then(() => left)]);
    options.onLeave?.(leave);
    return leave;
  } finally {
    isOver = true;
    disconnect();
    alerts?.stop();
    away.dispose();
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

function draw(app: ReactNode, output: FrameOutput, input: FilteredInput): Instance {
  // Ink does so only behind its first frame: until then the terminal would write a key into the picture, and scroll it.
  input.setRawMode(true);
  const paint: PaintRows = (...rows) => output.paintRows(...rows);
  return render(<RowPainter value={paint}>{app}</RowPainter>, {
    stdout: output as unknown as NodeJS.WriteStream,
    stdin: input as unknown as NodeJS.ReadStream,
    alternateScreen: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: FRAMES_PER_SECOND,
  });
}

function takeSettings(context: ConsoleContext, settings: OwnSettings, {theme, ascii}: ConsoleOptions): void {
  const {values: kept, themes, isFirstTime, problem} = settings;
  const now = {...kept, theme: theme.name, ascii: ascii ? 'on' : 'off'};
  dispatch(context, {type: 'settings', to: {kept, now, themes, theme}});
  dispatch(context, {type: 'times', mode: kept.times as TimeMode});
  dispatch(context, {type: 'first-time', is: isFirstTime});
  if (problem !== undefined) say(context, problem, 'warn');
}
