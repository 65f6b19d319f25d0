/** Doubts about commands of a rollback behind work that a person does in it: R does not wait for that person. */
import {hazardsOf} from '../../hazards/hazards.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {NO_COMMAND} from '../../words/orders.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt} from '../found-doubt.ts';

/**
 * "1. Stop the server", "2. `pg_restore --clean …`": what destroys may need the work above it, and so does what starts
 * behind a stop; one for each command.
 */
export function behindPeopleDoubts({steps, rollback, rollbacks}: Plan): FoundDoubt[] {
  const all = rollbacks ?? (rollback === null ? [] : [rollback]);
  const byId = new Map(steps.map(step => [step.id, step]));
  return all.flatMap(({steps: ids}) => {
    let before: Step | undefined;
    let stop: Step | undefined;
    return ids.flatMap((id): FoundDoubt | [] => {
      const step = byId.get(id);
      if (step === undefined) return [];
      if (isWork(step)) {
        before = step;
        stop = STOPS.test(step.title) ? step : undefined;
      }
      const needed = commandsOf(step).find(({text}) => destroys(text));
      const command = needed ?? (stop === undefined ? undefined : commandsOf(step).find(({text}) => STARTS.test(text)));
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

/** Not what a person only tells others, or has agreed with them. */
function isWork({action, title, gate}: Step): boolean {
  return action.kind === 'manual' && gate !== true && !NO_COMMAND.test(title);
}

function destroys(text: string): boolean {
  return hazardsOf(text, false).some(({code}) => code === 'destructive-command' || code === 'irreversible-command');
}

const STOPS = phrase`\<${'stops-it'}(?!\p{L})`;
/** "systemctl restart api", "systemctl enable --now api", "docker compose up -d". */
const STARTS =
  /\s(?:(?:re)?start|up|resume|unpause|promote)(?![\w-])|(?:^|\s)mount\s|\senable\s(?:.*\s)?--now(?!\S)|\s--now\s(?:.*\s)?enable(?!\S)/;
const SHOWN_MAX = 80;
