/** The row under the header that says what must not be missed. */
import {useStore} from 'zustand';
import type {Plan} from '../../plan/plan.ts';
import {personOf} from '../../run/console.ts';
import {mayNotApprove} from '../../run/deciding/approval.ts';
import {driverOf} from '../../run/deciding/baton.ts';
import type {Question} from '../../run/question.ts';
import type {RunState} from '../../run/state.ts';
import {asciiOnly} from '../../text/ascii.ts';
import {localClock} from '../../text/times.ts';
import {fitTo, spread, tame} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import type {Session} from '../session.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import {Row} from '../widgets/panel.tsx';

export type AlertRowProps = {
  session: Session;
  lost: string | null;
  trouble: string | null;
  tripped: RunState['tripped'];
  approval: RunState['approval'];
  questions: readonly Question[];
  columns: number;
  glyphs: Glyphs;
  theme: Theme;
};

/** What must not be missed, over the whole width: a picture that can no longer change, or a tripped trigger. */
export function AlertRow({
  session,
  lost,
  trouble,
  tripped,
  approval,
  questions,
  columns,
  glyphs,
  theme,
}: AlertRowProps) {
  const rollback = useStore(session.run, state => state.rollback.status);
  const clean = (text: string) => (glyphs.ascii ? asciiOnly(tame(text)) : tame(text));
  if (lost !== null) {
    const text = ` ${glyphs.alert} ENGINE LOST: ${lost}. This picture no longer changes; the engine may still be at work.`;
    return (
      <Row
        text={theme.paint(
          'badge.bad',
          fitTo(spread(clean(text), 'q leave ', columns, glyphs.ellipsis), columns, glyphs.ellipsis),
        )}
      />
    );
  }
  const newest = tripped.at(-1);
  const [question] = questions;
  if (!newest && trouble !== null) {
    const text = ` ${glyphs.alert} NOT RECORDED: ${trouble}. Nothing new starts; R still rolls back.`;
    return <Row text={theme.paint('badge.bad', fitTo(clean(text), columns, glyphs.ellipsis))} />;
  }
  if (!newest && question) return <QuestionRow {...{session, question, columns, glyphs, theme}} />;
  if (!newest) return <ApprovalRow {...{session, approval, columns, glyphs, theme}} />;
  const rule = session.plan.rules.find(({id}) => id === newest.ruleId);
  const more = tripped.length > 1 ? ` (and ${tripped.length - 1} more)` : '';
  const unrecorded = trouble === null ? '' : `NOT RECORDED: ${trouble} · `;
  const text = ` ${glyphs.alert} ${unrecorded}TRIPPED ${localClock(newest.at)} ${rule?.text ?? newest.ruleId}${more}: ${newest.evidence}`;
  const over = rollback === 'stopping' || rollback === 'running' || rollback === 'finished';
  const keys = over ? 'i look ' : 'R roll back · d dismiss · i look ';
  const row = spread(clean(text), clean(keys), columns, glyphs.ellipsis);
  return <Row text={theme.paint('badge.bad', row)} />;
}

type QuestionRowProps = Pick<AlertRowProps, 'session' | 'columns' | 'glyphs' | 'theme'> & {question: Question};

function QuestionRow({session, question, columns, glyphs, theme}: QuestionRowProps) {
  const driver = useStore(session.run, driverOf);
  const clean = (text: string) => (glyphs.ascii ? asciiOnly(tame(text)) : tame(text));
  const whom = driver === undefined || driver.id === session.consoleId ? '' : ` ${personOf(driver)}`;
  const text = clean(` ${glyphs.alert} ${question.host} asks${whom}: ${question.text}`);
  const keys = driver === undefined ? 'b take the baton ' : driver.id === session.consoleId ? 'u answer ' : '';
  return <Row text={theme.paint('badge.warn', spread(text, keys, columns, glyphs.ellipsis))} />;
}

type ApprovalRowProps = Omit<AlertRowProps, 'lost' | 'trouble' | 'tripped' | 'questions'>;

function ApprovalRow({session, approval, columns, glyphs, theme}: ApprovalRowProps) {
  const consoles = useStore(session.run, state => state.consoles);
  const waiting = approvalText(session.plan, {approval, consoles}, session.consoleId);
  if (!waiting) return null;
  const clean = (text: string) => (glyphs.ascii ? asciiOnly(tame(text)) : tame(text));
  const row = spread(clean(` ${glyphs.alert} ${waiting.text}`), clean(`${waiting.keys} `), columns, glyphs.ellipsis);
  return <Row text={theme.paint('badge.warn', row)} />;
}

type ApprovalText = {text: string; keys: string};

/** Who is waited for, and the keys that help this console; undefined when nothing waits for a second person. */
function approvalText(
  plan: Plan,
  state: Pick<RunState, 'approval' | 'consoles'>,
  consoleId: string,
): ApprovalText | undefined {
  const {approval, consoles} = state;
  if (approval === null) return undefined;
  const {stepId, askedBy} = approval;
  const title = shownTitle(plan.steps.find(step => step.id === stepId)?.title ?? stepId);
  const able = Object.values(consoles).filter(one => mayNotApprove(state, one) === undefined);
  if (able.some(one => one.id === consoleId)) return {text: `${askedBy} asks you to approve: ${title}`, keys: 'A look'};
  const who = able.length === 0 ? 'nobody of another account is attached' : able.map(personOf).join(' or ');
  const keys = approval.consoleId === consoleId ? 'x withdraw' : '';
  return {text: `${askedBy} waits for a second person: ${title}: ${who}`, keys};
}
