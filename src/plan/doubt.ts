/** The reading as a proposal: what each section is used for, what was assumed, and what a person confirms. */
import type {SectionRole} from './kinds.ts';

/**
 * `run`, `watch`: worked through by the run; `rollback`: only by `R`; `triggers`, `criteria`: judged; `record`: filled
 * in; `other`: a procedure of its own that is not this deployment; `reference`: never run.
 */
export type Use = 'run' | 'watch' | 'rollback' | 'triggers' | 'criteria' | 'record' | 'other' | 'reference';

export const USES: readonly Use[] = [
  'run',
  'watch',
  'rollback',
  'triggers',
  'criteria',
  'record',
  'other',
  'reference',
];

/** A section that never runs has nothing to confirm, unless the question is whether it should. */
export const NEVER_RUN: ReadonlySet<Use> = new Set(['reference', 'record', 'other']);

/** What a role is for, where nothing else is known. */
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
  | 'not-read';

/** Something that was assumed while the document was read. */
export type Doubt = {
  /** `place-assumed:116`; one for each code and line. */
  id: string;
  code: DoubtCode;
  line: number;
  /** What was assumed, one line: `lines 300 to 306 are two ways to do one thing: only one of them is run`. */
  message: string;
  /** The words of the document it was read from: `# OR`. */
  because: string;
  /** What settles it, for an operator: `confirm it, or bind the section under contexts:`. */
  settle: string;
  /** Id of the section that it stands in. */
  section: string;
  /** Ids of the steps that wait for it; none: every step of the section. */
  steps: readonly string[];
  /** Ids of rules that may start no rollback while it is open. */
  rules?: readonly string[];
  /** What is proposed: confirming settles it. Absent: it stays open until a person says more than yes. */
  proposed?: string;
};

/** A doubt as it is said where something is assumed: its place in the list comes later. */
export type Assumed = Omit<Doubt, 'id' | 'section' | 'steps' | 'rules'>;

/** One section as a person is asked to confirm it. */
export type SectionReading = {
  /** Section id. */
  section: string;
  /** It has something that could run, open or judge by itself, or a doubt; else no key is needed for it. */
  asks: boolean;
  /** Names of the places where it runs: `vps`, `here`, `main`; several are joined by ` + `. Absent: people. */
  place?: string;
  /** Digest of its text: 16 hex digits of SHA-256. */
  text: string;
  /** Digest of what was read from it. */
  reading: string;
  /** What was read, in lines that a person can compare: `vps /srv/app $ git pull origin main`. */
  reads: readonly string[];
};

/** One of several procedures of a document ("RB-1: Deploy to production"); one is chosen for a run. */
export type Procedure = {name: string; line: number; sections: readonly string[]};

export type Proposal = {
  doubts: readonly Doubt[];
  /** Of every section, in the document's order. */
  readings: readonly SectionReading[];
  /** Absent when the whole document is one procedure. */
  procedures?: readonly Procedure[];
  /** Name of the procedure that was chosen or proposed. */
  procedure?: string;
};

/** Keyed by section id, and by doubt id. */
export type ReviewState = {
  confirmed: Readonly<Record<string, Confirmed>>;
  /** Only where it is another than the plan proposes. */
  uses: Readonly<Record<string, Use>>;
  settled: Readonly<Record<string, Settled>>;
  /** Where the next run runs a section: a host, or `local`. This run was read otherwise, so it does not run it. */
  places?: Readonly<Record<string, string>>;
  /** Sections that were confirmed once and are open again. `before`: what had been read then. */
  reopened: Readonly<Record<string, {because: string; before?: readonly string[]}>>;
};

/** `at`: epoch ms. `unseen`: with `--accept`, by nobody who looked. */
export type Confirmed = {by: string; at: number; unseen?: true};

/** `how`: what was answered. `as`: its steps are left out, or done by a person. `at`: epoch ms. */
export type Settled = {how: string; as?: 'ignored' | 'by-hand'; by: string; at: number};

/** `deploy.md` has `deploy.review.yaml` beside it. */
export function reviewFileOf(checklist: string): string {
  return `${checklist.replace(/\.(?:md|markdown|mdown|txt)$/i, '')}.review.yaml`;
}
