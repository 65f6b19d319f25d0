/** Reads and words the probes of logs and PostgreSQL, whose keys depend on each other; refuses unusable patterns. */
import {compact} from '../../text/compact.ts';
import {whyNoPattern} from '../../text/pattern.ts';

/** Why a pattern is refused, with the pattern; undefined when it is usable. */
export function refusedPattern(pattern: string): string | undefined {
  const why = whyNoPattern(pattern);
  return why === undefined ? undefined : `\`${pattern}\` ${why}`;
}

/** The number of groups. With an empty alternative the expression matches anything, and the match shows the groups. */
function groupsIn(pattern: string): number {
  return (new RegExp(`${pattern}|`).exec('')?.length ?? 1) - 1;
}

/**
 * Counts the matching lines of a log source since the last sample. `of`: as the share of the lines of another source,
 * or of the samples of another probe. `per`: as a rate.
 */
export type CountedLog = {log: string; count: string; of?: string; per?: 'minute'};

/** Gives one sample for each number that the first group of a pattern captures from a log source. */
export type CapturedLog = {log: string; capture: string};

type GivenLog = {
  count?: string | undefined;
  capture?: string | undefined;
  of?: string | undefined;
  per?: 'minute' | undefined;
};
type ReadLog = ({kind: 'log'} & CountedLog) | ({kind: 'capture'} & CapturedLog);

export function ofLog({count, capture, of, per}: GivenLog, log: string): ReadLog | string {
  if (capture !== undefined) {
    if (count !== undefined) return 'has count and capture; keep one of them';
    if (of !== undefined || per !== undefined) return '`of` and `per` go with `count`; remove them';
    const why = refusedPattern(capture);
    if (why !== undefined) return why;
    if (groupsIn(capture) === 0)
      return `\`${capture}\` captures nothing; put the number in brackets: took ([0-9.]+) ms`;
    return {kind: 'capture', log, capture};
  }
  if (count === undefined) return 'counts nothing; add `count: PATTERN`, or `capture: PATTERN`';
  const why = refusedPattern(count);
  if (why !== undefined) return why;
  if (of !== undefined && per !== undefined) return 'has of and per; a share is no rate, keep one of them';
  return compact({kind: 'log', log, count, of, per});
}

export const POSTGRES_FIGURES = ['connections', 'statements', 'replication-lag'] as const;
export type PostgresFigure = (typeof POSTGRES_FIGURES)[number];

export const POSTGRES_ASPECTS = {connections: 'connections', statements: 'query', 'replication-lag': 'lag'} as const;

/**
 * What a PostgreSQL server measures itself. `like`: an SQL pattern, for `connections` of application names, for
 * `statements` of queries. `pool`: the size of which the connections are a share, instead of the server's own limit.
 */
export type PostgresFields = {about: PostgresFigure; on?: string; like?: string; pool?: number};

type GivenPostgres = {on?: string | undefined; like?: string | undefined; pool?: number | undefined};
type ReadPostgres = {kind: 'postgres'} & PostgresFields;

export function ofPostgres({on, like, pool}: GivenPostgres, about: PostgresFigure): ReadPostgres | string {
  if (pool !== undefined && about !== 'connections') return '`pool` goes with `postgres: connections`; remove it';
  if (pool === 0) return '`pool` is 0; write how many connections it holds';
  if (like !== undefined && about === 'replication-lag') return '`like` says nothing about a lag; remove it';
  return compact({kind: 'postgres', about, on, like, pool});
}

/** Words behind a name: ` per minute`, `, of requests`. */
export function shareWords({of, per}: {of?: string; per?: string}): string {
  if (per !== undefined) return ` per ${per}`;
  return of === undefined ? '' : `, of ${of}`;
}

export function postgresWords({about, like, pool}: PostgresFields): string {
  switch (about) {
    case 'connections':
      return `connections${like === undefined ? '' : ` of ${like}`}, of ${pool === undefined ? 'the server limit' : `a pool of ${pool}`}`;
    case 'statements':
      return `mean time of ${like === undefined ? 'all statements' : `statements like ${like}`}`;
    case 'replication-lag':
      return 'replication lag';
  }
}
