/** What is written and sent about an incident: intents, effects and events. */

/** What was written, as names of files in the run's directory. */
export type IncidentFiles = {report: string; issue: string; message: string};

export type IncidentIntent =
  /** Writes a draft of the incident report, the text of an issue and a message to the team. */
  | {type: 'write-incident'}
  /** A person has seen the text of the issue, and wants it to be created. */
  | {type: 'send-issue'};

/** `by`: the person who asked for it. */
export type IncidentEffect = {type: 'write-incident'; by: string} | {type: 'send-issue'; by: string; file: string};

export type IncidentEvent =
  /** `hasGh`: the program is on the path of the engine. Without `files` nothing was written, and `problem` says why. */
  | {type: 'incident-written'; files?: IncidentFiles; hasGh: boolean; problem?: string}
  /** Before it is sent: whether it was is known only from `issue-sent`. */
  | {type: 'issue-asked'; file: string}
  /** `detail`: where the issue is, or why there is none. */
  | {type: 'issue-sent'; created: boolean; detail: string};

/** Which drafts an incident has. */
export type Incident = {
  at: number;
  by: string;
  hasGh: boolean;
  files?: IncidentFiles;
  problem?: string;
  issue?: {status: 'asked' | 'created' | 'failed'; at: number; by: string; detail: string};
};
