/** The panel of the checklist: the rows around the cursor, and the details of the step under it. */
import {useMemo} from 'react';
import {useStore} from 'zustand';
import {runningStep} from '../../run/selectors.ts';
import {cut, displayWidth} from '../../text/width.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import {Panel, type PaneProps} from '../widgets/panel.tsx';
import {type ChecklistItem, checklistItems} from './checklist-items.ts';
import {checklistCount, checklistRow, type RowStyle} from './checklist-row.ts';
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
  const at = useSecond(now, runningStep(plan, state) !== undefined);
  const inner = width - 4;
  const style: RowStyle = {plan, state, width: inner, glyphs, theme, now: at};
  const items = useMemo(() => checklistItems(plan, state, {cursor, collapsed}), [plan, state, cursor, collapsed]);
  const detail = isToldBeside ? [] : detailRows(cursor, height - 2, style);
  const list = visibleRows(items, cursor, height - 2 - detail.length);
  const rows = list.map(item => (item ? checklistRow(item, item.id === cursor, style) : ''));
  return (
    <Panel title="1 Checklist" right={checklistCount(plan, state)} {...box}>
      {[...rows, ...detail]}
    </Panel>
  );
}

/** The rows around the cursor, filled up with blanks. Where rows are few, blank rows between sections are left out. */
export function visibleRows(
  items: readonly ChecklistItem[],
  cursor: string | null,
  height: number,
): (ChecklistItem | null)[] {
  const tight = items.length > height ? items.filter(item => item.kind !== 'gap') : items;
  const at = Math.max(
    0,
    tight.findIndex(item => item.id === cursor),
  );
  const top = Math.max(0, Math.min(at - Math.floor(height / 2), tight.length - height));
  return Array.from({length: Math.max(0, height)}, (_, row) => tight[top + row] ?? null);
}

function detailRows(cursor: string | null, rows: number, {plan, state, width, glyphs, theme}: RowStyle): string[] {
  if (rows < DETAIL_HEIGHT_MIN) return [];
  const room = Math.min(DETAIL_ROWS_MAX, Math.floor(rows / 4));
  const heading = cut(detailHeading(plan, cursor, glyphs), width - 4, glyphs.ellipsis);
  const rule = glyphs.horizontal.repeat(Math.max(0, width - displayWidth(heading) - 4));
  const lines = stepDetail(plan, state, cursor, width, glyphs);
  const shown = lines.slice(0, room).map(({text, token}, index) => {
    const more = index === room - 1 && lines.length > room;
    return theme.paint(token, more ? `${cut(text, width - 2, '')} ${glyphs.ellipsis}` : text);
  });
  while (shown.length < room) shown.push('');
  return [
    `${theme.paint('border', glyphs.horizontal.repeat(2))} ${theme.paint('muted', heading)} ${theme.paint('border', rule)}`,
    ...shown,
  ];
}
