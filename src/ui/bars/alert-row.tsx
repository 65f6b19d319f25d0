/** The alert row under the header: what nobody may miss. */
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import type {Plan, Step} from '../../plan/plan.ts';
import {personOf} from '../../run/console.ts';
import {mayNotApprove} from '../../run/deciding/approval.ts';
import {driverOf} from '../../run/deciding/baton.ts';
import {stepById} from '../../run/plan-index.ts';
import type {Question} from '../../run/question.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {displayWidth} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {useNewestError} from '../logs/new-errors.ts';
import type {Session} from '../session.ts';
import type {Now} from '../terminal/clock.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import type {Lost, ViewState} from '../view/view-state.ts';
import {Row, Rows} from '../widgets/panel.tsx';
import {COLOURLESS, penFor} from '../widgets/pen.ts';
import {backKey, bar, cutWhole, keyRow, lookKey, NAME_ROOM_MIN, type RowProps, WIDE_MIN} from './alert-bar.ts';
import {LinkRow} from './link-row.tsx';
import {TrippedRow} from './tripped-row.tsx';
import {wrappedRows} from './wrapped-alerts.ts';

export type Alerts = Pick<RunState, 'tripped' | 'approval'> & {
  lost: Lost | null;
  trouble: string | null;
  questions: readonly Question[];
  /** The step that failed and waits for a decision. */
  failed: Step | undefined;
  links: RunState['links'];
  /** Of a run that is closed, no link matters. */
  isClosed: boolean;
};

type AlertRowProps = Alerts & {
  session: Session;
  view: StoreApi<ViewState>;
  columns: number;
  glyphs: Glyphs;
  theme: Theme;
  now: Now;
  /** The row of the screen that it stands in. */
  top: number;
};

/** Rows that the alert takes: 0 where there is none. */
export function alertHeight(
  session: Session,
  state: RunState,
  alerts: Alerts,
  {columns, glyphs}: {columns: number; glyphs: Glyphs},
): number {
  const wrapped = wrappedRows(session, state, alerts, penFor(COLOURLESS, glyphs, columns));
  return wrapped?.length ?? (hasAlert(alerts) ? 1 : 0);
}

function hasAlert({lost, trouble, tripped, approval, questions, failed, links, isClosed}: Alerts): boolean {
  if (!isClosed && Object.values(links).some(({up}) => !up)) return true;
  if (lost !== null || trouble !== null || failed !== undefined) return true;
  return tripped.length > 0 || approval !== null || questions.length > 0;
}

/** One alert over the whole width, the most urgent: engine lost, not recorded, trigger tripped, question of a host, link lost, failed step, or approval. */
export function AlertRow({
  session,
  view,
  lost,
  trouble,
  tripped,
  approval,
  questions,
  failed,
  links,
  now,
  top,
  ...style
}: AlertRowProps) {
  const pen = penFor(style.theme, style.glyphs, style.columns);
  const wrapped = wrappedRows(session, session.run.getState(), {lost, trouble, tripped}, pen);
  if (wrapped !== undefined) return <Rows rows={wrapped} />;
  const newest = tripped.at(-1);
  const [question] = questions;
  if (!newest && question) return <QuestionRow session={session} question={question} pen={pen} />;
  const isCut = Object.values(links).some(({up}) => !up);
  if (!newest && isCut) return <LinkRow session={session} pen={pen} now={now} top={top} />;
  if (!newest && failed && approval === null)
    return <FailedRow session={session} view={view} step={failed} pen={pen} />;
  if (!newest) return <ApprovalRow session={session} approval={approval} pen={pen} />;
  return <TrippedRow session={session} tripped={tripped} trouble={trouble} pen={pen} />;
}

function QuestionRow({session, question, pen}: RowProps & {question: Question}) {
  const driver = useStore(session.run, driverOf);
  const whom = driver === undefined || driver.id === session.consoleId ? '' : ` ${personOf(driver)}`;
  const keys = driver === undefined ? 'b take the baton' : driver.id === session.consoleId ? 'u answer' : '';
  return <Row text={bar('badge.warn', `${question.host} asks${whom}: ${question.text}`, keys, pen)} />;
}

/** Its keys act on the step under the cursor, so they are named only while that is this one. */
function FailedRow({session, view, step, pen}: RowProps & Pick<AlertRowProps, 'view'> & {step: Step}) {
  const own = useStore(session.run, state => stepState(state, step.id));
  const drives = useStore(session.run, state => state.driver === session.consoleId);
  const because = 'verdict' in own && own.verdict !== undefined ? own.verdict.because : '';
  const back = useStore(session.run, state => backKey(session.plan, state));
  const isDeployed = useStore(session.run, state => state.deployStartedAt !== undefined);
  const isHere = useStore(view, ({cursor}) => cursor === step.id);
  const error = useNewestError(session)?.text;
  const head = `${own.status === 'unknown' ? 'END NOT SEEN' : 'FAILED'} `;
  const title = shownTitle(step.title);
  const short = cutWhole(title, NAME_ROOM_MIN, pen);
  // The log may know why, where the step only knows that it failed.
  const text =
    error === undefined
      ? `${head}${title}: ${because}`
      : `${head}${pen.width < WIDE_MIN ? short : title}: ${error} · ${because}`;
  // What has failed, and why, needs most of the row; the first two keys are named all the same.
  const all = failedKeys({drives, isHere, isDeployed, back});
  const most = Math.max(pen.width / 3, displayWidth(all.at(-2) ?? ''));
  const keys = all.find(each => displayWidth(each) <= most) ?? '';
  return <Row text={bar('badge.bad', text, keys, pen)} />;
}

type FailedKeys = Readonly<Record<'drives' | 'isHere' | 'isDeployed', boolean>> & {back: string};

/** Looking comes first. Once the deploy has begun, the way back comes before another try: that seldom mends it. */
function failedKeys({drives, isHere, isDeployed, back}: FailedKeys): string[] {
  const look = lookKey();
  if (!drives) return [look];
  const again = isHere ? ['r retry', 's skip'] : ['u go there'];
  const keys = [look, ...(isDeployed ? [back, ...again] : [...again, back])].filter(key => key !== '');
  return keys.map((_, index) => keyRow(...keys.slice(0, keys.length - index)));
}

function ApprovalRow({session, approval, pen}: RowProps & {approval: RunState['approval']}) {
  const consoles = useStore(session.run, state => state.consoles);
  const waiting = approvalText(session.plan, {approval, consoles}, session.consoleId);
  return waiting === undefined ? null : <Row text={bar('badge.warn', waiting.text, waiting.keys, pen)} />;
}

type ApprovalText = {text: string; keys: string};

/** Who must approve, and the useful keys; undefined when nothing waits for a second person. */
function approvalText(
  plan: Plan,
  state: Pick<RunState, 'approval' | 'consoles'>,
  consoleId: string,
): ApprovalText | undefined {
  const {approval, consoles} = state;
  if (approval === null) return undefined;
  const {stepId, askedBy} = approval;
  const title = shownTitle(stepById(plan, stepId)?.title ?? stepId);
  const able = Object.values(consoles).filter(one => mayNotApprove(state, one) === undefined);
  if (able.some(one => one.id === consoleId)) return {text: `${askedBy} asks you to approve: ${title}`, keys: 'A look'};
  const who = able.length === 0 ? 'nobody of another account is attached' : able.map(personOf).join(' or ');
  const keys = approval.consoleId === consoleId ? 'x withdraw' : '';
  return {text: `${askedBy} waits for a second person (${who}): ${title}`, keys};
}
