/** The alert row under the header: what nobody may miss. */
import {useStore} from 'zustand';
import {useShallow} from 'zustand/react/shallow';
import type {StoreApi} from 'zustand/vanilla';
import type {Plan, Step} from '../../plan/plan.ts';
import {personOf} from '../../run/console.ts';
import {mayNotApprove} from '../../run/deciding/approval.ts';
import {driverOf} from '../../run/deciding/baton.ts';
import {stepById} from '../../run/plan-index.ts';
import type {Question} from '../../run/question.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {useNewestError} from '../logs/errors-by-kind.ts';
import {advisedAction} from '../rules/alarm.ts';
import type {Session} from '../session.ts';
import type {Now} from '../terminal/clock.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import type {Lost, ViewState} from '../view/view-state.ts';
import {Row, Rows} from '../widgets/panel.tsx';
import {COLOURLESS, type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {
  type AlarmKeys,
  alarmHeight,
  alarmRows,
  backKey,
  bar,
  countdownKeys,
  cutWhole,
  keyTexts,
  lookKey,
  type RowProps,
} from './alert-bar.ts';
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

/** A name cut shorter than this says nothing. */
const NAME_ROOM_MIN = 20;

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
  const writer = textWriter(COLOURLESS, glyphs, columns);
  const wrapped = wrappedRows(session, state, alerts, writer);
  if (wrapped !== undefined) return wrapped.length;
  return isAlarm(alerts) ? alarmHeight(writer) : hasAlert(alerts) ? 1 : 0;
}

/** Whether the alert that is shown is one with a key that is advised; the others are questions to one person. */
function isAlarm({tripped, questions, links, failed, approval, isClosed}: Alerts): boolean {
  if (tripped.length > 0) return true;
  if (questions.length > 0) return false;
  return (!isClosed && isAnyCut(links)) || (failed !== undefined && approval === null);
}

function isAnyCut(links: RunState['links']): boolean {
  return Object.values(links).some(({up}) => !up);
}

function hasAlert({lost, trouble, tripped, approval, questions, failed, links, isClosed}: Alerts): boolean {
  if (!isClosed && isAnyCut(links)) return true;
  if (lost !== null || trouble !== null || failed !== undefined) return true;
  return tripped.length > 0 || approval !== null || questions.length > 0;
}

/**
 * The most urgent alert, over the whole width: engine lost, not recorded, trigger tripped, question of a host, link
 * lost, step failed, approval awaited.
 */
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
  const writer = textWriter(style.theme, style.glyphs, style.columns);
  const wrapped = wrappedRows(session, session.run.getState(), {lost, trouble, tripped}, writer);
  if (wrapped !== undefined) return <Rows rows={wrapped} />;
  const newest = tripped.at(-1);
  const [question] = questions;
  if (!newest && question) return <QuestionRow session={session} question={question} writer={writer} />;
  if (!newest && isAnyCut(links)) return <LinkRow session={session} writer={writer} now={now} top={top} />;
  if (!newest && failed && approval === null)
    return <FailedRow session={session} view={view} step={failed} writer={writer} />;
  if (!newest) return <ApprovalRow session={session} approval={approval} writer={writer} />;
  return <TrippedRow session={session} view={view} tripped={tripped} trouble={trouble} writer={writer} />;
}

function QuestionRow({session, question, writer}: RowProps & {question: Question}) {
  const driver = useStore(session.run, driverOf);
  const whom = driver === undefined || driver.id === session.consoleId ? '' : ` ${personOf(driver)}`;
  const keys = driver === undefined ? 'b take the baton' : driver.id === session.consoleId ? 'u answer' : '';
  return <Row text={bar('badge.warn', `${question.host} asks${whom}: ${question.text}`, keys, writer)} />;
}

/** Its keys act on the step under the cursor, so they are named only while that is this one. */
function FailedRow({session, view, step, writer}: RowProps & Pick<AlertRowProps, 'view'> & {step: Step}) {
  const {plan, run, consoleId} = session;
  const own = useStore(run, state => stepState(state, step.id));
  const isHere = useStore(view, ({cursor}) => cursor === step.id);
  const [advised = '', ...others] = useStore(
    run,
    useShallow(state => keyTexts(failedKeys(plan, state, consoleId, isHere))),
  );
  const error = useNewestError(session)?.text;
  const because = 'verdict' in own && own.verdict !== undefined ? own.verdict.because : '';
  const texts = failedTexts({head: own.status === 'unknown' ? 'END NOT SEEN' : 'FAILED', step, because, error}, writer);
  return <Rows rows={alarmRows('badge.bad', texts, {advised, others}, writer)} />;
}

type Failed = {head: string; step: Step; because: string; error: string | undefined};

/** A line of the log may say why. The longest wording first: the title of the step is left out before the cause is. */
function failedTexts({head, step, because, error}: Failed, writer: TextWriter): string[] {
  const title = shownTitle(step.title);
  const short = cutWhole(writer.plain(title), NAME_ROOM_MIN, writer);
  if (error === undefined) return [`${head} ${title}: ${because}`, `${head} ${short}: ${because}`];
  return [
    `${head} ${title}: ${error} · ${because}`,
    `${head} ${title}: ${error}`,
    `${head} ${short}: ${error}`,
    `${head}: ${error}`,
  ];
}

/** Once the deploy has begun, the way back comes before another try: that seldom mends it. */
function failedKeys(plan: Plan, state: RunState, consoleId: string, isHere: boolean): AlarmKeys {
  const look = lookKey();
  const counting = countdownKeys(state);
  if (counting !== undefined) return counting;
  if (state.driver !== consoleId) return {advised: look, others: []};
  const back = backKey(plan, state);
  const [again, ...further] = isHere ? [RETRY, 's skip'] : ['u go there'];
  const tries = [again ?? RETRY, ...further];
  switch (advisedAction(plan, state)) {
    case 'roll-back':
      return {advised: back, others: [look, ...tries]};
    case 'retry':
      return {advised: again ?? RETRY, others: [...further, look, ...(back === '' ? [] : [back])]};
    case 'incident':
    case 'wait':
      return {advised: look, others: [...(back === '' ? [] : [back]), ...tries]};
  }
}

const RETRY = 'r retry';

function ApprovalRow({session, approval, writer}: RowProps & {approval: RunState['approval']}) {
  const consoles = useStore(session.run, state => state.consoles);
  const waiting = approvalText(session.plan, {approval, consoles}, session.consoleId);
  return waiting === undefined ? null : <Row text={bar('badge.warn', waiting.text, waiting.keys, writer)} />;
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
