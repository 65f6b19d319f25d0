/** The lines under the checklist: what the focused step does, what it expects, why it failed. */

import type {Plan, Section, Step} from '../../plan/plan.ts';
import {unreachable} from '../../plan/plan.ts';
import {bindText, type ScriptArm} from '../../plan/script.ts';
import {shownLookup} from '../../run/binding/lookups.ts';
import {progress, stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {verdictLines} from '../../run/wording/verdict-lines.ts';
import {asciiOnly, localClock, span, tame, wrapWords} from '../format.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {shownTitle} from './checklist-row.ts';
import {furtherUnmet, kindWord, ownExpectations} from './step-words.ts';

/** `lead` stands before the first row; the rows after it are set in. */
export type DetailLine = {text: string; token: ThemeToken; lead?: string};

/** Most telling first, so that a short panel shows what matters. */
export function stepDetail(
  plan: Plan,
  state: RunState,
  id: string | null,
  width: number,
  glyphs: Glyphs,
): DetailLine[] {
  const step = plan.steps.find(one => one.id === id);
  const section = plan.sections.find(one => one.id === id);
  const lines = step ? linesOfStep(plan, state, step) : section ? linesOfSection(plan, state, section) : [];
  return lines.flatMap(({text, token, lead = ''}) =>
    wrapWords(glyphs.ascii ? asciiOnly(text) : text, width - lead.length).map((row, index) => ({
      text: (index === 0 ? lead : ' '.repeat(lead.length)) + row,
      token,
    })),
  );
}

/** `line 78 · ssh · vps`. */
export function detailHeading(plan: Plan, id: string | null, glyphs: Glyphs): string {
  const step = plan.steps.find(one => one.id === id);
  const section = plan.sections.find(one => one.id === id);
  const parts = step
    ? [`line ${step.line}`, kindWord(step), placeOf(step)]
    : section
      ? [`line ${section.line}`, section.role]
      : [];
  return parts.filter(Boolean).join(` ${glyphs.separator} `);
}

export function placeOf(step: Step): string {
  const {action} = step;
  if (action.kind !== 'script' && action.kind !== 'tail') return action.kind === 'sql' ? (action.database ?? '') : '';
  return action.context.place.kind === 'host' ? action.context.place.host : 'local';
}

/** `lead` tells alternatives from commands that all run. */
export type CommandLine = {text: string; lead: string};

/** What pressing Enter would do; a placeholder nothing is bound to stays as the document writes it. */
export function boundCommands(plan: Plan, state: RunState, step: Step): CommandLine[] {
  const lookup = shownLookup(plan, state);
  return commandsOf(step, state).map(({text, lead}) => ({text: bindText(text, lookup, 'plain').text, lead}));
}

function commandsOf(step: Step, state: RunState): CommandLine[] {
  const {action} = step;
  const all = (...texts: string[]) => texts.map(text => ({text, lead: '$ '}));
  switch (action.kind) {
    case 'script':
      return action.stages.flatMap(stage => {
        if (stage.kind === 'commands') return all(...stage.commands.map(command => command.label ?? command.text));
        if (stage.kind === 'http') return all(`${stage.request.method} ${stage.request.url}`);
        const chosen = stage.arms.find(({id}) => id === state.choices[stage.id]?.armId);
        if (chosen) return all(armText(chosen));
        return stage.arms.map((arm, index) => ({text: armText(arm), lead: index === 0 ? 'either ' : '    or '}));
      });
    case 'sql':
      return all(...action.statements.map(({text}) => text.replace(/\s+/g, ' ').trim()));
    case 'http':
      return all(...action.requests.map(({method, url}) => `${method} ${url}`));
    case 'tail':
      return all(action.command ?? `tail -f ${action.file ?? action.source}`);
    case 'log':
      return [
        {
          text: `${action.source}: ${action.absent ? `no line like ${action.absent}` : `a line like ${action.present}`}`,
          lead: '',
        },
      ];
    case 'prometheus':
      return all(action.query);
    case 'manual':
    case 'input':
    case 'choice':
    case 'rule':
      return [];
    default:
      return unreachable(action);
  }
}

function armText({commands, label}: ScriptArm): string {
  return commands.map(({text}) => text).join('; ') || `by hand: ${label}`;
}

function linesOfStep(plan: Plan, state: RunState, step: Step): DetailLine[] {
  return [
    ...outcomeLines(state, step),
    {text: shownTitle(step.title), token: 'title'},
    ...(step.destructive ? [{text: `destroys: ${step.destructive}`, token: 'warn' as const}] : []),
    ...boundCommands(plan, state, step).map(line => ({...line, token: 'command' as const})),
    ...blankLines(state, step),
    ...ruleLines(plan, state, step),
    ...ownExpectations(step).map(({text, readable}) => ({
      text: readable ? `expects ${text.replace(/^expected:?\s*/i, '')}` : `you judge: ${text}`,
      token: 'text' as const,
    })),
    ...(step.condition ? [{text: `only ${step.condition}`, token: 'muted' as const}] : []),
    ...step.instructions.map(text => ({text: shownTitle(text), token: 'muted' as const})),
  ];
}

function outcomeLines(state: RunState, step: Step): DetailLine[] {
  const own = stepState(state, step.id);
  switch (own.status) {
    case 'failed':
    case 'unknown':
    case 'cancelled':
      return [
        {text: `${own.status}: ${own.verdict.because}`, token: own.status === 'failed' ? 'bad' : 'status.unknown'},
        ...furtherUnmet(own.verdict).map(check => ({
          text: `not met: ${check.text}${check.actual ? `, was ${check.actual}` : ''}`,
          token: 'bad' as const,
        })),
      ];
    case 'waiting':
      return [{text: own.for, token: 'warn'}];
    case 'skipped':
      return [{text: `skipped by ${own.by} at ${localClock(own.at)}: ${own.reason}`, token: 'muted'}];
    case 'not-applicable':
      return [{text: own.because, token: 'muted'}];
    case 'passed':
      return [{text: passedText(own), token: 'good'}];
    case 'running':
    case 'pending':
      return [];
  }
}

function passedText(own: {
  by: string;
  at: number;
  reason?: string;
  note?: string;
  verdict?: {because: string};
}): string {
  const why = own.reason ?? own.note ?? own.verdict?.because;
  return `passed, ${own.by} at ${localClock(own.at)}${why ? `: ${why}` : ''}`;
}

function blankLines(state: RunState, step: Step): DetailLine[] {
  if (step.action.kind !== 'input') return [];
  return step.action.blanks.map(({id, label}) => {
    const value = state.blanks[id]?.value;
    return value === undefined
      ? {text: `to fill: ${label}`, token: 'warn'}
      : {text: `${label}: ${value}`, token: 'text'};
  });
}

function ruleLines(plan: Plan, state: RunState, step: Step): DetailLine[] {
  const {action} = step;
  if (action.kind !== 'rule') return [];
  return verdictLines(plan, state)
    .filter(({rule}) => action.rules.includes(rule.id))
    .flatMap(({text, assessment}) => [
      {text, token: 'text' as const},
      {text: assessment.because, token: 'muted' as const},
    ])
    .filter(({text}) => text !== '');
}

function linesOfSection(plan: Plan, state: RunState, section: Section): DetailLine[] {
  const {done, total, failed} = progress(plan, state, section.id);
  const estimate = section.estimate ? `, about ${span(section.estimate.minMs, section.estimate.maxMs)}` : '';
  return [
    {text: tame(shownTitle(section.title)), token: 'title'},
    {text: `${done} of ${total} done${failed > 0 ? `, ${failed} failed` : ''}${estimate}`, token: 'text'},
    ...(section.role === 'rollback' ? missingLines(state) : []),
  ];
}

/** The header has room for the first thing that is missing only. */
function missingLines({readiness}: RunState): DetailLine[] {
  const missing = readiness?.items.filter(({ready, optional}) => !ready && !optional) ?? [];
  return missing.map(({title, detail}) => ({text: `not ready: ${shownTitle(title)}: ${detail}`, token: 'warn'}));
}
