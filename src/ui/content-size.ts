/** How much room the panels would fill, measured from the plan, the run and its spool. */
import {useCallback, useMemo, useSyncExternalStore} from 'react';
import {useStore} from 'zustand';
import type {Action, Plan, Step} from '../plan/plan.ts';
import {type Operation, operationsOf} from '../run/operations.ts';
import {isDeployed} from '../run/selectors.ts';
import {titleWidths} from './checklist/checklist-row.ts';
import type {Session, Spool} from './session.ts';
import {ENDS, SIDES, type Wants} from './view/layout.ts';
import {OUTPUT_SOURCE} from './view/view-state.ts';

/** A few very long titles or previews must not take the room of everything else. */
const SHARE_WHOLE = 0.9;
/** Heading, title, place, a blank row, the key, and a row for what keeps the step from starting. */
const PREVIEW_ROWS = 6;
/** More lines than this fill any box. */
const LINES_MAX = 100;

/** The same for as long as no panel would fill more room. */
export function useContentSize({plan, run, spool}: Session): Wants {
  const isOver = useStore(run, state => isDeployed(plan, state));
  const subscribe = useCallback((listener: () => void) => spool.subscribe(listener), [spool]);
  const printed = useSyncExternalStore(subscribe, () => linesOf(spool, id => id === OUTPUT_SOURCE));
  const logged = useSyncExternalStore(subscribe, () => linesOf(spool, id => id !== OUTPUT_SOURCE));
  return useMemo(() => wants(plan, {isOver, printed, logged}), [plan, isOver, printed, logged]);
}

export function contentSize({plan, run, spool}: Session): Wants {
  return wants(plan, {
    isOver: isDeployed(plan, run.getState()),
    printed: linesOf(spool, id => id === OUTPUT_SOURCE),
    logged: linesOf(spool, id => id !== OUTPUT_SOURCE),
  });
}

type Seen = {isOver: boolean; printed: number; logged: number};

/** Once everything is deployed little is printed any more, and what was printed can be scrolled to. */
function wants(plan: Plan, {isOver, printed, logged}: Seen): Wants {
  const {checklistColumns, previewRows} = measured(plan);
  const shown = isOver ? 0 : printed;
  return {
    checklistColumns,
    outputRows: shown + previewRows + ENDS,
    logRows: logged + ENDS,
    isCentreBusy: shown > 0,
  };
}

function linesOf(spool: Spool, isMeant: (id: string) => boolean): number {
  const lines = spool.sources().flatMap(({id, lines}) => (isMeant(id) ? [lines] : []));
  return Math.min(LINES_MAX, Math.max(0, ...lines));
}

const known = new WeakMap<Plan, {checklistColumns: number; previewRows: number}>();

function measured(plan: Plan): {checklistColumns: number; previewRows: number} {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const now = {
    checklistColumns: most(titleWidths(plan)) + SIDES,
    previewRows: PREVIEW_ROWS + most(plan.steps.map(rowsOf)),
  };
  known.set(plan, now);
  return now;
}

/** What nearly all of these need. */
function most(sizes: readonly number[]): number {
  const sorted = sizes.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * SHARE_WHOLE) - 1] ?? 0;
}

function rowsOf({action, expectations, instructions}: Step): number {
  const performed = operationsOf(action).reduce((sum, operation) => sum + rowsOfOperation(operation), 0);
  return (performed === 0 ? rowsByHand(action, instructions.length) : performed) + expectations.length;
}

function rowsOfOperation(operation: Operation): number {
  if (operation.kind === 'query') return operation.text.split('\n').length;
  if (operation.kind !== 'alternatives') return 1;
  return operation.arms.reduce((sum, {commands}) => sum + 1 + commands.length, 0);
}

function rowsByHand(action: Action, instructions: number): number {
  if (action.kind === 'choice') return action.arms.length;
  return action.kind === 'input' ? action.blanks.length : instructions;
}
