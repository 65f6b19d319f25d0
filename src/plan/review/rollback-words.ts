/** Doubts about cases that a rollback names beside its commands. */
import type {Plan, Step} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';
import {isAskedBefore} from './lead-ins.ts';
import type {Leads} from './lines-above.ts';

export function rollbackWordDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const own = plan.steps.filter(({section}) => lines.byId.get(section)?.use === 'rollback');
  return own.flatMap(step => (isAskedBefore(step) ? [] : casesOf(step, leadsOf)));
}

/** "**Database** (only if 5.4 was done)" above what is run. */
function casesOf(step: Step, leadsOf: Leads): FoundDoubt[] {
  const lead = leadsOf(step).find(({text}) => CASE.test(text));
  if (lead === undefined) return [];
  return [
    {
      code: 'condition-assumed',
      line: lead.line,
      steps: [step.id],
      message: `line ${lead.line} reads as if what follows were for some cases only: "${lead.text.slice(0, SHOWN_MAX)}"`,
      because: CASE.exec(lead.text)?.[0] ?? lead.text,
      settle: 'confirm that it always runs, do it by hand, or leave it out',
    },
  ];
}

const CASE = phrase`\(\s*(?:${'only'}\s+)?(?:${'condition'}|${'only'})\s[^()]*\)`;
const SHOWN_MAX = 100;
