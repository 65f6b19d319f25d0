/** The console's own rows in the output panel, after the printed lines. Pure. */
import {type Plan, type Step, traitsOf, unreachable} from '../../plan/plan.ts';
import type {Lookup} from '../../plan/script.ts';
import {type Blocker, blockers} from '../../run/deciding/blockers.ts';
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
import type {TextWriter} from '../widgets/themed-text.ts';
import {hostRows} from './host-rows.ts';
import {recordLines, replacesOutput} from './output-record.ts';
import {placeText, type Subject} from './output-subject.ts';

const LINES_MAX = 60;

/** `elsewhere`: the machine of the engine, where that is another one. `lostAt`: since when there is none. */
type Facts = {plan: Plan; state: RunState; lookup: Lookup; writer: TextWriter; elsewhere?: string | undefined} & {
  lostAt?: number | undefined;
} & {observing?: boolean};

/** `hasPrinted`: there are printed lines. `isMissing`: there were, and they are not here. */
type Printed = {hasPrinted: boolean; isMissing: boolean};

/** The rows after the printed lines. */
export function ownLines(subject: Subject, facts: Facts, {hasPrinted, isMissing}: Printed): readonly string[] {
  const {writer, elsewhere} = facts;
  switch (subject.kind) {
    case 'next':
      return previewLines(subject.step, facts);
    case 'record': {
      const shown = subject.to > subject.from && !isMissing && !replacesOutput(subject.state);
      const stays = isMissing && elsewhere !== undefined ? [writer.write('muted', staysText(elsewhere))] : [];
      return [
        ...stays,
        ...recordLines(subject.step, subject.state, shown, {...facts, hosts: hostsOf(subject.step, facts)}),
        ...evidenceLines(subject.step, facts),
      ];
    }
    case 'live':
      if (hasPrinted) return subject.step === undefined ? [] : hostLines(subject.step, facts);
      if (subject.step !== undefined) return [writer.write('muted', 'running; nothing printed yet')];
      return [writer.write('text', APPEARS), ...moveLines(facts)];
  }
}

function moveLines(facts: Facts): string[] {
  const {writer} = facts;
  if (takesNoKey(facts)) return [];
  const [moves, enter] = [`${keyOf('down')} ${keyOf('up')}`, 'Enter'].map(key => writer.write('key', key));
  return [`${moves} ${writer.write('muted', 'move to a step')}  ${enter} ${writer.write('muted', 'runs it')}`];
}

function hostsOf(step: Step, {plan, state}: Facts): readonly HostStand[] {
  return standOnHosts(plan, state, step);
}

/** While it runs: how far it has got on each host of its group. */
function hostLines(step: Step, facts: Facts): readonly string[] {
  const hosts = hostsOf(step, facts);
  return hosts.length === 0 ? [] : hostRows(hosts, facts.writer);
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
  const {writer} = facts;
  const body = [...placeLines(step, facts), ...actionLines(step, facts), ...expectationLines(step, facts)];
  const shown =
    body.length > LINES_MAX
      ? [...body.slice(0, LINES_MAX), writer.write('muted', `… ${body.length - LINES_MAX} more`)]
      : body;
  const seen = evidenceLines(step, facts);
  const tells = facts.plan.tells?.find(one => one.step === step.id);
  return [
    ...[writer.rule('next'), writer.write('title', step.title), ...shown, ''],
    ...(seen.length === 0 ? [] : [...seen, '']),
    ...(tells === undefined ? [] : [tellsLine(tells.as, writer)]),
    ...callLines(step, facts),
    ...hostLines(step, facts),
  ];
}

/** The text of the step is made from the run. */
function tellsLine(as: 'issue' | 'message', writer: TextWriter): string {
  const what = as === 'issue' ? 'the text of the issue' : 'the message';
  return `${writer.write('key', keyOf('incident-drafts'))} ${writer.write('muted', `writes ${what} from this run, to be copied${as === 'issue' ? ' or sent' : ''}`)}`;
}

/** This many rows of each leave room for the keys. */
const EVIDENCE_ROWS_MAX = 10;

function evidenceLines({id}: Step, {state, writer}: Facts): string[] {
  return evidenceRows(state, id, EVIDENCE_ROWS_MAX).flatMap(({text, token, lead}) => writer.rows(token, text, lead));
}

/** `vps · line 12 · usually 3–5 min`. */
function placeLines(step: Step, {state, lookup, writer}: Facts): string[] {
  const place = step.action.kind === 'http' ? requestFrom(askedFrom(step.action)) : placeText(step, state, lookup);
  const usual = state.history?.steps[step.id];
  const lasts = usual === undefined ? '' : ` · ${usualText(usual)}`;
  return [writer.write('muted', `${place === 'output' ? 'by hand' : place} · line ${step.line}${lasts}`)];
}

function requestFrom(host: string | undefined): string {
  return host === undefined ? 'request' : `request from ${host}`;
}

