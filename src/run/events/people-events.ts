/** What people say at the end of their watch: hand-over and sign-off, as events and as intents. */

/** `id` stays the same while the thing is open: what is settled meanwhile is told apart by it. */
export type OpenItem = {id: string; tone: 'bad' | 'warn' | 'plain'; text: string};

/** What somebody who was not there has to know, as it was then. Each text is one sentence for an operator. */
export type HandOverSummary = {
  /** How far the run has come. */
  where: string;
  /** The one thing that comes next, with the key for it. */
  next: string;
  /** Questions, failed steps, fired triggers, rules past their bound, values that are missing. */
  open: readonly OpenItem[];
  /** Rules near their bound, sources that do not answer, the last errors. */
  look: readonly OpenItem[];
  /** What `R` would do now. `does`: `vps $ git checkout v1.0`. */
  rollback: {ready: boolean; text: string; does: readonly string[]};
};

/** `id`: of this hand-over. `consoleId`: where it was written. `errors`: the last error lines that were on that screen. */
export type HandedOver = {
  type: 'handed-over';
  id: string;
  consoleId: string;
  note?: string;
  errors?: readonly string[];
  summary: HandOverSummary;
};

/** The next person has read it. `from`: who wrote it. */
export type HandOverTaken = {type: 'hand-over-taken'; id: string; from: string};

/** `status`: an option of the document, or in T-Minus's own words. `name`: as the person signs; `by` says who it is. */
export type SignedOff = {type: 'signed-off'; status: string; issues?: string; notes?: string; name: string};

/** A second person signs what `of` has signed. `claimed`: both sit in one account, so that the name is only claimed. */
export type Countersigned = {type: 'countersigned'; of: string; name: string; note?: string; claimed?: true};

/** The record as it stood after event `events`, signed with an SSH key. `digest`: SHA-256 of its text, hex. `key`: `SHA256:…`. */
export type RecordSigned = {type: 'record-signed'; events: number; digest: string; key: string};

export type PeopleEvent = HandedOver | HandOverTaken | SignedOff | Countersigned | RecordSigned;

const TYPES: Readonly<Record<PeopleEvent['type'], true>> = {
  'handed-over': true,
  'hand-over-taken': true,
  'signed-off': true,
  countersigned: true,
  'record-signed': true,
};

export function isPeopleEvent<E extends {type: string}>(event: E): event is Extract<E, {type: PeopleEvent['type']}> {
  return Object.hasOwn(TYPES, event.type);
}

export type PeopleIntent =
  | {type: 'hand-over'; note?: string; errors?: readonly string[]}
  | {type: 'take-hand-over'; id: string}
  /**
   * `status`: id or text of an option. `answers`: what else the document asks, `ID=VALUE` each: an option of a choice, or
   * the text of a blank.
   */
  | {type: 'sign-off'; status: string; name: string; issues?: string; notes?: string; answers?: readonly string[]}
  | {type: 'countersign'; name: string; note?: string};

export type HandOver = Omit<HandedOver, 'type'> & {
  at: number;
  by: string;
  /** Who has read it. */
  taken?: {at: number; by: string};
};

export type SignOff = Omit<SignedOff, 'type'> & {
  at: number;
  by: string;
  second?: Omit<Countersigned, 'type' | 'of'> & {at: number; by: string};
};
