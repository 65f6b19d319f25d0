/** What only a person knows and a connection or a command needs now. It is held in memory, and its answer nowhere. */

export type QuestionKind = 'host-key' | 'passphrase' | 'password' | 'otp' | 'sudo';

export type Question = {
  id: string;
  kind: QuestionKind;
  /** The host that waits for the answer, as the bindings call it. */
  host: string;
  /** One line, free of control characters: some of it was said by a server. */
  text: string;
  /** The answer is not shown while it is typed, and redacted wherever it might appear. */
  secret: boolean;
  /** What a person should know to answer: instructions of the server, how often it was wrong. */
  detail?: string;
};

/** As it is asked, before it has a number. */
export type NewQuestion = Omit<Question, 'id'>;

/** What the journal says of one. */
export type RecordedQuestion = {questionId: string; kind: QuestionKind; host: string; text: string};

export type Reply =
  | {answer: string}
  /** Why there is none, in words: `ana refused`, `nobody answered within 5 min`. */
  | {unanswered: string};

/** An abort of `signal` withdraws the question. */
export type Ask = (question: NewQuestion, signal: AbortSignal) => Promise<Reply>;
