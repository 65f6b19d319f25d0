/** What may be done with the drafts of an incident, and the question before anything is sent. Pure. */
import {dirname} from 'node:path';
import type {Incident} from '../../run/events/incident-events.ts';
import {compact} from '../../text/compact.ts';
import {localClock} from '../../text/times.ts';
import type {Session} from '../session.ts';
import type {Menu, MenuItem, Prompt} from '../view/prompt-types.ts';

const BODY_LINES_SHOWN = 12;

export function draftMenu(session: Session, {files, by, at, hasGh, issue}: Incident): Menu {
  const {rehearsal, dryRun} = session.run.getState().run;
  const isPractice = rehearsal === true || dryRun;
  const send: MenuItem = {label: 'create the issue with gh; it asks first', key: 'g', act: {do: 'ask-issue'}};
  const isSent = issue?.status === 'created' || issue?.status === 'asked';
  const path = session.drafts?.path(files?.report ?? '') ?? '';
  return {
    title: 'Incident report, a draft',
    lines: [
      path,
      `written by ${by} at ${localClock(at)}; beside it ${files?.issue} and ${files?.message}: correct them in an editor`,
      ...(issue === undefined ? [] : [issueLine(issue)]),
      ...(isPractice ? ['practice: no issue is created from here'] : []),
      ...(hasGh || isPractice ? [] : ['gh is not installed here: copy the issue text instead']),
    ],
    items: [
      {label: 'copy the text of the issue', key: 'i', act: {do: 'copy-draft', draft: 'issue'}},
      {label: 'copy the message to the team', key: 'm', act: {do: 'copy-draft', draft: 'message'}},
      {label: 'copy the report', key: 'r', act: {do: 'copy-draft', draft: 'report'}},
      ...(hasGh && !isPractice && !isSent ? [send] : []),
      {label: 'write all three anew; these stay', key: 'w', act: {do: 'write-drafts'}},
      {label: 'close', key: 'q', act: {do: 'close'}},
    ],
  };
}

function issueLine({status, detail, by, at}: NonNullable<Incident['issue']>): string {
  if (status === 'asked')
    return `${by} has asked gh for an issue at ${localClock(at)}; how that ended was not seen yet`;
  return status === 'created' ? `issue created by ${by}: ${detail}` : `no issue was created: ${detail}`;
}

/** Nothing is sent for an Enter that was meant for something else. */
export function askIssue(text: string, checklist: string): Prompt {
  const [title = '', ...body] = text.split('\n').filter(line => line.trim() !== '');
  const more = body.length - BODY_LINES_SHOWN;
  return compact({
    title: 'Create this issue? Type yes in full',
    lines: [
      `gh issue create, in ${dirname(checklist)}`,
      title,
      ...body.slice(0, BODY_LINES_SHOWN),
      ...(more > 0 ? [`… ${more} more lines`] : []),
    ],
    purpose: {for: 'send-issue'},
    required: 'nothing was sent: type yes, or Esc',
  });
}
