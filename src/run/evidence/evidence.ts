/** What is looked at before a person answers for a step, and what of it is kept: evidence never answers by itself. */
import type {ConditionSubject} from '../../plan/plan.ts';
import type {Incoming, Place} from '../../plan/script.ts';

/**
 * `condition`: whether a condition of the step holds. `goes-live`: what the step brings in place of the running version.
 * `went-live`: whether the commit that is there now is the one that was to come.
 */
export type EvidenceAbout = 'condition' | 'goes-live' | 'went-live';

/** One look. `text`: the condition as the document says it. `base`, `next`: commits or refs as far as they are known. */
export type EvidenceQuestion = {
  key: string;
  stepId: string;
  about: EvidenceAbout;
  text: string;
  place: Place;
  directory?: string;
  subject?: ConditionSubject;
  /** The version that ran before. */
  base?: string;
  incoming?: Incoming;
  /** Names the unit of a service, or the command that lists migrations. */
  unit?: string;
  migrations?: MigrationLook;
  /** Where to look for commits that the place has not fetched yet. */
  elsewhere: readonly {place: Place; directory?: string}[];
  /** A name in it has no value yet. */
  unbound?: string;
};

/** `command` lists them; a line that `open` matches is one to be applied; `applied`: that there are none. */
export type MigrationLook = {command: string; open: string; applied?: string};

/**
 * What was seen, at `at` (epoch ms), on `on` (`vps:/srv/app`, `here`). `answer`: for a condition whether it holds, for
 * what goes live whether there is anything new, after it whether it is what was to come. `text` and `lines` are for eyes.
 * `from`, `to`: commits.
 */
export type Evidence = {
  key: string;
  stepId: string;
  about: EvidenceAbout;
  question: string;
  on: string;
  answer: 'yes' | 'no' | 'unknown';
  text: string;
  lines: readonly string[];
  from?: string;
  to?: string;
};

/** `asOf`: when the look began; it cannot have seen later changes. */
export type EvidenceSeen = {type: 'evidence-seen'; asOf: number} & Evidence;
export type EvidenceReported = {type: 'evidence-reported'; asOf: number} & Evidence;

export function placeWords({place, directory}: Pick<EvidenceQuestion, 'place' | 'directory'>): string {
  const name = place.kind === 'local' ? 'here' : place.host;
  return directory === undefined ? name : `${name}:${directory}`;
}

/** `vps:/srv/app, if requirements.txt changed: yes, it has changed between …`: where, what was asked, what was seen. */
export function evidenceText({on, about, question, answer, text}: Evidence): string {
  return about === 'condition' ? `${on}, ${question}: ${answer}, ${text}` : `${on}, ${question}: ${text}`;
}
