/** Doubts about commands that somebody named in the text does: "Marek runs `x`", "Ask Ana to run `x`". */
import {leadsOn} from '../../../text/leads-on.ts';
import {isRun} from '../../action-traits.ts';
import {commandsOf, type Plan, requestsOf, type Step} from '../../plan.ts';
import {personBefore} from '../../words/named-users.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import type {Leads} from '../lines-above.ts';

export function peopleDoubts({steps, source}: Plan, {byId}: LineIndex, leadsOf: Leads): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt | [] => {
    if (!USES.test(byId.get(step.section)?.use ?? '') || !isRun(step)) return [];
    const said = besideCommand(step, source) ?? aboveCommands(step, source, leadsOf);
    if (said === undefined) return [];
    return {
      code: 'role-assumed',
      line: said.line,
      steps: [step.id],
      message: `line ${said.line} reads as if somebody else did what follows: "${(source[said.line - 1] ?? '').trim().slice(0, SHOWN_MAX)}"`,
      because: said.person,
      settle: 'confirm that it runs from here, do it by hand, or leave it out',
    };
  });
}

const USES = /^(?:run|watch|rollback)$/;
const SHOWN_MAX = 100;

type Said = {line: number; person: string};

function besideCommand(step: Step, source: readonly string[]): Said | undefined {
  for (const {line, text} of partsOf(step)) {
    const raw = source[line - 1] ?? '';
    const at = raw.indexOf(`\`${text.split('\n')[0]}`);
    // In a row, only the cell of the command leads to it.
    const before = at < 0 ? '' : (raw.slice(0, at).split('|').at(-1) ?? '');
    const person = before.trim() === '' ? undefined : personBefore(before);
    if (person !== undefined) return {line, person};
  }
  return undefined;
}

function partsOf(step: Step): {line: number; text: string}[] {
  return [...commandsOf(step), ...requestsOf(step).map(({line}) => ({line, text: 'curl'}))];
}

/** "Marek does this on the console:" above a block. */
function aboveCommands(step: Step, source: readonly string[], leadsOf: Leads): Said | undefined {
  const first = Math.min(...partsOf(step).map(({line}) => line));
  const above = leadsOf(step).filter(({line, as}) => as !== 'comment' && line < first);
  const line = Math.max(...above.map(one => one.line));
  const raw = source[line - 1];
  const person = raw === undefined || !leadsOn(raw) ? undefined : personBefore(raw);
  return person === undefined ? undefined : {line, person};
}
