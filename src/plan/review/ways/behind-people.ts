/** Doubts about commands of a rollback behind work that a person does in it: R does not wait for that person. */
import {hazardsOf} from '../../hazards/hazards.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {readsOnly} from '../../shell/read-only/looks.ts';
import {NO_COMMAND} from '../../words/orders.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt} from '../found-doubt.ts';
import {letteredWays} from './lettered-ways.ts';

/**
 * "1. Put the old version back in `.env`", "2. `docker compose up -d`": what destroys or starts may need the work above
 * it, and so does whatever changes something directly behind it; one for each command.
 */
export function behindPeopleDoubts(plan: Plan): FoundDoubt[] {
  const {steps, rollback, rollbacks} = plan;
  const wayOf = letteredWays(plan);
  const all = rollbacks ?? (rollback === null ? [] : [rollback]);
  const byId = new Map(steps.map(step => [step.id, step]));
  return all.flatMap(({steps: ids}) => {
    let before: Step | undefined;
    let isDirectly = false;
    return ids.flatMap((id): FoundDoubt | [] => {
      const step = byId.get(id);
      if (step === undefined) return [];
      // What is done in another way back is not done in this one.
      if (before !== undefined && wayOf(before) !== wayOf(step)) before = undefined;
      if (isWork(step)) before = step;
      const own = commandsOf(step);
      const command =
        own.find(({text}) => destroys(text)) ??
        (before === undefined || !isChange(before) ? undefined : own.find(({text}) => needs(text, isDirectly)));
      isDirectly = step === before;
      if (before === undefined || command === undefined) return [];
      return {
        code: 'rollback-assumed',
        line: command.line,
        steps: [id],
        message: `R runs line ${command.line} without waiting for line ${before.line}, which a person does: "${before.title.slice(0, SHOWN_MAX)}"`,
        because: before.title.slice(0, SHOWN_MAX),
        settle: 'confirm that it does not need that work, or do it by hand',
      };
    });
  });
}

function needs(text: string, isDirectly: boolean): boolean {
  return STARTS.test(text) || (isDirectly && !readsOnly(text) && !CALLS.test(text));
}

/** Not what a person only looks at. */
function isChange({title}: Step): boolean {
  return !LOOKS.test(title);
}

/** Not what a person only tells others, or has agreed with them. */
function isWork({action, title, gate}: Step): boolean {
  return action.kind === 'manual' && gate !== true && !NO_COMMAND.test(title);
}

function destroys(text: string): boolean {
  return hazardsOf(text, false).some(({code}) => code === 'destructive-command' || code === 'irreversible-command');
}

/** Another service, which does not start what the person changes here. */
const CALLS = /^\s*curl\s|:\/\//;
const LOOKS = phrase`^\W*${'look'}\>|^[^,;:]*\s${'look'}\W*$`;
/** "systemctl restart api", "systemctl enable --now api", "docker compose up -d". */
const STARTS =
  /\s(?:(?:re)?start|up|resume|unpause|promote)(?![\w-])|(?:^|\s)mount\s|\senable\s(?:.*\s)?--now(?!\S)|\s--now\s(?:.*\s)?enable(?!\S)/;
const SHOWN_MAX = 80;
