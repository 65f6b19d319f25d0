/** Decides whether SQL surely changes nothing, so that it may be sent again. When in doubt it says no. */
import {matchesOf} from '../../text/matches.ts';

/** A statement that begins otherwise counts as one that changes something. */
const READS = /^(?:select|with|values|table|show|explain)\b/;
/** A change inside a `with`, locked rows, a table from `select … into`, a statement run by `explain analyze`. */
const CHANGES = /\b(?:insert|update|delete|merge|into|share|analyze|call|copy)\b/;

const KEYWORDS =
  'select from where and or not when then else on using as in any all some exists values with join having by between like ilike similar case distinct limit offset union except intersect lateral over filter group within row array cast interval numeric decimal varchar char character timestamp timestamptz time float bit recursive materialized only cube rollup sets order partition escape';
/** Functions of PostgreSQL that have no effect. Any other function may do anything. */
const FUNCTIONS =
  'count sum min max avg coalesce nullif greatest least round floor ceil ceiling abs trunc mod power sqrt sign lower upper initcap length char_length octet_length trim ltrim rtrim btrim substr substring left right replace split_part position strpos overlay lpad rpad reverse concat concat_ws format md5 string_agg array_agg array_length array_to_string cardinality unnest json_agg jsonb_agg json_build_object jsonb_build_object row_to_json to_json to_jsonb jsonb_array_length jsonb_array_elements json_array_elements jsonb_object_keys to_char to_date to_timestamp to_number now clock_timestamp statement_timestamp transaction_timestamp date date_trunc date_part extract age make_interval justify_interval percentile_cont percentile_disc stddev variance bool_and bool_or every row_number rank dense_rank ntile lag lead first_value last_value generate_series current_database current_schema current_setting version pg_size_pretty pg_database_size pg_relation_size pg_total_relation_size pg_table_size pg_indexes_size to_regclass format_type pg_get_indexdef pg_get_constraintdef pg_get_viewdef obj_description col_description has_table_privilege has_schema_privilege pg_is_in_recovery pg_current_wal_lsn pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_wal_lsn_diff pg_postmaster_start_time pg_backend_pid regexp_replace regexp_matches regexp_match';
const HARMLESS: ReadonlySet<string> = new Set(`${KEYWORDS} ${FUNCTIONS}`.split(' '));

export function onlyReads(sql: string): boolean {
  const bare = withoutText(sql);
  if (bare === undefined) return false;
  const statements = bare
    .toLowerCase()
    .split(';')
    .map(one => one.replace(/^[\s(]+/, ''))
    .filter(one => one !== '');
  return statements.every(one => READS.test(one) && !CHANGES.test(one) && callsOnlyHarmless(one));
}

/** Whether all functions are harmless. A qualified or quoted name may be somebody's own function. */
function callsOnlyHarmless(statement: string): boolean {
  const calls = matchesOf(statement, /([\w$."\u0080-\uFFFF]+)\s*\(/g).map(([, name = '']) => name);
  return calls.every(name => HARMLESS.has(name.replace(/^pg_catalog\./, '')));
}

/**
 * Comments, strings and quoted names. A plain string with a backslash is excluded: on a server with old settings it
 * ends elsewhere.
 */
const TEXT = new RegExp(
  [
    /--[^\n]*/,
    /(?<dollar>\$(?:[a-z_]\w*)?\$)[\s\S]*?\k<dollar>/,
    /\be'(?:[^'\\]|\\[\s\S]|'')*'/,
    /'(?:[^'\\]|'')*'/,
    /"(?:[^"]|"")*"/,
  ]
    .map(({source}) => source)
    .join('|'),
  'giu',
);

/**
 * The SQL without comments, with marks in place of strings and quoted names; undefined where it is uncertain where one
 * ends.
 */
function withoutText(sql: string): string | undefined {
  const bare = sql.replace(TEXT, found => {
    if (found.startsWith('--')) return ' ';
    return found.startsWith('"') ? ' " ' : ' 0 ';
  });
  return /['\\$]|\/\*/.test(bare.replace(/\w\$|\$\d/g, ' ')) ? undefined : bare;
}
