import {describe, expect, test} from 'vitest';
import {handsOnPipeline, hasFailed, watchPipelines} from '../../../src/plan/shell/pipelines.ts';

const watched = (text: string) =>
  watchPipelines(text, {part: number => `W${number}`, pipeline: numbers => `P${numbers.join('')}`});

describe('the parts of a pipeline before its last are watched', () => {
  test.each([
    ['pg_dump app | gzip > app.gz', '{ { W0; pg_dump app; } | gzip > app.gz; P0; }'],
    ['a | b | c && d | e', '{ { W0; a; } | { W1; b; } | c; P01; } && { { W2; d; } | e; P2; }'],
    ['x=$(a | b)', 'x=$({ { W0; a; } | b; P0; })'],
    ['echo "`a | b`"', 'echo "`{ { W0; a; } | b; P0; }`"'],
    ['if ! a | b; then c; fi', 'if ! { { W0; a; } | b; P0; }; then c; fi'],
    ['until a | b; do c; done', 'until { { W0; a; } | b; P0; }; do c; done'],
    ['f() { a | b; }', 'f() { { { W0; a; } | b; P0; }; }'],
    ['(a | b) | c', '{ { W0; ({ { W1; a; } | b; P1; }); } | c; P0; }'],
    ['a | (b | c)', '{ { W0; a; } | ({ { W1; b; } | c; P1; }); P0; }'],
    ['cat <<E | sh\n1 | 2\nE', '{ { W0; cat <<E; } | sh; P0; }\n1 | 2\nE'],
    ['a | cat <<E &\n1\nE', '{ { W0; a; } | cat <<E; P0; } &\n1\nE'],
    ['a \\\n  | b', '{ { W0; a; } \\\n  | b; P0; }'],
    ['a |& b', '{ { W0; a; } |& b; P0; }'],
  ])('%j', (text, expected) => {
    expect(watched(text).text).toBe(expected);
  });

  test.each([
    "echo 'a | b'",
    'a || b',
    'case $x in a | b) c ;; esac',
    'echo $((1 | 2))',
    'a | (',
    'echo ok',
    'time a | b',
    'a | b; echo ${PIPESTATUS[0]}',
  ])('%j has none, or cannot be read', text => {
    expect(watched(text)).toEqual({text, parts: []});
  });
});

describe('a part has failed', () => {
  test.each([
    ['pg_dump app | gzip', 1, true],
    ['sudo -u postgres pg_dump app | gzip', 1, true],
    ['pg_dump app | gzip', 141, false],
    ['ps aux | grep node | wc -l', 1, true],
    ['grep ERROR log | wc -l', 1, false],
    ['grep ERROR log | wc -l', 2, true],
    ['/usr/bin/diff a b | tee out', 1, false],
    ['curl -s https://example.net | head -5', 23, false],
    ['journalctl | grep -q started', 1, false],
    ['journalctl | grep started', 1, true],
    ['cat log | sed 10q', 2, false],
  ])('%j, %i: %s', (text, status, expected) => {
    const [part] = watched(text).parts;
    expect(part === undefined ? undefined : hasFailed(part, status)).toBe(expected);
  });
});

test.each([
  ['ssh db "pg_dump app | gzip" > app.gz', true],
  ["sudo sh -c 'a | b'", true],
  ["docker exec db sh -c 'a | b'", true],
  ['ssh db <<EOF\na | b\nEOF', true],
  ['a | ssh db "cat > b"', false],
  ['ssh db "a || b"', false],
  ['a | xargs -n 1 b', false],
])('%j hands a pipeline on: %s', (text, expected) => {
  expect(handsOnPipeline(text)).toBe(expected);
});
