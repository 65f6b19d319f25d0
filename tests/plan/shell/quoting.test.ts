import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {bindText} from '../../../src/plan/shell/placeholders.ts';
import {quoteForShell} from '../../../src/plan/shell/quoting.ts';

const UNUSABLE = {name: '<x>', because: expect.any(String)};

test('a word is left bare only when a shell reads nothing into it', () => {
  expect(quoteForShell('/srv/app-1.2')).toBe('/srv/app-1.2');
  expect(quoteForShell('2')).toBe("'2'");
  expect(quoteForShell('A=b')).toBe("'A=b'");
  expect(quoteForShell('done')).toBe("'done'");
  expect(quoteForShell("it's")).toBe("'it'\\''s'");
  expect(quoteForShell('~')).toBe("'~'");
});

describe('in a shell a value is data', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'placeholders-'));
  });
  afterAll(() => rmSync(directory, {recursive: true}));

  /** Each prints the value and nothing else. */
  const printing = [
    "printf '%s' <x>",
    'printf "%s" "<x>"',
    "printf '%s' '<x>'",
    'printf "%s" "$(printf "%s" "<x>")"',
    'printf "%s" "$(printf %s <x>)"',
    'v=<x>; printf \'%s\' "$v"',
    'v="<x>"; printf "%s" "$v"',
    "if true; then printf '%s' <x>; fi",
    "(printf '%s' <x>)",
    "{ printf '%s' <x>; } 2>&1",
    'for v in <x>; do printf \'%s\' "$v"; done',
    "printf '%s' <x> # <x> 'unfinished",
    "echo it\\'s >/dev/null; printf '%s' <x>",
    "printf '%s' <x> | cat",
    "printf '%s' \\\n  <x>",
    'v=1; printf "%s" ${v:+}<x>',
    "a=\"it's\"; printf '%s' <x>",
    "printf '%s' \"$(: '(' ; printf '%s' '<x>')\"",
  ];

  const heredocs = [
    'cat <<EOF\n<x>\nEOF\n',
    "cat <<'EOF'\n<x>\nEOF\n",
    'cat <<-EOF\n\t<x>\n\tEOF\n',
    'cat <<EOF | cat\n<x>\nEOF\n',
  ];

  /** Places where only harmless values may stand; anything else must be refused. */
  const entangled = [
    'sh -c "printf %s <x>"',
    "sh -c 'printf %s <x>'",
    'bash -c "echo \'<x>\'"',
    'eval printf %s <x>',
    'printf %s `printf %s <x>`',
    'printf %s "`printf %s <x>`"',
    'printf %s "${HOME:-<x>}"',
    'printf %s $((<x>))',
    'printf %s \\<x>',
    'printf %s "\\<x>"',
    'printf %s "$<x>"',
    'printf %s $<x>',
    "printf %s $'<x>'",
    'echo "<x>" | sh',
    'sh <<EOF\necho <x>\nEOF\n',
    'cat <<EOF\n$(echo <x>)\nEOF\n',
    'cat <<EOF\n$<x>\nEOF\n',
    'sh 2>&1 -c "echo <x>"',
    'find . -maxdepth 0 -exec sh -c "echo <x>" \\;',
    'awk "BEGIN{print \\"<x>\\"}"',
    'sed s/a/<x>/ /dev/null',
    'echo | xargs -I{} sh -c "echo <x>"',
    'c="sh -c"; $c "echo <x>"',
    'printf %s "$(case a in a) printf %s <x>;; esac)"',
    'v=\'x\'; printf %s "${v%"}"}<x>"',
    'echo <x> |\n  sh',
    '(echo <x>) | bash',
    'echo <x> | (cat; sh)',
    'ssh localhost "$(echo <x>)"',
    'python3 -c <x>',
    'export <x>',
    'printf -v <x> %s a',
    'printf %s "{{ " }} <x>"',
    'if true; then echo <x>',
  ];

  const hostile = [
    'x; touch CANARY #',
    '$(touch CANARY)',
    '`touch CANARY`',
    "'; touch CANARY; '",
    '"; touch CANARY; "',
    '\'"; touch CANARY; "\'',
    '\\"; touch CANARY; \\"',
    "\\'; touch CANARY; \\'",
    '| touch CANARY',
    '&& touch CANARY',
    '\ntouch CANARY\n',
    '(touch CANARY)',
    '{HOME}$(touch CANARY)',
    'a[$(touch CANARY)]',
    '}; touch CANARY; {',
    ') touch CANARY',
    ';; esac; touch CANARY',
    'EOF\ntouch CANARY\n',
    'x; touch CANARY $(id) \'q\' "d" \\',
    '-n * ~ {a,b} ? !! %s \\n # end',
    '\\',
    '$',
    "'",
    'then',
  ];

  const shells = ['sh', 'bash'].filter(shell => spawnSync(shell, ['-c', 'true']).status === 0);

  /** What each prints, run by a shell of its own. One more shell starts them: from here each would take five times as long. */
  function printedBy(shell: string, scripts: readonly string[]): readonly string[] {
    const each = 'for text; do "$0" -c "$text" || exit; printf "\\0"; done';
    const printed = execFileSync(shell, ['-c', each, shell, ...scripts], {cwd: directory, encoding: 'utf8'});
    return printed.split('\0').slice(0, -1);
  }

  test.each(printing)('and comes out as it went in: %s', template => {
    const bound = hostile.map(value => bindText(template, () => value, 'shell'));
    expect(bound.flatMap(({missing}) => missing)).toEqual([]);
    // A substitution drops line ends at the end, whoever wrote them.
    const wanted = hostile.map(value => (template.includes('$(') ? value.replace(/\n+$/, '') : value));
    const scripts = bound.map(({text}) => text);
    for (const shell of shells) expect(printedBy(shell, scripts)).toEqual(wanted);
    expect(existsSync(join(directory, 'CANARY'))).toBe(false);
  });

  test.each(heredocs)('and in a here-document, unless it would end it: %j', template => {
    const bound = hostile.map(value => ({value, ...bindText(template, () => value, 'shell')}));
    for (const {value, missing} of bound) if (missing.length > 0) expect(value).toContain('EOF');
    const safe = bound.filter(({missing}) => missing.length === 0);
    const scripts = safe.map(({text}) => text);
    for (const shell of shells) expect(printedBy(shell, scripts)).toEqual(safe.map(({value}) => `${value}\n`));
    expect(bindText(template, () => 'EOF', 'shell').missing).toEqual([UNUSABLE]);
    expect(existsSync(join(directory, 'CANARY'))).toBe(false);
  });

  test.each(entangled)('or is refused where it would be read again: %j', template => {
    for (const value of hostile.filter(one => /[^\w-]/.test(one))) {
      expect(bindText(template, () => value, 'shell')).toMatchObject({text: template, missing: [UNUSABLE]});
    }
    expect(bindText(template, () => 'srv/app-1.2', 'shell').missing).toEqual([]);
  });

  test('holds for every mixture of quotes around it', () => {
    const pieces = ['"', "'", '\\', ' ', '$(', ')', '`', 'a', '#', '\n', '<<E\n', '${x:-', '}', '$', ';'];
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const scripts: string[] = [];
    for (let round = 0; round < 1500; round += 1) {
      const around = Array.from({length: 1 + next(7)}, () => pieces[next(pieces.length)]);
      const behind = Array.from({length: next(5)}, () => pieces[next(pieces.length)]);
      const template = `: ${around.join('')}<x>${behind.join('')}`;
      const value = hostile[next(hostile.length)] ?? '';
      const bound = bindText(template, () => value, 'shell');
      if (bound.missing.length === 0) scripts.push(bound.text);
    }
    expect(scripts.length).toBeGreaterThan(200);
    // One shell that runs each in a shell of its own: a process for each from here would take minutes.
    for (const shell of shells) {
      const each = `for text; do (eval "$text") </dev/null >/dev/null 2>&1; if [ -e CANARY ]; then printf '%s\\0' "$text"; rm CANARY; fi; done`;
      expect(execFileSync(shell, ['-c', each, shell, ...scripts], {cwd: directory, encoding: 'utf8'})).toBe('');
    }
  });
});
