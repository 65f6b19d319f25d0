/** Drafts a bindings file for a checklist: every open name, with a proposal where there is one. */
import {contextOf, type Plan} from '../../plan.ts';
import {isSecretName} from '../../words/secret-name.ts';
import type {DraftContext} from './draft-context.ts';
import {contactsPart, databasesPart, rollbackPart, valuesPart} from './names.ts';
import {choicesPart, contextsPart, draftHosts, hostsPart} from './places.ts';
import {draftProbes} from './probes.ts';
import {stepsPart} from './steps.ts';
import {tablesNamed} from './subjects.ts';
import {partText, remark} from './yaml-text.ts';

export type DraftOptions = {
  /** The name of the checklist, for comments. */
  checklist: string;
  /** What a person has answered, by `DraftQuestion.id`. */
  answers?: ReadonlyMap<string, string>;
  /** Variables of the environment that have a value. */
  has?: (variable: string) => boolean;
};

/** A question that only a person can answer and on which much depends. */
export type DraftQuestion = {id: string; kind: 'host' | 'database' | 'value'; name: string; line: number};

/**
 * The YAML of a bindings file, for a plan that was read without one. What is certain is in effect; what a person must
 * say has no value yet; what is only likely is a comment. The text never holds a secret.
 */
export function draftBindings(plan: Plan, {checklist, answers = new Map(), has = () => false}: DraftOptions): string {
  const outline = draftContextOf(plan, answers, has);
  const {logs, probes, rules} = draftProbes(outline);
  const parts = [
    valuesPart(outline),
    hostsPart(outline),
    databasesPart(outline),
    choicesPart(outline),
    contextsPart(outline),
    logs,
    probes,
    rules,
    stepsPart(outline, logs),
    rollbackPart(outline),
    contactsPart(outline),
  ];
  const head = [
    `T-Minus: what ${checklist} leaves open. Yours to edit.`,
    'A name without a value is still a question; what needs it waits. Lines that begin with # and no space are',
    `proposals: take the # away to use one. \`tminus check\` says what is missing.`,
  ];
  const texts = parts.filter(({entries}) => entries.length > 0).map(partText);
  return [`${head.map(line => `${remark(line)}\n`).join('')}tminus: 1\n`, ...texts].join('\n');
}

/** The questions worth asking first: hosts, the database, and placeholders (those with most uses first). */
export function draftQuestions(plan: Plan): readonly DraftQuestion[] {
  const outline = draftContextOf(plan, new Map(), () => false);
  const {hosts, database} = outline;
  const values = valuesPart(outline).entries.filter(({key = ''}) => !isSecretName(key));
  const uses = new Map(plan.placeholders.map(({text, lines}) => [text, lines]));
  return [
    ...hosts
      .filter(({isOpen}) => isOpen)
      .map(({name, written, line}) => ({id: `hosts.${name}`, kind: 'host' as const, name: written, line})),
    ...(database === undefined
      ? []
      : [{id: `databases.${database}`, kind: 'database' as const, name: database, line: queryLine(plan)}]),
    ...values
      .map(({key = ''}) => ({id: `values.${key}`, kind: 'value' as const, name: key, line: uses.get(key)?.[0] ?? 1}))
      .sort((a, b) => (uses.get(b.name)?.length ?? 0) - (uses.get(a.name)?.length ?? 0)),
  ];
}

function draftContextOf(plan: Plan, answers: ReadonlyMap<string, string>, has: DraftContext['has']): DraftContext {
  const hosts = draftHosts(plan);
  const used = Map.groupBy(plan.steps, step => {
    const place = contextOf(step)?.place;
    return place?.kind === 'host' ? place.destination : '';
  });
  const [main] = [...hosts].sort((a, b) => (used.get(b.written)?.length ?? 0) - (used.get(a.written)?.length ?? 0));
  const asks = plan.steps.some(
    step => (step.action.kind === 'sql' && step.action.database === undefined) || tablesNamed(step).length > 0,
  );
  return {plan, hosts, host: main?.name, database: asks ? DATABASE : undefined, answers, has};
}

const DATABASE = 'main';

function queryLine({steps}: Plan): number {
  return steps.find(({action}) => action.kind === 'sql')?.line ?? 1;
}
