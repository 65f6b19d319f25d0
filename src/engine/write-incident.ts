/** Writes the drafts of an incident into the run's directory, and has an issue created where a person wants it. */
import {existsSync, readFileSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {messageOf} from '../actions/link-error.ts';
import {createIssue, hasGh} from '../actions/messages/github-issue.ts';
import {foldJournal} from '../journal/read-journal.ts';
import {replaceFile} from '../journal/replace-file.ts';
import {type ErrorLine, lastErrorLines} from '../journal/spool/error-lines.ts';
import type {Spool} from '../journal/spool/spool.ts';
import type {Plan} from '../plan/plan.ts';
import type {Event, Recorded} from '../run/event.ts';
import type {IncidentEffect, IncidentFiles} from '../run/events/incident-events.ts';
import type {RunState} from '../run/state.ts';
import {isForRecord} from '../run/timeline.ts';

/** What the drafts are made of; `errors`: the last error lines of the logs. */
type IncidentFacts = {
  plan: Plan;
  state: RunState;
  events: readonly Recorded[];
  errors: readonly ErrorLine[];
};

/** The first line of `issue` is its title. */
type IncidentTexts = {report: string; issue: string; message: string};

/** How the drafts are worded; handed in, because reports are not the engine's business. */
export type IncidentWriter = {writeIncident(facts: IncidentFacts): Promise<IncidentTexts>};

type Parts = {
  runDirectory: string;
  fileMode: number;
  plan: Plan;
  spool: Spool;
  state(): RunState;
  write: IncidentWriter['writeIncident'];
  redact(text: string): string;
  record(events: readonly Event[], by: string): void;
};

export function incidentPerformer(parts: Parts): (effect: IncidentEffect) => void {
  return effect => {
    if (effect.type === 'send-issue') {
      void send(parts, effect.file).then(event => parts.record([event], effect.by));
      return;
    }
    void write(parts)
      .catch((error: unknown) => ({problem: messageOf(error)}))
      .then(written => parts.record([{type: 'incident-written', hasGh: hasGh(process.env), ...written}], effect.by));
  };
}

async function write({
  runDirectory,
  fileMode,
  plan,
  spool,
  state,
  write,
  redact,
}: Parts): Promise<{files: IncidentFiles}> {
  const now = state();
  const events: Recorded[] = [];
  const take = (event: Recorded) => {
    if (isForRecord(event)) events.push(event);
  };
  await foldJournal(runDirectory, take, now.seq);
  spool.flush();
  const texts = await write({plan, state: now, events, errors: lastErrorLines(runDirectory, spool.statuses())});
  const files = freeNames(runDirectory);
  for (const name of ['issue', 'message', 'report'] as const) {
    replaceFile(join(runDirectory, files[name]), redact(texts[name]), fileMode);
  }
  return {files};
}

/** A draft that is there may have been corrected by hand: it is never written over. */
function freeNames(runDirectory: string): IncidentFiles {
  for (let count = 1; ; count += 1) {
    const stem = count === 1 ? 'incident' : `incident-${count}`;
    const files = {report: `${stem}.md`, issue: `${stem}-issue.md`, message: `${stem}-message.txt`};
    if (!Object.values(files).some(file => existsSync(join(runDirectory, file)))) return files;
  }
}

/** The text as it is in the file now: a person may have corrected it. Its first line is the title. */
async function send({runDirectory, state, redact}: Parts, file: string): Promise<Event> {
  const path = join(runDirectory, file);
  const bodyFile = `${path}.body`;
  try {
    const [first = '', ...body] = redact(readFileSync(path, 'utf8')).split('\n');
    const title = first.replace(/^#+\s*/, '').trim();
    replaceFile(bodyFile, body.join('\n').trimStart(), PRIVATE_FILE);
    const sent = await createIssue({title, bodyFile, directory: dirname(state().run.checklist)});
    return {type: 'issue-sent', created: sent.created, detail: redact(sent.detail)};
  } catch (error) {
    return {type: 'issue-sent', created: false, detail: messageOf(error)};
  } finally {
    rmSync(bodyFile, {force: true});
  }
}

const PRIVATE_FILE = 0o600;
