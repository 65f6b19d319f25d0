/** The summary on the normal screen after the console was left. */
import {type Plan, type Section, type Step, unreachable} from '../plan/plan.ts';
import {sectionById, sectionSteps} from '../run/plan-index.ts';
import {hasWayBack, rollbackEnd, stepState} from '../run/selectors.ts';
import type {RunState, StepState} from '../run/state.ts';
import {STEP_SIGNS, type StepSigns} from '../run/wording/step-signs.ts';
import {fineQuantity} from '../text/figures.ts';
import {cell, cut, displayWidth, oneLine, rightCell, shorten, tame, wrap} from '../text/width.ts';
import {measuredText, ruleVerdicts, standingText, standingWord, trippedWords} from './rule-text.ts';
import {standText} from './run-status.ts';

const WIDTH = 100;
const TITLE_WIDTH_MAX = 48;

/**
 * The summary on the normal screen after the console was left: the checklist in brief, and the command to come back.
 * `program`: how the program was called. `signs`: those of the screen that was left.
 */
export function finalSummary(
  plan: Plan,
  state: RunState,
  runId: string,
  program = 'tminus',
  engine: 'there' | 'lost' = 'there',
  signs: StepSigns = STEP_SIGNS,
): string {
  const lines = [
    oneLine(plan.title),
    shorten(`${statusSign(state)} ${standText(plan, state)}`, WIDTH),
    '',
    ...sectionLines(plan, state),
    ...listed(
      'Not passed',
      plan.steps.flatMap(step => unfinished(step, stepState(state, step.id), signs)),
    ),
    ...listed(
      'Triggers',
      state.tripped.map(({ruleId, evidence}) => trippedText(plan, ruleId, evidence)),
    ),
    ...listed('Rules that tripped', ruleLines(plan, state)),
    ...listed('Back to baseline', afterRollbackLines(plan, state)),
    ...rollbackLines(state),
    ...signedLines(state),
    '',
    ...commandLines(state, runId, program, engine),
  ];
  return `${lines.join('\n')}\n`;
}

function statusSign({closed, phase}: RunState): string {
  if (closed === null) return phase === 'rollback-failed' ? STEP_SIGNS.failed : STEP_SIGNS.running;
  switch (closed.status) {
    case 'succeeded':
      return STEP_SIGNS.passed;
    case 'rolled-back':
    case 'aborted':
    case 'refused':
      return STEP_SIGNS.cancelled;
    case 'failed':
    case 'rollback-failed':
      return STEP_SIGNS.failed;
    case 'unknown':
      return STEP_SIGNS.unknown;
    default:
      return unreachable(closed.status);
  }
}

/** The top sections that have steps. A section that has not begun, such as an unneeded rollback, says so. */
function sectionLines(plan: Plan, state: RunState): readonly string[] {
  const tops = plan.sections.filter(section => section.parent === undefined || parentIsTitle(plan, section));
  const rows = tops.flatMap(section => {
    const steps = sectionSteps(plan, section.id);
    // A list of triggers has nothing that is done; elsewhere the counts are those of the screen.
    return steps.every(({action}) => action.kind === 'rule') ? [] : [{title: section.title, ...counted(steps, state)}];
  });
  const titleWidth = Math.min(TITLE_WIDTH_MAX, Math.max(0, ...rows.map(({title}) => displayWidth(title))));
  return rows.map(({title, sign, done, said}) =>
    `  ${sign} ${cell(title, titleWidth)}  ${rightCell(done, 7)}  ${said}`.trimEnd(),
  );
}

/** Whether the section is directly below a heading that is the title of the document. */
function parentIsTitle(plan: Plan, {parent}: Section): boolean {
  const above = sectionById(plan, parent ?? '');
  return above?.parent === undefined && above?.title === plan.title;
}

function counted(steps: readonly Step[], state: RunState): {sign: string; done: string; said: string} {
  const statuses = steps.map(({id}) => stepState(state, id).status).filter(status => status !== 'not-applicable');
  const count = (...which: StepState['status'][]) => statuses.filter(status => which.includes(status)).length;
  const done = count('passed', 'skipped');
  const said = (['failed', 'unknown', 'cancelled', 'skipped', 'running', 'waiting'] as const)
    .filter(status => count(status) > 0)
    .map(status => `${count(status)} ${status}`);
  const untouched = count('pending') === statuses.length;
  return {
    sign: signOf(statuses),
    done: `${done}/${statuses.length}`,
    said: untouched && statuses.length > 0 ? 'not begun' : said.join(', '),
  };
}

