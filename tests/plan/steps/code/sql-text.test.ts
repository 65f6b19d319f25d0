import {describe, expect, test} from 'vitest';
import {looksLikeSql, readSql} from '../../../../src/plan/steps/code/sql-text.ts';

function body(...lines: readonly string[]) {
  return lines.map((text, index) => ({line: index + 1, text}));
}

describe('readSql', () => {
  test('parts statements at semicolons that are not inside anything', () => {
    const {statements} = readSql(
      body(`select ';' as a; select "b;c"`, '  from t;', 'do $x$ begin; end $x$;', '/* ; */ select 3'),
    );
    expect(statements.map(({line, text}) => [line, text])).toEqual([
      [1, `select ';' as a;`],
      [1, `select "b;c"\n  from t;`],
      [3, 'do $x$ begin; end $x$;'],
      [4, 'select 3'],
    ]);
  });

  test('gives an expectation to the statement above it, or to the first', () => {
    const {statements, comments} = readSql(
      body('-- Expected: 1 row', 'select 1;', 'select 2;', '-- Expected: 14+ indexes', '-- remark'),
    );
    expect(statements.map(({expectations}) => expectations.map(({line}) => line))).toEqual([[1], [4]]);
    expect(comments).toEqual(['remark']);
  });

  test('keeps comments out of the statement, and two dashes inside a literal in it', () => {
    const {statements} = readSql(body("select '--x' -- why", 'from t;'));
    expect(statements.map(({text}) => text)).toEqual(["select '--x'\nfrom t;"]);
  });
});

test.each([
  ['SELECT 1', true],
  ['-- note', false],
  ['with a as (select 1) select * from a', true],
  ['update the wiki', false],
  ['delete from logs', true],
  ['create a ticket', false],
])('%j is SQL: %s', (text, is) => {
  expect(looksLikeSql(body(text))).toBe(is);
});
