/** What a played document would have got wrong in earnest. */

export type FindingKind =
  /** The deploy or the rollback stopped: a step failed although nobody had put a fault there. */
  | 'step-failed'
  /** A program that has no stand-in: it was not run. */
  | 'not-played'
  | 'made-too-late'
  | 'wrong-order'
  | 'another-day'
  | 'restores-over'
  | 'used-before-made'
  | 'made-elsewhere'
  | 'never-made'
  | 'deleted-by-deploy'
  | 'only-in-one-arm'
  | 'contradicting-ways'
  | 'another-session'
  | 'left-stopped'
  | 'not-restarted'
  | 'brings-back-the-new'
  | 'restores-beside'
  /** The rollback calls it by a name that nothing has. */
  | 'another-name'
  | 'undoes-too-little'
  | 'refused-by-tool'
  /** The target after the rollback is another than before the deploy. */
  | 'left-changed'
  | 'not-verified'
  | 'takes-too-long';

/** `proved`: the play showed it. `told`: it follows from the document alone. */
export type Finding = {
  kind: FindingKind;
  /** `risk`: the rollback, or the deploy, does not do what it is for. `note`: nothing breaks, and somebody should know. */
  weight: 'risk' | 'note';
  line: number;
  /** One line: `the tag rollback-1 is set after the merge that it has to take back`. */
  title: string;
  /** What was seen, one a line: other lines of the document, output, what differs. */
  evidence: readonly string[];
  /** The sentence that would mend the document. */
  mend: string;
  basis: 'proved' | 'told';
  /** What it is about, so that the play and the document are seen to speak of one thing: a unit, a path, a tag. */
  about?: string;
};
