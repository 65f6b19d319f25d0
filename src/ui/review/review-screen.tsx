/** The review: sections with their uses, the document with what its lines were read as, and what would run. */
import {Box} from 'ink';
import {useStore} from 'zustand';
import type {Plan} from '../../plan/plan.ts';
import {sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {lineMargin, type MarginLine} from '../../run/wording/line-margin.ts';
import {plural} from '../../text/figures.ts';
import {fitTo, spread} from '../../text/width.ts';
import type {Session} from '../session.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import {REVIEW_KEYS, type ReviewView} from '../view/review-view.ts';
import type {StatusMessage} from '../view/view-state.ts';
import {Panel, Row} from '../widgets/panel.tsx';
import {penFor} from '../widgets/pen.ts';
import {focusedRow, questionsLeft, type SectionRow, sectionRows} from './review-order.ts';
import {actionLines, documentLines, sectionLines} from './review-text.ts';

export type ReviewScreenProps = {
  session: Session;
  shown: ReviewView;
  status: StatusMessage | null;
  columns: number;
  rows: number;
  glyphs: Glyphs;
  theme: Theme;
};

const PANEL_EDGES = 4;
const BORDER_ROWS = 2;
/** Title, keys, and what was said last. */
const OTHER_ROWS = 3;
/** A document shows some lines above the section it is at. */
const LINES_ABOVE = 2;
const THREE_COLUMNS_MIN = 140;
const TWO_COLUMNS_MIN = 100;

export function ReviewScreen({session, shown, status, columns, rows, glyphs, theme}: ReviewScreenProps) {
  const state = useStore(session.run);
  const {plan} = session;
  const all = sectionRows(plan, state);
  const row = focusedRow(all, shown.section);
  const height = Math.max(BORDER_ROWS + 1, rows - OTHER_ROWS);
  const style = {glyphs, theme};
  const panels = row === undefined ? [] : panelsFor(columns, height, shown.tab);
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Row text={titleRow(plan, all, {columns, glyphs, theme})} />
      <Box height={height} flexShrink={0}>
        {groupsOf(panels).map(group => (
          <Box key={group[0]?.kind ?? ''} flexDirection="column" flexShrink={0}>
            {group.map(panel => (
              <Panel
                key={panel.kind}
                {...style}
                {...contentOf(panel, {plan, state, all, row: row as SectionRow, shown, ...style})}
                width={panel.width}
                height={panel.height}
                focused={panel.kind === 'document'}
              />
            ))}
          </Box>
        ))}
      </Box>
      <Row
        text={status === null ? '' : theme.paint(status.tone === 'plain' ? 'muted' : status.tone, ` ${status.text}`)}
      />
      <Row text={keysRow(columns, glyphs, theme)} />
    </Box>
  );
}

type PanelKind = 'sections' | 'document' | 'actions';
type Placed = {kind: PanelKind; width: number; height: number; column: number};

/** Three columns, two, or the one that is looked at: what fits. */
function panelsFor(columns: number, height: number, tab: ReviewView['tab']): readonly Placed[] {
  if (columns >= THREE_COLUMNS_MIN) {
    const sections = Math.floor(columns * SECTIONS_SHARE);
    const actions = Math.floor(columns * ACTIONS_SHARE);
    return [
      {kind: 'sections', width: sections, height, column: 0},
      {kind: 'document', width: columns - sections - actions, height, column: 1},
      {kind: 'actions', width: actions, height, column: 2},
    ];
  }
  if (columns >= TWO_COLUMNS_MIN) {
    const sections = Math.floor(columns * 0.4);
    const upper = Math.floor(height / 2);
    return [
      {kind: 'sections', width: sections, height, column: 0},
      {kind: 'document', width: columns - sections, height: upper, column: 1},
      {kind: 'actions', width: columns - sections, height: height - upper, column: 1},
    ];
  }
  return [{kind: TABS[tab], width: columns, height, column: 0}];
}

const SECTIONS_SHARE = 0.34;
const ACTIONS_SHARE = 0.3;
const TABS: readonly [PanelKind, PanelKind, PanelKind] = ['actions', 'document', 'sections'];

function groupsOf(panels: readonly Placed[]): readonly (readonly Placed[])[] {
  return [...Map.groupBy(panels, ({column}) => column).values()];
}

