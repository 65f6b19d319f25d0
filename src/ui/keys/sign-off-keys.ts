/** Keys of the sign-off: opening its dialog, filling it in, signing. */
import type {Intent} from '../../run/event.ts';
import {OWN_STATUS, signOffForm} from '../../run/people/sign-off-form.ts';
import {compact} from '../../text/compact.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {
  countersignView,
  fieldOf,
  ISSUES,
  lackOf,
  movedBy,
  NAME,
  NOTES,
  pickedBy,
  type SignOffView,
  STATUS,
  signOffView,
  textIn,
} from '../view/sign-off-view.ts';
import {type ConsoleContext, dispatch, say, send, typed} from './console-context.ts';

export function openSignOff(context: ConsoleContext): void {
  const {session} = context;
  if (session.replay !== undefined) return say(context, 'a past run is signed with `tminus signoff`', 'warn');
  const state = session.run.getState();
  if (state.driver !== session.consoleId && state.closed === null)
    return say(context, 'who drives signs off: b takes the baton; a second person signs beside', 'warn');
  open(context, signOffView(signOffForm(session.plan, state), session.me));
}

export function openCountersign(context: ConsoleContext): void {
  const {session} = context;
  const {signOff} = session.run.getState();
  if (signOff === undefined) return say(context, 'nobody has signed the run off yet', 'warn');
  open(context, countersignView(signOff.name, session.me));
}

function open(context: ConsoleContext, view: SignOffView): void {
  dispatch(context, {type: 'open', overlay: {kind: 'sign-off', view}});
}

const MOVES: Readonly<Record<string, number>> = {up: -1, 'shift+tab': -1, down: 1, tab: 1};
const PICKS: Readonly<Record<string, number>> = {left: -1, h: -1, right: 1, l: 1, space: 1};

export function signOffKey(
  context: ConsoleContext,
  {view}: Extract<Overlay, {kind: 'sign-off'}>,
  key: KeyPress,
  closes: boolean,
): void {
  const field = fieldOf(view);
  const to = (next: SignOffView) => dispatch(context, {type: 'sign-off', view: next});
  if (closes || (key.name === 'q' && field.kind !== 'text')) return closed(context, key);
  const by = MOVES[key.name];
  if (by !== undefined) return to(movedBy(view, by));
  if (key.name === 'enter') return field.kind === 'sign' ? void sign(context, view) : to(movedBy(view, 1));
  if (field.kind === 'text') return typed(context, key);
  const pick = PICKS[key.name];
  if (pick !== undefined) return to(pickedBy(view, {by: pick}));
  if (/^[1-9]$/.test(key.name)) to(pickedBy(view, {index: Number(key.name) - 1}));
}

/** The dialog opens by itself when a run ends: the key that leaves a closed run leaves it from here, too. */
function closed(context: ConsoleContext, key: KeyPress): void {
  dispatch(context, {type: 'close'});
  const {closed: end, signOff} = context.session.run.getState();
  if (end === null) return;
  if (key.name === 'q') return context.leave({kind: 'closed'});
  if (signOff === undefined) say(context, 'closed, not signed off; : sign off, or q leaves', 'warn');
}

async function sign(context: ConsoleContext, view: SignOffView): Promise<void> {
  const lack = lackOf(view);
  if (lack !== undefined) return dispatch(context, {type: 'sign-off', view: {...view, ...lack}});
  const intent = view.of === undefined ? signOffIntent(context, view) : countersignIntent(view);
  const taken = await send(context, intent);
  const {status, overlay} = context.view.getState();
  if (!taken) {
    if (overlay?.kind === 'sign-off')
      dispatch(context, {type: 'sign-off', view: {...overlay.view, problem: status?.text ?? 'it was not signed'}});
    return;
  }
  dispatch(context, {type: 'close'});
  const {closed: end} = context.session.run.getState();
  const more = end === null ? 'it is in the journal' : 'it is in the record; : adds the signature of an SSH key';
  say(context, `signed by ${textIn(view, NAME)}: ${more}`, 'good');
}

function signOffIntent({session}: ConsoleContext, view: SignOffView): Extract<Intent, {type: 'sign-off'}> {
  const form = signOffForm(session.plan, session.run.getState());
  const answers = [
    ...form.choices.flatMap(({id}) => (view.taken[id] === undefined ? [] : [`${id}=${view.taken[id]}`])),
    ...form.blanks.flatMap(({id}) => (textIn(view, id) === '' ? [] : [`${id}=${textIn(view, id)}`])),
  ];
  return compact({
    type: 'sign-off' as const,
    status: view.taken[STATUS] ?? OWN_STATUS,
    name: textIn(view, NAME),
    issues: textIn(view, ISSUES) || undefined,
    notes: textIn(view, NOTES) || undefined,
    answers,
  });
}

function countersignIntent(view: SignOffView): Extract<Intent, {type: 'countersign'}> {
  return compact({type: 'countersign' as const, name: textIn(view, NAME), note: textIn(view, NOTES) || undefined});
}

/** Asks on this terminal for the passphrase of the key, where it has one. */
export async function signRecord(context: ConsoleContext): Promise<void> {
  const {session, terminal} = context;
  const {closed: end, run, signOff} = session.run.getState();
  if (end === null) return say(context, 'the record is signed once the run is closed', 'warn');
  if (signOff === undefined) return openSignOff(context);
  const code = await terminal.lend(`${session.program} signoff ${run.id} --sign`);
  if (code === 0) return say(context, 'the record is signed with your SSH key', 'good');
  say(
    context,
    `the record was not signed (exit code ${code}); \`${session.program} signoff ${run.id} --sign\` says why`,
    'bad',
  );
}
