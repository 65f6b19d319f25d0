/** Doubts about results that the text calls good and the exit code calls bad: "`pgrep x` finds nothing", "exit code 2 is fine". */
import {isRun} from '../../action-traits.ts';
import {isDone} from '../../doubt.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {lineOfOffset} from '../../problem.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {linesBelow} from '../lines-above.ts';
import {namedStatusDoubts} from './named-statuses.ts';

export function saidResultDoubts(plan: Plan, lines: LineIndex): FoundDoubt[] {
  return [...namedStatusDoubts(plan, lines), ...plan.steps.flatMap(step => ofStep(step, plan, lines))];
}

function ofStep(step: Step, plan: Plan, lines: LineIndex): FoundDoubt | [] {
  if (!isDone(lines.byId.get(step.section)?.use) || !isRun(step)) return [];
  // A readable expectation is judged, and says when the command has done well.
  if (step.expectations.some(({readable}) => readable)) return [];
  const below = linesBelow(step, plan, lines);
  const end = Math.min(Math.max(step.endLine, ...below.map(({line}) => line)), step.line + LINES_MAX);
  const found = nothingIn(step, end, plan.source) ?? exitCodeIn(step, end, plan.source);
  if (found === undefined) return [];
  return {
    code: 'expectation-assumed' as const,
    line: found.line,
    steps: [step.id],
    message: `"${found.said}" is judged by nothing: the command counts as done when it ends with 0`,
    because: found.said,
    settle: 'write what it must print ("# Expected: no output"), do it by hand, or confirm that its exit code tells it',
  };
}

const LINES_MAX = 100;

type Said = {line: number; said: string};

/** "`pgrep -f worker` without a result": while it finds one, it ends with 0. */
function nothingIn(step: Step, end: number, source: readonly string[]): Said | undefined {
  const text = source.slice(step.line - 1, end).join('\n');
  for (const {text: command} of commandsOf(step)) {
    const at = text.indexOf(`\`${command}\``);
    const said = at === -1 ? undefined : NOTHING_BEHIND.exec(text.slice(at + command.length + 2))?.[0];
    if (said === undefined) continue;
    const line = lineOfOffset(step.line, text, at);
    return {line, said: `${command}${said}`.replaceAll(/\s+/g, ' ')};
  }
  return undefined;
}

const NOTHING_BEHIND = phrase`^[\s,:–—→=>*-]*(?:\p{L}+\s+){0,4}?(?:${'nothing'}|${'none-of'}\s+(?:${'expected-what'}|${'rows'}))\>`;

/** "The second one ends with exit code 2, which is right." */
function exitCodeIn(step: Step, end: number, source: readonly string[]): Said | undefined {
  for (let line = step.line; line <= end; line += 1) {
    const said = EXIT_CODE.exec((source[line - 1] ?? '').replaceAll(/[*_\x60]/g, ''))?.[0];
    if (said !== undefined) return {line, said};
  }
  return undefined;
}

const EXIT_CODE = phrase`\<${'exit-code'}\s?[:=]?\s?[1-9]\d{0,2}(?!\d)`;