type Content = {
  plan: Plan;
  state: RunState;
  all: readonly SectionRow[];
  row: SectionRow;
  shown: ReviewView;
  glyphs: Glyphs;
  theme: Theme;
};

function contentOf(
  {kind, width, height}: Placed,
  content: Content,
): {title: string; right: string; children: string[]} {
  const {plan, state, all, row, shown, glyphs, theme} = content;
  const pen = penFor(theme, glyphs, width - PANEL_EDGES);
  const inner = height - BORDER_ROWS;
  switch (kind) {
    case 'sections':
      return {title: 'Sections', right: 'use       place', children: sectionLines(all, row.section.id, inner, pen)};
    case 'document': {
      const end = endOf(plan, row);
      const last = Math.max(1, plan.source.length - inner + 1);
      const from = Math.max(1, Math.min(last, row.section.line - LINES_ABOVE + shown.top));
      const asked = new Set(row.doubts.map(({line}) => line));
      const lines = documentLines(plan, marginOf(plan, state), {from, height: inner, section: row, asked}, end, pen);
      return {title: row.section.title, right: `lines ${from}-${from + lines.length - 1}`, children: lines};
    }
    case 'actions': {
      const lines = actionLines(plan, state, row, pen);
      const hidden = lines.length - inner;
      const top = Math.max(0, Math.min(shown.top, hidden));
      const right = hidden > 0 ? `${Math.max(0, hidden - top)} more below` : '';
      return {title: statusTitle(row, state), right, children: lines.slice(top, top + inner)};
    }
  }
}

function statusTitle({section, status, use}: SectionRow, {review}: RunState): string {
  const confirmed = review?.confirmed[section.id];
  if (confirmed !== undefined && status === 'confirmed') {
    return confirmed.unseen === true ? `accepted unseen by ${confirmed.by}` : `confirmed by ${confirmed.by}`;
  }
  if (status === 'quiet') return 'nothing to confirm';
  return use === 'rollback' ? 'R would run, once confirmed' : 'would run, once confirmed';
}

/** The last line before the next section. */
function endOf({sections, source}: Plan, {section}: SectionRow): number {
  const next = sections.reduce(
    (least, {line}) => (line > section.line && line < least ? line : least),
    source.length + 1,
  );
  return next - 1;
}

const margins = new WeakMap<Plan, {uses: string; margin: readonly MarginLine[]}>();

/** Worked out once for the uses that sections have: a document may have thousands of lines. */
function marginOf(plan: Plan, state: RunState): readonly MarginLine[] {
  const uses = JSON.stringify(state.review?.uses ?? {});
  const known = margins.get(plan);
  if (known?.uses === uses) return known.margin;
  const margin = lineMargin(plan, ({id}) => sectionUse(plan, state, id));
  margins.set(plan, {uses, margin});
  return margin;
}

type Style = {columns: number; glyphs: Glyphs; theme: Theme};

function titleRow(plan: Plan, all: readonly SectionRow[], {columns, glyphs, theme}: Style): string {
  const asking = all.filter(({status}) => status !== 'quiet');
  const confirmed = asking.filter(({status}) => status === 'confirmed').length;
  const left = questionsLeft(all);
  const isDone = confirmed === asking.length && left === 0;
  const told = isDone
    ? theme.paint('good', `all of it is confirmed ${glyphs.separator} Esc returns`)
    : `${confirmed} of ${asking.length} sections confirmed ${glyphs.separator} ${plural(left, 'question')}`;
  const procedure = plan.proposal?.procedure;
  const of = procedure === undefined ? '' : ` ${glyphs.separator} ${procedure}`;
  const pen = penFor(theme, glyphs, columns);
  const badge = theme.paint('badge', ' REVIEW ');
  const name = pen.write('title', `${plan.subtitle ?? plan.title}${of}`);
  return spread(`${badge} ${name}`, `${told} `, columns, glyphs.ellipsis);
}

/** The keys that fit, the most used first. */
function keysRow(columns: number, glyphs: Glyphs, theme: Theme): string {
  let text = '';
  let length = 0;
  for (const {key, hint} of REVIEW_KEYS) {
    if (length + key.length + hint.length + 3 > columns) break;
    text += ` ${theme.paint('key', key)} ${theme.paint('muted', hint)} `;
    length += key.length + hint.length + 3;
  }
  return fitTo(text, columns, glyphs.ellipsis);
}
