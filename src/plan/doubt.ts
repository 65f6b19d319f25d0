/** What a person is asked to confirm: the use of each section, and what was assumed while reading (doubts). */
import type {SectionRole} from './kinds.ts';

/**
 * `run`, `watch`: the run works through it; `rollback`: only `R` runs it; `triggers`, `criteria`: it is judged;
 * `record`: people fill it in; `other`: a procedure that is not this deployment; `reference`: it never runs.
 */
export const USES = ['run', 'watch', 'rollback', 'triggers', 'criteria', 'record', 'other', 'reference'] as const;
export type Use = (typeof USES)[number];

/** Whether what stands in such a section is done: with the deployment, or when it is rolled back. */
export function isDone(use: Use | undefined): use is 'run' | 'rollback' {
  return use === 'run' || use === 'rollback';
}

/** Sections that never run. There is nothing to confirm, unless a doubt asks whether the section should run. */
export const NEVER_RUN: ReadonlySet<Use> = new Set(['reference', 'record', 'other']);

/** The use of a section when only its role is known. */
export const USE_OF_ROLE: Readonly<Record<SectionRole, Use>> = {
  prepare: 'run',
  deploy: 'run',
  verify: 'run',
  monitor: 'watch',
  validate: 'watch',
  triggers: 'triggers',
  rollback: 'rollback',
  criteria: 'criteria',
  contacts: 'record',
  notes: 'record',
  reference: 'reference',
  other: 'run',
};

export type DoubtCode =
  | 'role-assumed'
  | 'place-assumed'
  | 'user-assumed'
  | 'alternatives-assumed'
  | 'condition-assumed'
  | 'procedure-assumed'
  | 'rollback-assumed'
  | 'value-assumed'
  | 'variable-never-set'
  | 'output-assumed'
  | 'endless-assumed'
  | 'tie-assumed'
  | 'trigger-assumed'
  | 'expectation-assumed'
  /** Text that asks a person for something was read into nothing: they know it, and do it. */
  | 'note-assumed'
  /** Holds no proposal. */
  | 'not-read';

/** Something that was assumed while the document was read. */
export type Doubt = {
  /** `place-assumed:116`: code and line. */
  id: string;
  code: DoubtCode;
  line: number;
  /** What was assumed, one line: `lines 300 to 306 are two ways to do one thing: only one of them is run`. */
  message: string;
  /** The words of the document that it was read from: `# OR`. */
  because: string;
  /** What the operator can do about it: `confirm it, or bind the section under contexts:`. */
  settle: string;
  /** Id of the section in which it stands. */
  section: string;
  /** Ids of all sections that it is about, where they are several and none of their steps waits. */
  sections?: readonly string[];
  /** Ids of the steps that wait for it. Empty: every step of the section. */
  steps: readonly string[];
  /** Ids of the rules that may start no rollback while it is open. */
  rules?: readonly string[];
  /** What is proposed; confirming it settles the doubt. Absent: "yes" is not enough, a person must answer. */
  proposed?: string;
};

/** A doubt as a reader reports it, before it gets its id, section and steps. */
export type Assumed = Omit<Doubt, 'id' | 'section' | 'steps' | 'rules'>;

/** One section as it is put to a person for confirmation. */
export type SectionReading = {
  /** Section id. */
  section: string;
  /** True when it has a doubt, or something that could run, open or judge by itself; otherwise no key is needed. */
  asks: boolean;
  /** Names of the places where it runs: `vps`, `here`, `main`; several are joined by ` + `. Absent: people do it. */
  place?: string;
  /** Digest of its text: 16 hex digits of SHA-256. */
  text: string;
  /** Digest of what was read from it. */
  reading: string;
  /** What was read, in lines that a person can compare with older ones: `vps /srv/app $ git pull origin main`. */
  reads: readonly string[];
};

/** One of several procedures of a document ("RB-1: Deploy to production"); a run takes one of them. */
export type Procedure = {name: string; line: number; sections: readonly string[]};

export type Proposal = {
  doubts: readonly Doubt[];
  /** One for every section, in the document's order. */
  readings: readonly SectionReading[];
  /** Absent when the whole document is one procedure. */
  procedures?: readonly Procedure[];
  /** Name of the procedure that was chosen or proposed. */
  procedure?: string;
};

/** What people have answered. `settled` is keyed by doubt id, everything else by section id. */
export type ReviewState = {
  confirmed: Readonly<Record<string, Confirmed>>;
  /** Only the uses that differ from what the plan proposes. */
  uses: Readonly<Record<string, Use>>;
  settled: Readonly<Record<string, Settled>>;
  /**
   * Where the next run runs a section: a host, or `local`. This run was read with another place, so it leaves it out.
   */
  places?: Readonly<Record<string, string>>;
  /** Sections that were confirmed once and are open again. `before`: what had been read when they were confirmed. */
  reopened: Readonly<Record<string, {because: string; before?: readonly string[]}>>;
};

/** `at`: epoch ms. `unseen`: accepted with `--accept`, so nobody looked. */
export type Confirmed = {by: string; at: number; unseen?: true};

/** `how`: the answer. `as`: the steps are left out, or a person does them. `at`: epoch ms. */
export type Settled = {how: string; as?: 'ignored' | 'by-hand'; by: string; at: number};

/** The path of the review file: `deploy.review.yaml` for `deploy.md`. */
export function reviewFileOf(checklist: string): string {
  return `${checklist.replace(/\.(?:md|markdown|mdown|txt)$/i, '')}.review.yaml`;
}

/** Whether the text at its line was read into nothing. */
export function isUnread({code}: Doubt): boolean {
  return code === 'not-read' || code === 'note-assumed';
}
