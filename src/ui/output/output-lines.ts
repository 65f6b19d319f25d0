/** The console's own rows in the output panel, after the printed lines. Pure. */
import {type Plan, type Step, unreachable} from '../../plan/plan.ts';
import type {Lookup} from '../../plan/script.ts';
import {blockers} from '../../run/deciding/blockers.ts';
import {type HostStand, standOnHosts} from '../../run/groups/on-each.ts';
import {usualText} from '../../run/history/usual-text.ts';
import {
  type ArmOperation,
  askedFrom,
  type CommandOperation,
  type Operation,
  operationsOf,
} from '../../run/operations.ts';
import {openChoices, stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {ENTER, evidenceRows, ownExpectations, withoutLead} from '../checklist/step-words.ts';
import {keyOf} from '../view/keymap.ts';
import type {Lines} from '../widgets/scroll-view.ts';
import type {Pen} from '../widgets/themed-text.ts';
import {hostRows} from './host-rows.ts';
import {recordLines, replacesOutput} from './output-record.ts';
import {placeText, type Subject} from './output-subject.ts';

const LINES_MAX = 60;

/** `elsewhere`: the machine of the engine, where that is another one. */
type Facts = {plan: Plan; state: RunState; lookup: Lookup; pen: Pen; elsewhere?: string | undefined};

/** `hasPrinted`: there are printed lines. `isMissing`: there were, and they are not here. */
type Printed = {hasPrinted: boolean; isMissing: boolean};

/** The rows after the printed lines. */
export function ownLines(subject: Subject, facts: Facts, {hasPrinted, isMissing}: Printed): readonly string[] {
  const {pen, elsewhere} = facts;
  switch (subject.kind) {
    case 'next':
      return previewLines(subject.step, facts);
    case 'record': {
      const shown = subject.to > subject.from && !isMissing && !replacesOutput(subject.state);
      const stays = isMissing && elsewhere !== undefined ? [pen.write('muted', staysText(elsewhere))] : [];
      return [
        ...stays,
        ...recordLines(subject.step, subject.state, shown, {...facts, hosts: hostsOf(subject.step, facts)}),
        ...evidenceLines(subject.step, facts),
      ];
    }
    case 'live':
      if (hasPrinted) return subject.step === undefined ? [] : hostLines(subject.step, facts);
      if (subject.step !== undefined) return [pen.write('muted', 'running; nothing printed yet')];
      return [
        pen.write('text', APPEARS),
        `${pen.write('key', `${keyOf('down')} ${keyOf('up')}`)} ${pen.write('muted', 'move to a step')}  ${pen.write('key', 'Enter')} ${pen.write('muted', 'runs it')}`,
      ];
  }
}

function hostsOf(step: Step, {plan, state}: Facts): readonly HostStand[] {
  return standOnHosts(plan, state, step);
}

/** While it runs: how far it has got on each host of its group. */
function hostLines(step: Step, facts: Facts): readonly string[] {
  const hosts = hostsOf(step, facts);
  return hosts.length === 0 ? [] : hostRows(hosts, facts.pen);
}

const APPEARS = 'What the steps print appears here, line by line.';

function staysText(machine: string): string {
  return `what it printed is on ${machine}`;
}

export function followedBy(
  own: readonly string[],
  {from, to}: {from: number; to: number},
  read: (from: number, count: number) => readonly string[],
): Lines {
  return {
    from,
    to: to + own.length,
    read: (start, count) => {
      const end = start + count;
      const printed = start < to ? read(start, Math.min(end, to) - start) : [];
      return [...printed, ...own.slice(Math.max(0, start - to), Math.max(0, end - to))];
    },
  };
}

/** A step to come: heading, place, commands, expectations, and the key that starts it. */
function previewLines(step: Step, facts: Facts): string[] {
  const {pen} = facts;
  const body = [...placeLines(step, facts), ...actionLines(step, facts), ...expectationLines(step, facts)];
  const shown =
    body.length > LINES_MAX
      ? [...body.slice(0, LINES_MAX), pen.write('muted', `… ${body.length - LINES_MAX} more`)]
      : body;
  const seen = evidenceLines(step, facts);
  const tells = facts.plan.tells?.find(one => one.step === step.id);
  return [
    ...[pen.rule('next'), pen.write('title', step.title), ...shown, ''],
    ...(seen.length === 0 ? [] : [...seen, '']),
    ...(tells === undefined ? [] : [tellsLine(tells.as, pen)]),
    ...callLines(step, facts),
    ...hostLines(step, facts),
  ];
}

/** The text of the step is made from the run. */
function tellsLine(as: 'issue' | 'message', pen: Pen): string {
  const what = as === 'issue' ? 'the text of the issue' : 'the message';
  return `${pen.write('key', keyOf('incident-drafts'))} ${pen.write('muted', `writes ${what} from this run, to be copied${as === 'issue' ? ' or sent' : ''}`)}`;
}

/** This many rows of each leave room for the keys. */
const EVIDENCE_ROWS_MAX = 10;

function evidenceLines({id}: Step, {state, pen}: Facts): string[] {
  return evidenceRows(state, id, EVIDENCE_ROWS_MAX).flatMap(({text, token, lead}) => pen.rows(token, text, lead));
}

/** `vps · line 12 · usually 3–5 min`. */
function placeLines(step: Step, {state, lookup, pen}: Facts): string[] {
  const place = step.action.kind === 'http' ? requestFrom(askedFrom(step.action)) : placeText(step, state, lookup);
  const usual = state.history?.steps[step.id];
  const lasts = usual === undefined ? '' : ` · ${usualText(usual)}`;
  return [pen.write('muted', `${place === 'output' ? 'by hand' : place} · line ${step.line}${lasts}`)];
}

function requestFrom(host: string | undefined): string {
  return host === undefined ? 'request' : `request from ${host}`;
}

function actionLines(step: Step, facts: Facts): string[] {
  const {pen, lookup, state} = facts;
  const {action} = step;
  switch (action.kind) {
    case 'choice':
      return action.arms.map(arm =>
        pen.write('text', `  ${arm.title}${arm.recommended === true ? ' (recommended)' : ''}`),
      );
    case 'input':
      return action.blanks.map(blank => pen.write('text', `  ${blank.label}: ____`));
    case 'manual':
    case 'rule':
      return step.instructions.map(text => pen.write('text', `  ${text}`));
    default:
      return operationsOf(action, {lookup, choices: state.choices}).flatMap(each => operationLines(each, pen));
  }
}

function operationLines(operation: Operation, pen: Pen): string[] {
  switch (operation.kind) {
    case 'command':
      return [commandLine(operation, '$ ', pen)];
    case 'request':
    case 'follow':
      return [pen.write('command', `$ ${operation.text}`)];
    case 'query':
    case 'measure':
      return operation.text.split('\n').map(line => pen.write('command', `  ${line}`));
    case 'search':
      return [pen.write('text', `  ${operation.text}`)];
    case 'alternatives': {
      const {arms, taken} = operation;
      const heading = pen.write('muted', taken === undefined ? '  one of these:' : '  chosen:');
      return [heading, ...(taken === undefined ? arms : [taken]).flatMap(arm => armLines(arm, pen))];
    }
    default:
      return unreachable(operation);
  }
}

function armLines({label, commands}: ArmOperation, pen: Pen): string[] {
  const lead = `  ${pen.glyphs.folded} `;
  if (commands.length === 0) return [pen.write('text', `${lead}${label} (by hand)`)];
  return commands.map((each, index) => commandLine(each, index === 0 ? lead : '    ', pen));
}

function commandLine({text, unbound, command}: CommandOperation, lead: string, pen: Pen): string {
  const {condition, destructive} = command;
  const notes = [
    ...(condition === undefined ? [] : [condition]),
    ...(destructive === undefined ? [] : [`${pen.glyphs.alert} ${destructive}`]),
    ...(unbound.length === 0 ? [] : [`unbound ${unbound.join(', ')}`]),
  ];
  const note = notes.length === 0 ? '' : pen.write('warn', `  ${notes.join(' · ')}`);
  return pen.write('command', `${lead}${text.replaceAll('\n', ' ')}`) + note;
}

function expectationLines(step: Step, {pen}: Facts): string[] {
  const texts = new Set(ownExpectations(step).map(({text}) => text));
  return [...texts].map(text => pen.write('muted', `  expects ${withoutLead(text)}`));
}

function callLines(step: Step, {plan, state, pen}: Facts): string[] {
  const own = stepState(state, step.id);
  if (own.status === 'waiting')
    return [pen.write('warn', `${pen.glyphs.waiting} waiting: ${own.for}`), keyLine(step, pen)];
  // Open choices are listed above, and Enter asks for them.
  const found = blockers(plan, state, step.id);
  const choosing = found.some(({kind}) => kind === 'choice') && openChoices(plan, state, step).length > 0;
  const first = choosing ? found.find(({kind}) => kind !== 'choice') : found[0];
  const isOpen = found.some(({kind}) => kind === 'review');
  const key = isOpen
    ? reviewLine(pen)
    : choosing
      ? keyLine(step, pen, 'asks which one, and runs it')
      : keyLine(step, pen);
  if (first === undefined) return [key];
  const why = pen.rows('warn', `${pen.glyphs.alert} ${first.text}`);
  // Enter would be refused, so it is not offered.
  return [...why, first.kind === 'unbound' ? tickLine(pen) : key];
}

function reviewLine(pen: Pen): string {
  const rest = pen.write('muted', '  ·  o opens the review  ·  s skips it');
  return `${pen.write('key', 'Enter')} ${pen.write('text', 'shows what was assumed')}${rest}`;
}

function tickLine(pen: Pen): string {
  return `${pen.write('key', 'Space')} ${pen.write('text', 'says it is done')}${pen.write('muted', '  ·  s skips it')}`;
}

function keyLine({action}: Step, pen: Pen, does = ENTER[action.kind].words): string {
  return `${pen.write('key', 'Enter')} ${pen.write('text', does)}${pen.write('muted', '  ·  s skips it  ·  a runs on')}`;
}
