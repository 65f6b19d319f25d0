/** The panel of the checklist: the rows around the cursor, and the details of the step under it. */
import {useMemo} from 'react';
import {useStore} from 'zustand';
import {runningStep, stepState} from '../../run/selectors.ts';
import {cut, displayWidth} from '../../text/width.ts';
import {newestRead} from '../logs/errors-by-kind.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import {ENDS, SIDES} from '../view/layout.ts';
import {Panel, type PaneProps} from '../widgets/panel.tsx';
import {noteShownRows} from '../widgets/shown-rows.ts';
import {type ChecklistItem, canFocus, checklistItems} from './checklist-items.ts';
import {checklistCount, checklistRows, type RowStyle} from './checklist-row.ts';
import {detailHeading, stepDetail} from './step-detail.ts';

type ChecklistPanelProps = Omit<PaneProps, 'now'> & {
  now: Now;
  /** The output panel already shows what the step under the cursor would do. */
  isToldBeside: boolean;
};

const DETAIL_ROWS_MAX = 8;
/** A lower panel shows only the list, without details. */
const DETAIL_HEIGHT_MIN = 14;

export function ChecklistPanel({session, view, now, isToldBeside, ...box}: ChecklistPanelProps) {
  const {plan} = session;
  const {width, height, glyphs, theme} = box;
  const state = useStore(session.run, whole => whole);
  const cursor = useStore(view, ({cursor}) => cursor);
  const collapsed = useStore(view, ({collapsed}) => collapsed);
  const lost = useStore(view, each => each.lost);
  const second = useSecond(now, lost === null && runningStep(plan, state) !== undefined);
  // How long a step runs is not known any more.
  const at = lost?.at ?? second;
  const inner = width - SIDES;
  const style: RowStyle = {plan, state, width: inner, glyphs, theme, now: at, ...(lost === null ? {} : {isLost: true})};
  const items = useMemo(() => checklistItems(plan, state, {cursor, collapsed}), [plan, state, cursor, collapsed]);
  const isFailed = cursor !== null && stepState(state, cursor).status === 'failed';
  // The alert row above reads the logs.
  const error = isFailed && !isToldBeside ? newestRead(session.spool)?.text : undefined;
  const detail = isToldBeside ? [] : detailRows(cursor, height - ENDS, style, error);
  const least = height - ENDS - detailRoom(height - ENDS);
  const list = listRows(items, cursor, {rows: height - ENDS - detail.length, least, most: height - ENDS}, style);
  noteShownRows(
    view,
    'checklist',
    list.map(({item}) => (item !== undefined && canFocus(item) ? {item: item.id} : undefined)),
  );
  return (
    <Panel title="1 Checklist" right={checklistCount(plan, state)} {...box}>
      {[...list.map(({text}) => text), ...detail]}
    </Panel>
  );
}

/** `least` and `most`: rows that the list has with as many details below it as there may be, and without any. */
type ListHeight = {rows: number; least: number; most: number};

/** The rows around the cursor, exactly `rows` of them. */
function listRows(
  items: readonly ChecklistItem[],
  cursor: string | null,
  height: ListHeight,
  style: RowStyle,
): {text: string; item?: ChecklistItem}[] {
  const {rows} = height;
  const list = visibleItems(items, cursor, height);
  const lines = list
    .flatMap(item => checklistRows(item, item.id === cursor, style).map(text => ({text, item})))
    .slice(0, rows);
  return [...lines, ...Array.from({length: rows - lines.length}, () => ({text: ''}))];
}

/**
 * The items around the cursor, at most `rows`. Which is the first hangs on the least height, so that details which come
 * and go move nothing. Where there are more items than `most`, the blank rows between sections are left out.
 */
export function visibleItems(
  items: readonly ChecklistItem[],
  cursor: string | null,
  {rows, least, most}: ListHeight,
): ChecklistItem[] {
  const tight = items.length > most ? items.filter(item => item.kind !== 'gap') : items;
  const at = Math.max(
    0,
    tight.findIndex(item => item.id === cursor),
  );
  const top = Math.max(0, Math.min(at - Math.floor(least / 2), tight.length - least));
  return tight.slice(top, top + Math.max(0, rows));
}

/** The most rows that details take, with their heading. */
function detailRoom(rows: number): number {
  return rows < DETAIL_HEIGHT_MIN ? 0 : 1 + Math.min(DETAIL_ROWS_MAX, Math.floor(rows / 4));
}

/** The details of the step or section under the cursor, as many rows as their text has. */
function detailRows(
  cursor: string | null,
  rows: number,
  {plan, state, width, glyphs, theme, now, isLost}: RowStyle,
  error: string | undefined,
): string[] {
  const room = detailRoom(rows) - 1;
  if (room <= 0) return [];
  const heading = cut(detailHeading(plan, cursor, glyphs), width - SIDES, glyphs.ellipsis);
  const rule = glyphs.horizontal.repeat(Math.max(0, width - displayWidth(heading) - 4));
  const lines = stepDetail(plan, state, cursor, {width, glyphs, error, lostAt: isLost ? now : undefined});
  const shown = lines.slice(0, room).map(({text, token}, index) => {
    const more = index === room - 1 && lines.length > room;
    return theme.paint(token, more ? `${cut(text, width - 2, '')} ${glyphs.ellipsis}` : text);
  });
  return [
    `${theme.paint('border', glyphs.horizontal.repeat(2))} ${theme.paint('muted', heading)} ${theme.paint('border', rule)}`,
    ...shown,
  ];
}
