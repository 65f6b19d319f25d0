/** Doubts about waiting that nothing does: a comment that asks for it, and a log that is followed between commands. */
import {traitsOf} from '../action-traits.ts';
import {commandsOf, type Plan, type Step} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';
import type {Leads} from './lines-above.ts';

export function waitDoubts({steps, source}: Plan, {byId}: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const own = steps.filter(
    step => RUNS.test(byId.get(step.section)?.use ?? '') && traitsOf(step.action).by === 'engine',
  );
  return own.flatMap((step, index) => [...inComments(step, leadsOf), ...behindLog(step, own[index - 1], source)]);
}

const RUNS = /^(?:run|rollback)$/;

/** `# wait until busy is 0` above a command that does not wait. */
function inComments(step: Step, leadsOf: Leads): FoundDoubt[] {
  const commands = commandsOf(step);
  const asked = leadsOf(step).find(({line, text, as}) => {
    const next = commands.find(command => command.line >= line);
    return as === 'comment' && WAIT.test(text) && next !== undefined && !WAITS.test(next.text);
  });
  if (asked === undefined) return [];
  return [
    {
      code: 'condition-assumed',
      line: asked.line,
      steps: [step.id],
      message: `line ${asked.line} asks to wait, and nothing waits there: "${asked.text.slice(0, SHOWN_MAX)}"`,
      because: asked.text.slice(0, SHOWN_MAX),
      settle: 'confirm that the commands below need no wait, or do them by hand',
    },
  ];
}

const WAIT = phrase`^\W*${'wait'}\>`;
/** Commands that wait, or show what is waited for. */
const WAITS =
  /\b(?:sleep|wait\S*|until|while|watch|timeout|rollout\s+status|tail\s+-[fF]|--follow|journalctl\s.*-f)\b|\s-f\b/;
const SHOWN_MAX = 100;

/** `watch queue-length` and a command behind it in one block: the run follows the first, and goes on. */
function behindLog(step: Step, before: Step | undefined, source: readonly string[]): FoundDoubt[] {
  const first = commandsOf(step)[0]?.line;
  if (before?.action.kind !== 'tail' || before.section !== step.section || first === undefined) return [];
  const isOneBlock = source.slice(before.line, first - 1).every(text => text.trim() !== '' && !CODE_MARK.test(text));
  if (!isOneBlock) return [];
  return [
    {
      code: 'condition-assumed',
      line: first,
      steps: [step.id],
      message: `line ${before.line} is watched until somebody has seen enough, and ${first === before.line ? 'its next command' : `line ${first}`} would not wait for that`,
      because: (source[before.line - 1] ?? '').trim().slice(0, SHOWN_MAX),
      settle: 'confirm that it need not wait, or do it by hand',
    },
  ];
}

const CODE_MARK = /^\s*(?:`{3,}|~{3,})/;
