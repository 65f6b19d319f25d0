/** Draws an invisible console while the engine reads the checklist, so that the first frame is fast. */
import {PassThrough} from 'node:stream';
import {render} from 'ink';
import {createStore} from 'zustand/vanilla';
import type {Plan, Section, Step} from '../plan/plan.ts';
import {initialState} from '../run/evolve.ts';
import type {Question} from '../run/question.ts';
import {App} from './app.tsx';
import {type ConsoleContext, dispatch} from './keys/console-context.ts';
import {EMPTY_SPOOL, type Session} from './session.ts';
import {FrameOutput} from './terminal/frame-output.ts';
import type {Theme} from './terminal/theme.ts';
import {STANDARD_SETTINGS} from './view/settings.ts';
import {createView} from './view-store.ts';

type WarmUpOptions = {columns: number; rows: number; theme: Theme; ascii: boolean};

const STEPS = 30;

export function warmUp({columns, rows, theme, ascii}: WarmUpOptions): void {
  const output = new FrameOutput({columns, rows, write: () => true, on() {}, off() {}}, {sync: true, page: theme.page});
  const input = new PassThrough();
  Object.assign(input, {isTTY: true, setRawMode: () => input, ref: () => input, unref: () => input});
  const now = Date.now;
  const view = createView(session);
  // No key is pressed in it.
  const context = {session, view, now} as unknown as ConsoleContext;
  dispatch(context, {type: 'settings', to: {now: {...STANDARD_SETTINGS, ascii: ascii ? 'on' : 'off'}}});
  const instance = render(<App {...{session, view, context, theme, now}} />, {
    stdout: output as unknown as NodeJS.WriteStream,
    stdin: input as unknown as NodeJS.ReadStream,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  instance.unmount();
}

const section: Section = {id: 'section', title: 'Deployment', line: 1, depth: 2, role: 'deploy', use: 'run'};

function stepAt(line: number): Step {
  const title = `Deploy and verify, step ${line} …`;
  const action = {kind: 'manual'} as const;
  const lists = {expectations: [], instructions: [], boxes: [line]};
  return {id: `L${line}`, title, line, section: section.id, action, endLine: line, ...lists};
}

const plan: Plan = {
  title: 'Deployment',
  source: [],
  meta: [],
  sections: [section],
  steps: Array.from({length: STEPS}, (_, index) => stepAt(index + 2)),
  rules: [],
  rollback: null,
  placeholders: [],
  contacts: [],
  references: [],
  problems: [],
};

const session: Session = {
  plan,
  run: createStore(() => initialState),
  consoleId: '',
  me: '',
  program: '',
  send: async () => undefined,
  questions: createStore<readonly Question[]>(() => []),
  answer: async () => undefined,
  trouble: createStore(() => ({text: null})),
  onLost: () => () => {},
  spool: EMPTY_SPOOL,
};
