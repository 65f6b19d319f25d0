/** Tables with a column for each host: "| | play2 | play1 |". What a row does on which of them, and when, a person decides. */
import type {HostNames} from '../../phrases/host-mentions.ts';
import {commandsOfStage} from '../../plan.ts';
import {type Column, type Found, type FoundStep, stepsIn} from '../found.ts';

/** The heads that name hosts: known ones, or the same word with several numbers; undefined for fewer than two. */
export function hostColumnsIn(columns: readonly Column[], names: HostNames): readonly string[] | undefined {
  const heads = columns.flatMap(({head}) => (names.has(head.toLowerCase()) || COUNTED.test(head) ? [head] : []));
  const families = new Set(heads.map(head => COUNTED.exec(head)?.[1] ?? ''));
  return heads.length > 1 && families.size === 1 ? heads : undefined;
}

const COUNTED = /^([a-z][a-z-]{2,})\d{1,3}$/;

/** The column ahead of them says what each row is about. */
export function withNamedRows(columns: readonly Column[]): readonly Column[] {
  const [first, ...others] = columns;
  return first === undefined || first.head !== '' ? columns : [{...first, kinds: ['step']}, ...others];
}

/** One question for all rows with commands. */
export function askedPerHost(found: Found, hosts: readonly string[]): Found {
  const asked = stepsIn(found.things).flatMap(step => {
    const command = firstCommand(step);
    if (command === undefined) return [];
    const doubt = {
      code: 'place-assumed' as const,
      line: command.line,
      message: `this table has a column for each of ${hosts.join(', ')}: its commands run once, one row after the other, and other words in these columns are read into nothing`,
      because: command.text,
      settle: 'write the steps of each host out, or do them by hand',
    };
    return [{kind: 'doubt' as const, of: step, doubt}];
  });
  return {...found, things: [...found.things, ...asked]};
}

function firstCommand({action}: FoundStep): {line: number; text: string} | undefined {
  return action.kind === 'script' ? action.stages.flatMap(commandsOfStage)[0] : undefined;
}
