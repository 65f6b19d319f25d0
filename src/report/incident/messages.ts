/** What makes an incident known: the text of an issue, and a message to the team. */
import {rollbackEnd} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {utcClock, utcTime} from '../../text/times.ts';
import {oneLine} from '../../text/width.ts';
import {timeline} from '../record/happened-part.ts';
import {type Block, facts, isEmpty, list, table} from '../record/record-blocks.ts';
import {blockLines} from '../record/record-markdown.ts';
import {recordParts} from '../record/record-parts.ts';
import type {RecordSource} from '../record/record-source.ts';
import {statusText} from '../run-status.ts';
import {impactBlocks} from './impact.ts';
import {causeText, type IncidentSource, openItems} from './what-is-open.ts';

const TITLE_LENGTH_MAX = 120;
const TIMELINE_ROWS_MAX = 25;
const ERRORS_MAX = 10;
/** How many open items a message names. */
const OPEN_MAX = 3;

/** As Markdown; its first line, a heading, is the title of the issue. */
export function issueText(source: IncidentSource): string {
  const {plan, state, events, errors} = source;
  const {run} = state;
  const isNews = ({tone}: {tone: string}) => tone === 'bad' || tone === 'warn';
  const rows = timeline(plan, events)
    .filter(isNews)
    .slice(-TIMELINE_ROWS_MAX)
    .map(({at, by, text}) => [utcTime(at), by, text]);
  // A run that is neither rolled back nor closed has no cause in its record yet.
  const cause = recordParts(source, ['Cause']).flatMap(({blocks}) => blocks);
  const parts: readonly (readonly [string, readonly Block[]])[] = [
    ['What happened', cause.length > 0 ? cause : [list([causeText(source)])]],
    ['Impact', impactBlocks(source)],
    ['Timeline', [table(['UTC', 'by', 'what'], rows)]],
    [
      'Error lines',
      [list(errors.slice(-ERRORS_MAX).map(({source: name, line, text}) => `${name} line ${line}: ${text}`))],
    ],
    ['Open', [list([...openItems(plan, state)])]],
    ['Run', [facts(['Run', run.id], ['Checklist', plan.title], ['Operator', run.user], ['Status', statusText(state)])]],
  ];
  const text = parts
    .filter(([, blocks]) => blocks.some(block => !isEmpty(block)))
    .map(([title, blocks]) => {
      const lines = blocks.filter(block => !isEmpty(block)).flatMap(block => ['', ...blockLines(block)]);
      return `## ${title}\n${lines.join('\n')}\n`;
    });
  return `# ${titleText(source)}\n\n${text.join('\n')}`;
}

function titleText(source: RecordSource): string {
  const {plan, state} = source;
  const title = oneLine(`${stood(state)}: ${plan.title}: ${causeText(source)}`);
  return title.length > TITLE_LENGTH_MAX ? `${title.slice(0, TITLE_LENGTH_MAX - 1)}…` : title;
}

function stood({rollback}: RunState): string {
  switch (rollback.status) {
    case 'finished':
      return rollback.result === 'rolled-back' ? 'Rolled back' : `Rollback: ${rollbackEnd(rollback)}`;
    case 'none':
    case 'counting':
      return 'Incident';
    default:
      return 'Rolling back';
  }
}

/** A few lines of plain text for a chat. */
export function messageText(source: IncidentSource): string {
  const {plan, state, events} = source;
  const {run, rollback} = state;
  const asked = events.findLast(({type}) => type === 'rollback-requested');
  const open = openItems(plan, state);
  const notUndone = plan.rollback?.doesNotUndo ?? [];
  const [first] = notUndone;
  const lines = [
    `${run.rehearsal === true ? '[rehearsal] ' : ''}${stood(state)}: ${plan.title}`,
    `Why: ${causeText(source)}`,
    ...(asked === undefined
      ? []
      : [
          `Rollback: asked for at ${utcClock(asked.at)}, ${rollback.status === 'finished' ? `${rollbackEnd(rollback)} at ${utcClock(rollback.at)}` : 'under way'}`,
        ]),
    ...(first === undefined || rollback.status !== 'finished'
      ? []
      : [`Not undone: ${first}${notUndone.length > 1 ? ` and ${notUndone.length - 1} more` : ''}`]),
    ...(open.length === 0
      ? []
      : [
          `Open: ${open.slice(0, OPEN_MAX).join('; ')}${open.length > OPEN_MAX ? ` and ${open.length - OPEN_MAX} more` : ''}`,
        ]),
    `Run ${run.id} by ${run.user} on ${run.host}`,
  ];
  return `${lines.map(line => oneLine(line)).join('\n')}\n`;
}
