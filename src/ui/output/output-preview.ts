/** What a step that has not run yet would do, as rows for the output panel. */

import type {Plan, Step} from '../../plan/plan.ts';
import {bindText, type Command, type Lookup, type Stage} from '../../plan/script.ts';
import {blockers} from '../../run/deciding/blockers.ts';
import {openChoices, stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {ownExpectations} from '../checklist/step-words.ts';
import {wrapWords} from '../format.ts';
import type {Pen} from '../widgets/pen.ts';
import {placeOf} from './output-subject.ts';

const LINES_MAX = 60;
const EXPECTED = /^\W*expected:?\s*/i;

export type PreviewOf = {plan: Plan; state: RunState; lookup: Lookup; pen: Pen};

/** Heading, place, commands, expectations, and the key that starts it. */
export function previewLines(step: Step, preview: PreviewOf): string[] {
  const {pen} = preview;
  const body = [...placeLines(step, preview), ...actionLines(step, preview), ...expectationLines(step, preview)];
  const shown =
    body.length > LINES_MAX
      ? [...body.slice(0, LINES_MAX), pen.write('muted', `… ${body.length - LINES_MAX} more`)]
      : body;
  return [pen.rule('next'), pen.write('title', step.title), ...shown, '', ...callLines(step, preview)];
}

function placeLines(step: Step, {state, lookup, pen}: PreviewOf): string[] {
  const place = step.action.kind === 'http' ? 'request' : placeOf(step, state, lookup);
  return [pen.write('muted', `${place === 'output' ? 'by hand' : place} · line ${step.line}`)];
}

function actionLines(step: Step, preview: PreviewOf): string[] {
  const {pen, lookup} = preview;
  const {action} = step;
  const bound = (text: string) => bindText(text, lookup, 'plain').text;
  const instructions = step.instructions.map(text => pen.write('text', `  ${text}`));
  switch (action.kind) {
    case 'script':
      return action.stages.flatMap(stage => stageLines(stage, preview));
    case 'sql':
      return action.statements.flatMap(({text}) =>
        bound(text)
          .split('\n')
          .map(line => pen.write('command', `  ${line}`)),
      );
    case 'http':
      return action.requests.map(({method, url}) => pen.write('command', `$ ${method} ${bound(url)}`));
    case 'tail':
      return [pen.write('command', `$ ${bound(action.command ?? `tail -F ${action.file ?? ''}`)}`)];
    case 'log':
      return [pen.write('text', logQuestion(action))];
    case 'prometheus':
      return [pen.write('command', `  ${action.query}`)];
    case 'choice':
      return action.arms.map(arm =>
        pen.write('text', `  ${arm.title}${arm.recommended === true ? ' (recommended)' : ''}`),
      );
    case 'input':
      return action.blanks.map(blank => pen.write('text', `  ${blank.label}: ____`));
    case 'manual':
    case 'rule':
      return instructions;
  }
}

function logQuestion({source, absent, present}: {source: string; absent?: string; present?: string}): string {
  if (absent !== undefined) return `  no line of ${source} matches ${absent}`;
  return `  a line of ${source} matches ${present ?? 'anything'}`;
}

function stageLines(stage: Stage, {state, lookup, pen}: PreviewOf): string[] {
  const command = ({text: own, label, condition, destructive}: Command, lead: string) => {
    const text = label ?? own;
    const shown = bindText(text, lookup, 'plain');
    const notes = [
      ...(condition === undefined ? [] : [condition]),
      ...(destructive === undefined ? [] : [`${pen.glyphs.alert} ${destructive}`]),
      ...(shown.unbound.length === 0 ? [] : [`unbound ${shown.unbound.join(', ')}`]),
    ];
    const note = notes.length === 0 ? '' : pen.write('warn', `  ${notes.join(' · ')}`);
    return pen.write('command', `${lead}${shown.text.replaceAll('\n', ' ')}`) + note;
  };
  switch (stage.kind) {
    case 'commands':
      return stage.commands.map(each => command(each, '$ '));
    case 'http':
      return [pen.write('command', `$ ${stage.request.method} ${bindText(stage.request.url, lookup, 'plain').text}`)];
    case 'alternatives': {
      const chosen = state.choices[stage.id]?.armId;
      const heading = pen.write('muted', chosen === undefined ? '  one of these:' : '  chosen:');
      const arms = stage.arms.filter(arm => chosen === undefined || arm.id === chosen);
      return [
        heading,
        ...arms.flatMap(arm =>
          arm.commands.length === 0
            ? [pen.write('text', `  ${pen.glyphs.folded} ${arm.label} (by hand)`)]
            : arm.commands.map((each, index) => command(each, index === 0 ? `  ${pen.glyphs.folded} ` : '    ')),
        ),
      ];
    }
  }
}

function expectationLines(step: Step, {pen}: PreviewOf): string[] {
  const {action} = step;
  const nested =
    action.kind === 'sql'
      ? action.statements.flatMap(statement => statement.expectations)
      : action.kind === 'http'
        ? action.requests.flatMap(request => request.expectations)
        : [];
  const texts = [...new Set([...ownExpectations(step), ...nested].map(({text}) => text))];
  return texts.map(text => pen.write('muted', `  expects ${text.replace(EXPECTED, '')}`));
}

function callLines(step: Step, {plan, state, pen}: PreviewOf): string[] {
  const own = stepState(state, step.id);
  if (own.status === 'waiting')
    return [pen.write('warn', `${pen.glyphs.waiting} waiting: ${own.for}`), keyLine(step, pen)];
  // What must be chosen is listed above already, and Enter asks for it.
  const found = blockers(plan, state, step.id);
  const choosing = found.some(({kind}) => kind === 'choice') && openChoices(plan, state, step).length > 0;
  const first = choosing ? found.find(({kind}) => kind !== 'choice') : found[0];
  const key = choosing ? keyLine(step, pen, 'asks which one, and runs it') : keyLine(step, pen);
  if (first === undefined) return [key];
  const why = wrapWords(pen.plain(`${pen.glyphs.alert} ${first.text}`), pen.width).map(row => pen.write('warn', row));
  // A key that is refused is no offer.
  return [...why, first.kind === 'unbound' ? tickLine(pen) : key];
}

function tickLine(pen: Pen): string {
  return `${pen.write('key', 'Space')} ${pen.write('text', 'says it is done')}${pen.write('muted', '  ·  s skips it')}`;
}

function keyLine({kind, action}: Step, pen: Pen, instead?: string): string {
  const does: Record<Step['kind'], string> = {
    manual: 'ticks it',
    input: 'fills it in',
    choice: 'chooses',
    rule: 'shows its verdict; it ticks itself',
    tail: 'opens this log',
    shell: 'runs it',
    ssh: 'runs it',
    sql: 'runs it',
    http: 'sends it',
  };
  return `${pen.write('key', 'Enter')} ${pen.write('text', instead ?? (action.kind === 'log' || action.kind === 'prometheus' ? 'looks' : does[kind]))}${pen.write('muted', '  ·  s skips it  ·  a runs on from here')}`;
}