function signOf(statuses: readonly StepState['status'][]): string {
  const worst = (['failed', 'unknown', 'cancelled', 'running', 'waiting'] as const).find(status =>
    statuses.includes(status),
  );
  if (worst !== undefined) return STEP_SIGNS[worst];
  if (statuses.every(status => status === 'passed' || status === 'skipped')) return STEP_SIGNS.passed;
  return statuses.some(status => status !== 'pending') ? STEP_SIGNS.running : STEP_SIGNS.pending;
}

function unfinished({title, line}: Step, state: StepState, signs: StepSigns): readonly string[] {
  switch (state.status) {
    case 'failed':
    case 'unknown':
    case 'cancelled':
      return [itemText(state.status, line, `${title}: ${state.verdict.because}`, signs)];
    case 'skipped':
      return [itemText(state.status, line, `${title}: ${state.reason}`, signs)];
    case 'running':
    case 'waiting':
    case 'pending':
    case 'passed':
    case 'not-applicable':
      return [];
    default:
      return unreachable(state);
  }
}

function itemText(status: StepState['status'], line: number, text: string, signs: StepSigns): string {
  return `${signs[status]} ${cell(status, 9)}  line ${cell(String(line), 4)}  ${oneLine(text)}`;
}

function trippedText(plan: Plan, ruleId: string, evidence: string): string {
  const rule = plan.rules.find(({id}) => id === ruleId);
  return oneLine(`${STEP_SIGNS.failed} ${rule === undefined ? ruleId : measuredText(rule)}: ${evidence}`);
}

/** Targets and alerts that were broken at some time, with their standing at the end. */
function ruleLines(plan: Plan, state: RunState): readonly string[] {
  return ruleVerdicts(plan, state).flatMap(({rule, assessment, tripped}) => {
    if (tripped === undefined || rule.role === 'trigger' || state.afterRollback?.includes(rule) === true) return [];
    const {standing, value} = assessment;
    const end = `in the end ${standingWord(standing)}${value === undefined ? '' : ` ${fineQuantity(value, rule.unit)}`}`;
    return [oneLine(`${STEP_SIGNS.failed} ${measuredText(rule)}: ${trippedWords(rule, tripped)}, ${end}`)];
  });
}

/** After a rollback: whether the old version is as good as before. */
function afterRollbackLines(plan: Plan, state: RunState): readonly string[] {
  return ruleVerdicts(plan, state).flatMap(({rule, assessment}) =>
    state.afterRollback?.includes(rule) === true ? [oneLine(`${rule.text}: ${standingText(rule, assessment)}`)] : [],
  );
}

function rollbackLines({rollback}: RunState): readonly string[] {
  if (rollback.status !== 'finished') return [];
  const {because, left} = rollback;
  return [
    '',
    'Rollback',
    ...wrap(oneLine(`${rollbackEnd(rollback)}: ${because}`), WIDTH - 2).map(row => `  ${row}`),
    ...(left.length === 0 ? [] : ['  left to do:', ...left.flatMap(leftLines)]),
  ];
}

/**
 * Whole, and broken only by the terminal: half a command must not be copied, nor one with a line end in its middle. The end
 * of a here-document must begin its line.
 */
function leftLines(text: string): readonly string[] {
  const indent = text.includes('<<') ? '' : '    ';
  return text.split('\n').map(line => indent + tame(line));
}

function signedLines({signOff}: RunState): readonly string[] {
  if (signOff === undefined) return [];
  const {name, status, second} = signOff;
  return listed('Signed off', [`${name}: ${status}`, ...(second === undefined ? [] : [`${second.name}, too`])]);
}

function listed(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', title, ...items.map(item => `  ${cut(item, WIDTH - 2)}`)];
}

function commandLines(state: RunState, runId: string, program: string, engine: 'there' | 'lost'): readonly string[] {
  const {closed, signOff, lease, run} = state;
  const isElsewhere = lease?.takenOver === true;
  const isLost = engine === 'lost' && !isElsewhere;
  const back = isLost ? ['resume', 'take it up again where it stopped'] : ['attach', 'come back to it'];
  const goesOn = isElsewhere ? ' goes on on another machine.' : ' goes on.';
  const open = isLost ? ' has lost its engine: nothing goes on until it is taken up again.' : goesOn;
  const wantsSignature = closed !== null && closed.status !== 'refused' && signOff === undefined && !run.dryRun;
  const commands = [
    ...(closed === null ? [back] : []),
    ...(hasWayBack(state) ? [['rollback', 'restore the old version']] : []),
    ...(wantsSignature ? [['signoff', 'sign it off: final status, issues, name']] : []),
    ['report', 'the checklist, filled in'],
  ];
  // Each command has a line of its own: beside other words it would be cut in two at 80 columns.
  return [
    `Run ${runId}${closed === null ? open : ''}`,
    ...commands.flatMap(([verb = '', why = '']) => [`  ${why}:`, `    ${program} ${verb} ${runId}`]),
  ];
}
