import {describe, expect, test} from 'vitest';
import {loadPlan} from '../../../src/engine/opening/load-plan.ts';
import {missingTexts} from '../../../src/plan/script.ts';
import {checkPage} from '../../../src/report/check/check-page.ts';
import {initialState} from '../../../src/run/evolve.ts';
import {bindStep, missingIn} from '../../../src/run/requests/bind-step.ts';
import {engineLookup} from '../../../src/run/requests/lookups.ts';

function loaded(lines: readonly string[], value: string, secret = false) {
  const bindings = {text: `values: {"<x>": {value: ${JSON.stringify(value)}, secret: ${secret}}}\n`, file: 't.yaml'};
  return loadPlan({checklist: Buffer.from(`${lines.join('\n')}\n`), bindings, values: {}, env: {}});
}

function said({plan}: ReturnType<typeof loaded>) {
  return plan.problems.filter(({code}) => code === 'unusable-value');
}

/** What the run says of its first step. */
function refused({plan, bindings}: ReturnType<typeof loaded>): string {
  const [step] = plan.steps;
  if (step === undefined) throw new Error('no step');
  const lookup = engineLookup(bindings, initialState);
  const bound = bindStep(step, {plan, state: initialState, lookup, attempt: 1, rollback: false});
  return bound.kind === 'unbound' ? missingTexts(bound.missing).join('; ') : '';
}

const bash = (...lines: readonly string[]) => ['## Deploy', '```bash', ...lines, '```'];

describe('a value that cannot stand where the document asks for it', () => {
  test.each([
    ['read by a second shell', bash('cd /srv', `sh -c 'echo <x>'`), 'two words', 4],
    ['read by another program', bash(`python -c "print('<x>')"`), `it's`, 3],
    ['an option of a command that is read again', bash('sh -c "ls <x>"'), '-la', 3],
    ['in a here-document that it would end', bash('cat <<EOF', '<x>', 'EOF'), 'a\nEOF\nb', 4],
    ['in a body of SQL', ['## Deploy', '```sql', 'do $$ begin perform <x>; end $$;', '```'], '1; drop table t', 3],
    ['left to curl', bash(`curl -L --resolve a:80:127.0.0.1 -H "X: $(echo '<x>')" http://a/`), 'zero\0byte', 3],
    ['followed', bash(`sh -c 'tail -f <x>'`), 'my log', 3],
  ])('is named by the check with its line, and refused by the run in the same words: %s', (_, lines, value, line) => {
    const plan = loaded(lines, value);
    const [problem, ...more] = said(plan);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      severity: 'warning',
      line,
      message: expect.stringMatching(/^the value of <x> cannot be used there: /),
    });
    expect(problem?.hint).toContain('values:');
    expect(refused(plan)).toBe(problem?.message);
    expect(problem?.message).not.toContain('unbound');
  });

  test('keeps the check from calling the document runnable', () => {
    const page = (value: string) => {
      const {plan, bindings, standing: reviewing} = loaded(bash(`sh -c 'echo <x>'`), value);
      return checkPage(plan, {
        width: 100,
        colour: false,
        ascii: false,
        file: 'd.md',
        bindings,
        reviewing,
        connects: false,
        program: 'tminus',
      } as unknown as Parameters<typeof checkPage>[1]);
    };
    expect(page('two words')).toContain('runnable after changing 1 value');
    expect(page('one')).not.toContain('changing');
  });

  test('is not shown when it is a secret', () => {
    const [problem] = said(loaded(bash(`sh -c 'echo <x>'`), 'two words', true));
    expect(problem?.message).toMatch(/^the value of <x>/);
    expect(JSON.stringify(problem)).not.toContain('two words');
  });
});

describe('a value that can stand there', () => {
  test.each([
    ['quoted', bash(`echo "<x>" '<x>' <x>`), `two 'words' "and" $more`],
    ['plain, read twice', bash(`sh -c 'echo <x>'`), 'one-2.3'],
    ['in a comment', bash(`sh -c 'uptime' # of <x>`), 'two words'],
  ])('is no problem: %s', (_, lines, value) => {
    const plan = loaded(lines, value);
    expect(said(plan)).toEqual([]);
    expect(refused(plan)).toBe('');
  });

  test('is none either as a secret, which eyes see replaced', () => {
    const {plan} = loaded(bash(`sh -c 'echo <x>'`), 'one-2.3', true);
    const [step] = plan.steps;
    expect(step === undefined ? undefined : missingIn(plan, initialState, step)).toEqual([]);
  });
});
