/** The drafts of an incident: written, copied, and sent where a person has seen the text and wants it. */
import type {Incident, IncidentFiles} from '../../run/events/incident-events.ts';
import {askIssue, draftMenu} from '../questions/incident-menu.ts';
import {type ConsoleContext, say, send} from './console-context.ts';
import {openMenu, openPrompt} from './step-commands.ts';

/** The key `I`: what is there is shown; it is written anew only where a person says so. */
export function incidentDrafts(context: ConsoleContext): void {
  const {incident} = context.session.run.getState();
  if (incident?.files === undefined) return writeDrafts(context);
  openMenu(context, draftMenu(context.session, incident));
}

export function writeDrafts(context: ConsoleContext): void {
  const {run, program} = context.session;
  const {closed, run: opened} = run.getState();
  if (closed !== null)
    return say(context, `the run is closed: ${program} report ${opened.id} --format incident writes it`, 'warn');
  const before = run.getState().incident?.at;
  const stop = run.subscribe(({incident}) => {
    if (incident === undefined || incident.at === before) return;
    stop();
    written(context, incident);
  });
  void send(context, {type: 'write-incident'}).then(taken => {
    if (!taken) stop();
  });
}

function written(context: ConsoleContext, incident: Incident): void {
  const {problem, files} = incident;
  if (problem !== undefined || files === undefined)
    return say(context, `the incident report is not written: ${problem ?? ''}`, 'bad');
  say(context, `written: ${pathOf(context, files.report)}`, 'good');
  const {overlay} = context.view.getState();
  // A question that has come up meanwhile, or a rollback, is not covered.
  if (overlay === null || overlay.kind === 'incident') openMenu(context, draftMenu(context.session, incident));
}

export async function copyDraft(context: ConsoleContext, draft: keyof IncidentFiles): Promise<void> {
  const file = context.session.run.getState().incident?.files?.[draft];
  const text = await readDraft(context, file);
  if (text === undefined) return;
  say(context, await context.copy(text), 'good');
}

/** Shows what would be sent, and from where, before anybody is asked. */
export async function askToSend(context: ConsoleContext): Promise<void> {
  const {incident, run} = context.session.run.getState();
  const text = await readDraft(context, incident?.files?.issue);
  if (text === undefined) return;
  openPrompt(context, askIssue(text, run.checklist));
}

/** Resolves to whether it was asked for. What came of it comes as an event. */
export async function sendIssue(context: ConsoleContext): Promise<boolean> {
  const {run} = context.session;
  let isOver = false;
  const stop = run.subscribe(({incident}, before) => {
    const issue = incident?.issue;
    if (issue === undefined || issue === before.incident?.issue || issue.status === 'asked') return;
    stop();
    isOver = true;
    if (issue.status === 'created') say(context, `issue created: ${issue.detail}`, 'good');
    else say(context, `no issue was created: ${issue.detail}`, 'bad');
  });
  const taken = await send(context, {type: 'send-issue'});
  if (!taken) stop();
  // What came of it may be there before the answer.
  else if (!isOver) say(context, 'gh creates the issue');
  return taken;
}

async function readDraft(context: ConsoleContext, file: string | undefined): Promise<string | undefined> {
  const {drafts} = context.session;
  if (drafts === undefined || file === undefined) {
    say(context, 'there is no such text here', 'warn');
    return undefined;
  }
  try {
    return await drafts.read(file);
  } catch (error) {
    say(context, `cannot read ${drafts.path(file)}: ${error instanceof Error ? error.message : String(error)}`, 'bad');
    return undefined;
  }
}

function pathOf({session}: ConsoleContext, file: string): string {
  return session.drafts?.path(file) ?? file;
}