function actionLines(step: Step, facts: Facts): string[] {
  const {writer, lookup, state} = facts;
  const {action} = step;
  switch (action.kind) {
    case 'choice':
      return action.arms.map(arm =>
        writer.write('text', `  ${arm.title}${arm.recommended === true ? ' (recommended)' : ''}`),
      );
    case 'input':
      return action.blanks.map(blank => writer.write('text', `  ${blank.label}: ____`));
    case 'manual':
    case 'rule':
      return step.instructions.map(text => writer.write('text', `  ${text}`));
    default:
      return operationsOf(action, {lookup, choices: state.choices}).flatMap(each => operationLines(each, writer));
  }
}

function operationLines(operation: Operation, writer: TextWriter): string[] {
  switch (operation.kind) {
    case 'command':
      return [commandLine(operation, '$ ', writer)];
    case 'request':
    case 'follow':
      return [writer.write('command', `$ ${operation.text}`)];
    case 'query':
    case 'measure':
      return operation.text.split('\n').map(line => writer.write('command', `  ${line}`));
    case 'search':
      return [writer.write('text', `  ${operation.text}`)];
    case 'alternatives': {
      const {arms, taken} = operation;
      const heading = writer.write('muted', taken === undefined ? '  one of these:' : '  chosen:');
      return [heading, ...(taken === undefined ? arms : [taken]).flatMap(arm => armLines(arm, writer))];
    }
    default:
      return unreachable(operation);
  }
}

function armLines({label, commands}: ArmOperation, writer: TextWriter): string[] {
  const lead = `  ${writer.glyphs.folded} `;
  if (commands.length === 0) return [writer.write('text', `${lead}${label} (by hand)`)];
  return commands.map((each, index) => commandLine(each, index === 0 ? lead : '    ', writer));
}

function commandLine({text, unbound, command}: CommandOperation, lead: string, writer: TextWriter): string {
  const {condition, destructive} = command;
  const notes = [
    ...(condition === undefined ? [] : [condition]),
    ...(destructive === undefined ? [] : [`${writer.glyphs.alert} ${destructive}`]),
    ...(unbound.length === 0 ? [] : [`unbound ${unbound.join(', ')}`]),
  ];
  const note = notes.length === 0 ? '' : writer.write('warn', `  ${notes.join(' · ')}`);
  return writer.write('command', `${lead}${text.replaceAll('\n', ' ')}`) + note;
}

function expectationLines(step: Step, {writer}: Facts): string[] {
  const texts = new Set(ownExpectations(step).map(({text}) => text));
  return [...texts].map(text => writer.write('muted', `  expects ${withoutLead(text)}`));
}

function callLines(step: Step, facts: Facts): string[] {
  const {plan, state, writer} = facts;
  const own = stepState(state, step.id);
  if (own.status === 'waiting') {
    const waits = writer.write('warn', `${writer.glyphs.waiting} waiting: ${own.for}`);
    return takesNoKey(facts) ? [waits] : [waits, keyLine(step, facts)];
  }
  // Open choices are listed above, and Enter asks for them.
  const found = blockers(plan, state, step.id);
  const choosing = found.some(({kind}) => kind === 'choice') && openChoices(plan, state, step).length > 0;
  const shown = choosing ? found.filter(({kind}) => kind !== 'choice') : found;
  const why = shown.slice(0, 1).flatMap(({text}) => writer.rows('warn', `${writer.glyphs.alert} ${text}`));
  if (takesNoKey(facts)) return why;
  const asks = choosing && !isRefused(step, shown);
  return [...why, asks ? keyLine(step, facts, 'asks which one, and runs it') : offerLine(step, shown, facts)];
}

/** Keys start no step: a rollback counts down, there is no engine, the run is over, or this console observes. */
function takesNoKey({state: {rollback, closed}, lostAt, observing}: Facts): boolean {
  return lostAt !== undefined || observing === true || rollback.status === 'counting' || closed !== null;
}

/** Whether Enter is refused whatever reason is given. What a person does is ticked by it at any time. */
function isRefused(step: Step, found: readonly Blocker[]): boolean {
  if (traitsOf(step.action).by === 'person') return false;
  return found.some(({kind, override}) => override === undefined && kind !== 'hosts-unknown');
}

/** The keys for a step to come; none that would be refused. */
function offerLine(step: Step, found: readonly Blocker[], facts: Facts): string {
  if (found[0]?.kind === 'unbound') return tickLine(facts.writer);
  if (isRefused(step, found)) return facts.writer.write('muted', 's skips it');
  return found.some(({kind}) => kind === 'review') ? reviewLine(facts.writer) : keyLine(step, facts);
}

function reviewLine(writer: TextWriter): string {
  const rest = writer.write('muted', '  ·  o opens the review  ·  s skips it');
  return `${writer.write('key', 'Enter')} ${writer.write('text', 'shows what was assumed')}${rest}`;
}

function tickLine(writer: TextWriter): string {
  return `${writer.write('key', 'Space')} ${writer.write('text', 'says it is done')}${writer.write('muted', '  ·  s skips it')}`;
}

function keyLine({action}: Step, {writer, state}: Facts, does = ENTER[action.kind].words): string {
  // After a rollback the run does not run on.
  const others = ['s skips it', ...(state.rollback.status === 'finished' ? [] : ['a runs on'])];
  const rest = writer.write('muted', others.map(text => `  ·  ${text}`).join(''));
  return `${writer.write('key', 'Enter')} ${writer.write('text', does)}${rest}`;
}
