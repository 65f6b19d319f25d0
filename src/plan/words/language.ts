/** The table of a language: all that is known of it. */
import type {RoleTopic, Topic} from './topics.ts';

/** Different words for what every service has. */
export type KnownMetric =
  | 'error rate'
  | 'response time'
  | 'memory'
  | 'cpu usage'
  | 'database connections'
  | 'complaints';

/**
 * What a rule or a signal is about. A rule is never fed by a signal of another aspect: connections that fail are not
 * connections in use, however alike the two lines read.
 */
export type Aspect =
  | 'errors'
  | 'memory'
  | 'processor'
  | 'disk'
  | 'connections'
  | 'query'
  | 'lag'
  | 'success'
  | 'uptime'
  | 'duration'
  | 'latency';

/** All that is known of a language. The compiler asks every language for every word; '' where it has none. */
export type Words = {
  readonly language: string;
  /** Words that nearly every sentence of it has, by which a text is known to be in it. */
  readonly common: string;
  /** The numbers from one to ten. */
  readonly numbers: string;
  readonly roles: Readonly<Record<RoleTopic, string>>;
  readonly topics: Readonly<Record<Topic, string>>;
  readonly metrics: Readonly<Record<KnownMetric, string>>;
  /** By how much a word says: "database connection failures" are failures, "replica query time" is a lag of nothing. */
  readonly aspects: Readonly<Record<Aspect, string>>;
  /** Writes 1.200.000,5 where English writes 1,200,000.5. */
  readonly decimalComma?: true;
};
