import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {hazardsOf} from '../../../src/plan/hazards/hazards.ts';
import {commandsOf, type Plan, requestsOf} from '../../../src/plan/plan.ts';
import {looksLikeCommand} from '../../../src/plan/shell/command-likeness.ts';
import {readShell, type ShellLine} from '../../../src/plan/shell/shell-lines.ts';
import {shellPositions} from '../../../src/plan/shell/text-positions.ts';
import {variablesOf} from '../../../src/plan/shell/variables.ts';
import {contentOf} from '../../../src/plan/steps/code/block-language.ts';
import {planOf} from '../../helpers/plan-view.ts';

/** Signs that mean something to a shell, words that open and close, and whatever else there is. */
const piece = fc.oneof(
  fc.constantFrom(
    ...`" ' \\ $( ) \` # ; | && || & { } ( ) < > << <<EOF EOF <<'E' E \${x:- \${ $(( )) [[ ]] if then fi for in do done case esac while function
    f() $ user@host:~$ psql=# >>> PS> <commit> [name of pod] {{ x }} ssh kubectl rm -rf curl -X docker exec -it sh -c cd /srv OR # Option
    sudo xargs find -exec`.split(/\s+/),
  ),
  fc.string({maxLength: 6}),
  fc.string({unit: 'binary', maxLength: 4}),
  fc.constantFrom(' ', '\t', '  '),
);
const line = fc.array(piece, {maxLength: 8}).map(pieces => pieces.join(' ').replaceAll(/[\r\n]/g, ' '));
const body = fc.array(line, {maxLength: 14}).map(lines => lines.map((text, index) => ({line: index + 1, text})));

describe('any text', () => {
  test('in a code block is read, without an exception and without an end in sight', () => {
    fc.assert(
      fc.property(body, fc.constantFrom('', 'bash', 'sql', 'console'), (lines, language) => {
        contentOf(language, lines);
        const text = lines.map(one => one.text).join('\n');
        hazardsOf(text, true);
        variablesOf(text);
        looksLikeCommand(text);
      }),
      {numRuns: 1500},
    );
  });

  test('around a value gives each value one place', () => {
    fc.assert(
      fc.property(line, line, line, (before, between, behind) => {
        const text = `${before}<x>${between}<x>${behind}`;
        const second = before.length + 3 + between.length;
        const fillings = [before.length, second].map(start => ({text: '<x>', start, end: start + 3}));
        expect(shellPositions(text, fillings)).toHaveLength(2);
      }),
      {numRuns: 1500},
    );
  });

  test('loses no line of a code block', () => {
    fc.assert(
      fc.property(body, lines => {
        const read = new Set(readShell(lines).flatMap(coveredBy));
        // Behind the prompt of a continued command there may be nothing.
        const lost = lines.filter(({line: at, text}) => text.replace(/^> /, '').trim() !== '' && !read.has(at));
        expect(lost).toEqual([]);
      }),
      {numRuns: 1500},
    );
  });
});

describe('a plan', () => {
  const told = fc.constantFrom(
    'make build',
    'curl -f https://a.example.net/health',
    'kubectl get pods | grep web',
    'rm -rf /srv/old && cp -r a b',
    'vim .env',
    'docker exec -it web bash',
    'exit',
    'tail -f /var/log/a.log',
    "echo it's",
    'if [ -d x ]; then',
    'fi',
    'ls \\',
    'cat <<EOF > f',
    'EOF',
    "ssh me@web 'make up'",
    'ssh me@web',
    'cd /srv/app',
    '# OR',
    '# If needed',
    '# Option A',
    '# Option B',
    '',
    'Wait for it (really)',
    'make a  # or make b',
    '$ whoami',
    'export A=1',
    'systemctl restart x || service x restart',
  );

  test('accounts for every line of a code block that is to be run', () => {
    fc.assert(
      fc.property(fc.array(told, {minLength: 1, maxLength: 10}), lines => {
        if (lines.some(text => text.startsWith('$ '))) return;
        const plan = planOf('## Deploy', '```bash', ...lines, '```');
        const known = accountedFor(plan);
        const lost = lines.filter(
          (text, index) => !/^\s*(?:#|$)|^(?:cd|ssh) |^exit$/.test(text) && !known(text, index + 3),
        );
        expect(lost).toEqual([]);
      }),
      {numRuns: 1000},
    );
  });
});

function coveredBy(read: ShellLine): number[] {
  if (read.kind !== 'command') return [read.line];
  const own = read.text.split('\n').map((_, index) => read.line + index);
  return [...own, ...(read.output ?? []).map(printed => printed.line)];
}

function accountedFor(plan: Plan): (text: string, line: number) => boolean {
  const texts = plan.steps.flatMap(step => [
    ...commandsOf(step).map(command => command.text),
    ...step.instructions,
    ...(step.action.kind === 'tail'
      ? [step.action.command ?? step.action.file ?? '', ...step.action.alternatives]
      : []),
    ...arms(step.action),
  ]);
  const lines = new Set([
    ...plan.problems.map(problem => problem.line),
    ...plan.steps.flatMap(requestsOf).map(request => request.line),
  ]);
  const all = texts.join('\n');
  return (text, line) => lines.has(line) || all.includes(text.replace(/\s*#.*$/, '').replace(/^tail -f /, ''));
}

function arms(action: Plan['steps'][number]['action']): string[] {
  if (action.kind !== 'script') return [];
  return action.stages.flatMap(stage => (stage.kind === 'alternatives' ? stage.arms.map(arm => arm.label) : []));
}
