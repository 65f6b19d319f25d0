/** Drafts an action for each manual step, where one can be derived. */
import type {Step} from '../../plan.ts';
import {commentsOfMatch, type DraftContext, matchesOf} from './draft-context.ts';
import {asksForConnection, asksForQuietLog, tablesNamed, variablesNamed} from './subjects.ts';
import type {Entry, Part} from './yaml-text.ts';
import {literal} from './yaml-text.ts';

export function stepsPart(outline: DraftContext, logs: Part): Part {
  const {plan} = outline;
  const nameOf = matchesOf(plan.steps.map(({title, line}) => ({text: title, line})));
  const manual = plan.steps.filter(({action}) => action.kind === 'manual');
  const named = manual.slice(0, STEPS_NAMED_MAX);
  const entries = named.map((step): Entry => {
    const {fields, isProposal} = actionFor(step, outline, logs);
    const match = literal(nameOf({text: step.title, line: step.line}));
    return {value: {match, ...fields}, ...commentsOfMatch(plan, match, step.line), isProposal};
  });
  const rest = manual.length - named.length;
  const about = [
    'Steps that the checklist only describes. With one of run, sql, http, env-file, tables, log, prometheus or tail',
    'they are done for you; without, a person ticks them.',
    ...(rest === 0 ? [] : [`The first ${STEPS_NAMED_MAX} of ${manual.length} are named here.`]),
  ];
  return {name: 'steps', about, entries};
}

function actionFor(step: Step, {host, database}: DraftContext, logs: Part): {fields: object; isProposal: boolean} {
  const on = host === undefined ? {} : {on: host};
  const tables = tablesNamed(step);
  if (tables.length > 0 && database !== undefined) return {fields: {tables, on: database}, isProposal: false};
  if (asksForConnection(step) && database !== undefined)
    return {fields: {sql: 'select 1', on: database}, isProposal: false};
  const variables = variablesNamed(step);
  if (variables !== undefined) {
    const isCertain = variables.isNamed && variables.file.startsWith('/') && host !== undefined;
    return {fields: {'env-file': variables.file, ...on}, isProposal: !isCertain};
  }
  const log = logs.entries.find(({key, isProposal}) => key !== undefined && isProposal !== true)?.key;
  if (asksForQuietLog(step) && log !== undefined) return {fields: {log, absent: ERROR_LINES}, isProposal: true};
  return {fields: {run: null}, isProposal: true};
}

/** Matches an error line in the logs of most languages. */
export const ERROR_LINES = 'ERROR|FATAL|Traceback|Exception';

const STEPS_NAMED_MAX = 1000;
