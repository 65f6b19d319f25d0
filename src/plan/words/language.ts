/** The types of a language's table: which words and phrases each language is asked for. */
import type {ENGLISH} from './english.ts';

/** What is recognised by its words, except for section roles. */
export type Topic = keyof typeof ENGLISH.topics;

export type RoleTopic = keyof typeof ENGLISH.roles;

/** Metrics that every service has and that documents call by many names. */
export type KnownMetric = keyof typeof ENGLISH.metrics;

/**
 * What a rule or a signal is about. A signal never feeds a rule with another aspect: "connection failures" are not
 * "connections in use", even when the two lines look alike.
 */
export type Aspect = keyof typeof ENGLISH.aspects;

/**
 * Everything that is known of a language. The compiler asks for every row; '' where the language has no phrase for it.
 */
export type Words = {
  readonly language: string;
  /** Words that nearly every sentence has; they show in which language a text is. */
  readonly common: string;
  /** The numbers from one to ten. */
  readonly numbers: string;
  readonly roles: Readonly<Record<RoleTopic, string>>;
  readonly topics: Readonly<Record<Topic, string>>;
  readonly metrics: Readonly<Record<KnownMetric, string>>;
  /**
   * The more specific aspect comes first: "database connection failures" are errors, "replica query time" is no lag.
   */
  readonly aspects: Readonly<Record<Aspect, string>>;
  /** Writes 1.200.000,5 where English writes 1,200,000.5. */
  readonly decimalComma?: true;
};
