import {describe, expect, test} from 'vitest';
import {readCodeBlockDirectives, readCommentDirectives} from '../../../src/plan/document/directives.ts';

describe('readCodeBlockDirectives', () => {
  test('reads the language and what stands in the braces', () => {
    expect(readCodeBlockDirectives('bash {host=vps timeout=5m name="restart it" skip}', 3)).toEqual({
      language: 'bash',
      directives: {host: 'vps', timeout: '5m', name: 'restart it', skip: 'true'},
      problems: [],
    });
  });

  test.each(['', 'SQL', 'bash title="x"', 'js {1,3-5}', '{.bash #setup}', 'sh {"name": "x"}', 'text {}'])(
    '%j holds none',
    info => {
      expect(readCodeBlockDirectives(info, 1)).toMatchObject({directives: {}, problems: []});
    },
  );

  test('the language does not depend on letter case', () => {
    expect(readCodeBlockDirectives('SQL', 1).language).toBe('sql');
    expect(readCodeBlockDirectives('{host=vps}', 1).language).toBe('');
  });

  test('names the directive that was meant', () => {
    expect(readCodeBlockDirectives('bash {hots=vps wibble=1}', 9).problems).toMatchObject([
      {
        code: 'unknown-directive',
        severity: 'warning',
        line: 9,
        message: 'unknown directive `hots`',
        hint: 'did you mean `host`?',
      },
      {message: 'unknown directive `wibble`', hint: expect.stringContaining('host, timeout') as string},
    ]);
  });
});

describe('readCommentDirectives', () => {
  test('reads its own comments', () => {
    expect(readCommentDirectives("<!-- tminus: probe=health for=30m expect='a b' -->", 4)).toEqual({
      directives: {probe: 'health', for: '30m', expect: 'a b'},
      problems: [],
    });
  });

  test('leaves other comments to others', () => {
    expect(readCommentDirectives('<!-- prettier-ignore -->', 4)).toBeUndefined();
    expect(readCommentDirectives('<br>', 4)).toBeUndefined();
  });

  test('counts lines inside the comment', () => {
    expect(readCommentDirectives('<!-- tminus:\n  host=vps\n  tiemout=5m\n-->', 10)).toMatchObject({
      directives: {host: 'vps'},
      problems: [{line: 12, hint: 'did you mean `timeout`?'}],
    });
  });
});
