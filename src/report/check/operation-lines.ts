/** The lines of `check` that say what a step runs and what it expects. */
import {type Step, unreachable} from '../../plan/plan.ts';
import {type CommandOperation, expectationsOf, type Operation, operationsOf} from '../../run/operations.ts';
import type {Paint} from '../../text/paint.ts';
import {cell, displayWidth, shorten, wrap} from '../../text/width.ts';

/** Operations of one step shown before the rest is only counted. */
const OPERATIONS_MAX = 12;

export function operationLines(paint: Paint, step: Step, width: number): readonly string[] {
  const rows = operationsOf(step.action).flatMap(rowsOf);
  const [first] = rows;
  // The title of a step may be the command itself.
  if (rows.length === 1 && first?.text === step.title && first.destructive === undefined) return [];
  const more = rows.length - OPERATIONS_MAX;
  const shown = rows.slice(0, OPERATIONS_MAX).map(row => rowLine(paint, row, width));
  return more > 0 ? [...shown, paint.faint(`… ${more} more`)] : shown;
}

/** `lead`: `$`, `query`, or `either`, `or` and `then` for the arms of which only one is ever run. */
type Row = {
  lead: string;
  text: string;
  byHand?: true;
  destructive?: string | undefined;
  condition?: string | undefined;
};

function rowsOf(operation: Operation): readonly Row[] {
  switch (operation.kind) {
    case 'command':
      return [commandRow(operation, '$')];
    case 'request':
      return [{lead: 'http', text: operation.text, condition: operation.condition}];
    case 'query':
    case 'measure':
      return [{lead: 'query', text: operation.text}];
    case 'follow':
      return [{lead: 'log', text: `follow ${operation.followed}`}];
    case 'search':
      return [{lead: 'log', text: operation.text}];
    case 'alternatives':
      return operation.arms.flatMap(({label, commands}, index) => {
        const lead = index === 0 ? 'either' : 'or';
        if (commands.length === 0) return [{lead, text: label, byHand: true}];
        return commands.map((command, at) => commandRow(command, at === 0 ? lead : 'then'));
      });
    default:
      return unreachable(operation);
  }
}

function commandRow({text, command: {destructive, condition}}: CommandOperation, lead: string): Row {
  return {lead, text, destructive, condition};
}

const LEAD_WIDTH = 7;

function rowLine(paint: Paint, {lead, text, byHand, destructive, condition}: Row, width: number): string {
  const start = paint.faint(cell(lead, LEAD_WIDTH));
  const room = width - LEAD_WIDTH;
  if (byHand) return start + paint.faint(shorten(`by hand: ${text}`, room));
  const aside = shorten(
    [destructive === undefined ? '' : `▲ ${destructive}`, condition ?? ''].join(' '),
    Math.floor(room / 2),
  );
  if (aside === '') return start + paint.code(shorten(text, room));
  const tone = destructive === undefined ? paint.faint : paint.bad;
  return `${start}${paint.code(shorten(text, room - displayWidth(aside) - 2))}  ${tone(aside)}`;
}

export function expectationLines(paint: Paint, step: Step, width: number): readonly string[] {
  return expectationsOf(step).flatMap(({text, readable}) => {
    const said = readable ? text : `${text} (a person judges)`;
    const [first = '', ...more] = wrap(said, width - LEAD_WIDTH - 1);
    const tone = readable ? paint.good : paint.warn;
    return [
      `${tone(cell(readable ? 'expect' : '?', LEAD_WIDTH))}${first}`,
      ...more.map(line => `${' '.repeat(LEAD_WIDTH)}${line}`),
    ];
  });
}
