/** The overlay about a step that nobody has confirmed: its commands, their place, and what T-Minus assumed. */
import {useStore} from 'zustand';
import type {Plan, Step} from '../../plan/plan.ts';
import {stepById} from '../../run/plan-index.ts';
import {unconfirmed} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {evidenceRows} from '../checklist/step-words.ts';
import {wrappedRows} from '../review/run-pane.ts';
import {type RunLine, stepRunLines} from '../review/run-rows.ts';
import type {Session} from '../session.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {Frame, innerHeight, innerWidth, type OverlayStyle, scrolled} from './frame.tsx';

const WIDTH = 88;
/** The row of keys, and the blank row above it. */
const KEY_ROWS = 2;
const EVIDENCE_ROWS_MAX = 6;

type AssumedProps = OverlayStyle & {overlay: Extract<Overlay, {kind: 'assumed'}>; session: Session};

/** The text scrolls; the row of keys below it stays. */
export function AssumedOverlay({overlay, session, ...style}: AssumedProps) {
  const {columns, glyphs, theme} = style;
  const state = useStore(session.run);
  const step = stepById(session.plan, overlay.stepId);
  const width = innerWidth(columns, WIDTH);
  const lines = step === undefined ? [] : assumedLines(session.plan, state, step);
  const rows = lines.flatMap(line => wrappedRows(line, width, style));
  const {shown, right} = scrolled(rows, overlay.top, Math.max(1, innerHeight(style) - KEY_ROWS));
  const dot = ` ${glyphs.separator} `;
  const keys = ['Enter runs only this, once', 'c confirms the section', 'o review', 'Esc'].join(dot);
  return (
    <Frame title="Not confirmed yet" right={right} width={WIDTH} {...style}>
      {[...shown, '', theme.paint('key', keys)]}
    </Frame>
  );
}

function assumedLines(plan: Plan, state: RunState, step: Step): readonly RunLine[] {
  const open = unconfirmed(plan, state, step);
  const none: RunLine = {lead: '', text: '', token: 'text'};
  const assumed = (open?.doubts ?? []).flatMap(({line, message, because}): RunLine[] => [
    {lead: '? ', text: `line ${line}: ${message}`, token: 'warn'},
    ...(because === '' ? [] : [{lead: '  ', text: `read from: ${because}`, token: 'muted' as const}]),
  ]);
  return [
    {lead: '', text: `${shownTitle(step.title)} (line ${step.line})`, token: 'title'},
    ...(open === undefined ? [] : [{lead: '', text: open.text, token: 'muted' as const}]),
    none,
    ...stepRunLines(plan, state, step),
    ...evidenceRows(state, step.id, EVIDENCE_ROWS_MAX),
    ...(assumed.length === 0 ? [] : [none, {lead: '', text: 'What was assumed:', token: 'title' as const}, ...assumed]),
  ];
}
