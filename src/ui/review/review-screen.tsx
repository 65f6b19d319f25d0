/** The review as a screen: the panes for sections, document and commands, a row for progress and a row for keys. */

import {Box} from 'ink';
import {useStore} from 'zustand';
import type {RunState} from '../../run/state.ts';
import type {Session} from '../session.ts';
import {useSecond} from '../terminal/clock.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import {ENDS, type ReviewBox, type ReviewLayout, SIDES} from '../view/layout.ts';
import type {ReviewPane, ReviewView} from '../view/review-view.ts';
import type {StatusMessage} from '../view/view-state.ts';
import {messageText} from '../widgets/last-row.ts';
import {Panel, Row, RowColumn} from '../widgets/panel.tsx';
import {plainFor} from '../widgets/themed-text.ts';
import {heldPlace, titleOf} from './document-position.ts';
import {documentRows} from './document-rows.ts';
import {cardRows, headRow, hintRow, tabsRow} from './review-bars.ts';
import {runPane} from './run-pane.ts';
import {sectionRows} from './section-rows.ts';

type ReviewScreenProps = {
  session: Session;
  review: ReviewView;
  layout: ReviewLayout;
  columns: number;
  rows: number;
  glyphs: Glyphs;
  theme: Theme;
  status: StatusMessage | null;
  /** An overlay with keys of its own lies over the review. */
  isCovered: boolean;
  now: () => number;
};

/** Everything below the header of the console. */
export function ReviewScreen(given: ReviewScreenProps) {
  const props = {...given, review: heldPlace(given.session.plan, given.review)};
  const {session, review, layout, columns, glyphs, theme} = props;
  const state = useStore(session.run, whole => whole);
  const style = {columns, glyphs, theme};
  if (layout.kind === 'card') {
    const message = messageText(props.status, {...style, width: columns - 1, now: props.now()});
    const rows = [...cardRows(session.plan, state, review, style), ...(message === undefined ? [] : [` ${message}`])];
    return <RowColumn rows={rows.slice(0, props.rows)} />;
  }
  return (
    <>
      <Row text={headRow(session.plan, state, review, style)} />
      {layout.tabs && <Row text={tabsRow(session.plan, review, style)} />}
      <Box flexShrink={0}>
        {layout.body.map(boxes => (
          <Box key={boxes[0]?.pane ?? ''} flexDirection="column" flexShrink={0}>
            {boxes.map(box => (
              <Pane key={box.pane} {...props} box={box} state={state} />
            ))}
          </Box>
        ))}
      </Box>
      {props.isCovered ? <Row text="" /> : <Hints {...props} state={state} />}
    </>
  );
}

type WithState = ReviewScreenProps & {state: RunState};

/** The last row: a message, and after some seconds the keys again. */
function Hints({session, review, status, state, columns, glyphs, theme, now}: WithState) {
  const at = useSecond(now);
  return <Row text={hintRow(session, state, review, {columns, glyphs, theme, status, now: at})} />;
}

function Pane({box, ...props}: WithState & {box: ReviewBox}) {
  const {glyphs, theme, review} = props;
  const {title, right, rows} = CONTENT[box.pane](props, box);
  const size = {width: box.width, height: box.height, focused: review.pane === box.pane};
  return (
    <Panel title={title} right={right} {...size} glyphs={glyphs} theme={theme}>
      {rows}
    </Panel>
  );
}

type Content = {title: string; right: string; rows: readonly string[]};

const CONTENT: Readonly<Record<ReviewPane, (props: WithState, box: ReviewBox) => Content>> = {
  sections({session: {plan}, state, review, glyphs, theme}, box) {
    const style = {width: box.width - SIDES, height: box.height - ENDS, glyphs, theme};
    const at = plan.sections.findIndex(({id}) => id === review.section) + 1;
    const rows = sectionRows(plan, state, review.section, style);
    return {title: 'Sections', right: `${at} of ${plan.sections.length}`, rows};
  },
  document({session: {plan}, state, review, glyphs, theme}, box) {
    const style = {width: box.width - SIDES, height: box.height - ENDS, glyphs, theme};
    const {rows, from, to} = documentRows(plan, state, review, style);
    const dash = glyphs.dash;
    return {title: fileName(state), right: `lines ${from}${dash}${to} of ${plan.source.length}`, rows};
  },
  run({session: {plan, placing, consoleId}, state, review, glyphs, theme}, box) {
    const isDriver = state.driver === consoleId;
    const style = {width: box.width - SIDES, height: box.height - ENDS, glyphs, theme, next: placing?.next, isDriver};
    const {rows, below} = runPane(plan, state, review, style);
    return {
      title: `What would run in "${plainFor(titleOf(plan, review.section, glyphs), glyphs)}"`,
      right: below > 0 ? `${below} more below` : '',
      rows,
    };
  },
};

function fileName({run}: RunState): string {
  return run.checklist.split('/').at(-1) ?? '';
}
