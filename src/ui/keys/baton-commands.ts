/** Keys about who drives, and about what needs a second person. */

import {type Console, isSameAccount, whereOf} from '../../run/console.ts';
import {mayNotApprove} from '../../run/deciding/approval.ts';
import {driverOf} from '../../run/deciding/baton.ts';
import {stepById} from '../../run/plan-index.ts';
import type {PendingApproval, RunState} from '../../run/state.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {boundCommands} from '../checklist/step-detail.ts';
import type {Menu} from '../view/prompt-types.ts';
import {type ConsoleContext, say, send} from './console-context.ts';
import {openMenu} from './step-commands.ts';

export function passBaton(context: ConsoleContext): void {
  const {session} = context;
  const state = session.run.getState();
  const me = state.consoles[session.consoleId];
  const driver = driverOf(state);
  if (driver?.id === session.consoleId) return openMenu(context, batonMenu(state, session.consoleId));
  if (me?.observer === false && driver !== undefined && isSameAccount(me, driver)) {
    return openMenu(context, takeOverMenu(driver, session.consoleId));
  }
  void send(context, {type: 'pass-baton', to: session.consoleId}).then(taken => {
    if (taken) say(context, 'you drive now', 'good');
  });
}

/** Shows what would be approved, before the person can approve it. */
export function approve(context: ConsoleContext): void {
  const {session} = context;
  const state = session.run.getState();
  const me = state.consoles[session.consoleId];
  const {approval} = state;
  if (approval === null || me === undefined) return say(context, 'nothing waits for an approval', 'warn');
  const refused = mayNotApprove(state, me);
  if (refused !== undefined) return say(context, `refused: ${refused}`, 'bad');
  openMenu(context, approvalMenu(context, approval));
}

function batonMenu(state: RunState, me: string): Menu {
  const others = Object.values(state.consoles).filter(one => one.id !== me && !one.observer);
  return {
    title: 'Pass the baton to',
    lines: ['The keys of one console at a time change the run.'],
    items: [
      ...others.map((one, index) => ({
        label: whereOf(one),
        key: String(index + 1),
        act: {do: 'send' as const, intent: {type: 'pass-baton' as const, to: one.id}},
      })),
      {label: 'Nobody: whoever takes it', key: '0', act: {do: 'send', intent: {type: 'pass-baton', to: null}}},
    ],
  };
}

function takeOverMenu(driver: Console, me: string): Menu {
  return {
    title: 'Take the baton over?',
    lines: [`${whereOf(driver)} drives, in your account.`, 'The record says that it was taken over.'],
    items: [
      {label: 'Go on observing', key: 'q', act: {do: 'close'}},
      {label: 'Take it over', key: 't', act: {do: 'send', intent: {type: 'pass-baton', to: me, takeOver: true}}},
    ],
  };
}

function approvalMenu({session}: ConsoleContext, {id, stepId, intent, askedBy, because}: PendingApproval): Menu {
  const {plan, run} = session;
  const step = stepById(plan, stepId);
  const reason = intent.type === 'run-step' ? intent.override : intent.reason;
  const commands = step === undefined ? [] : boundCommands(plan, run.getState(), step).map(({text}) => text);
  return {
    title: `${askedBy} asks for a second person: ${step === undefined ? stepId : shownTitle(step.title)}`,
    lines: [`why: ${because}`, ...(reason === undefined ? [] : [`${askedBy} says: ${reason}`]), ...commands],
    items: [
      {label: 'Not now', key: 'q', act: {do: 'close'}},
      {label: 'Approve: it begins at once', key: 'a', act: {do: 'send', intent: {type: 'approve', id}}},
    ],
  };
}
