/** Drafts a bindings file for a checklist: every open name, with a proposal where there is one. */

import {compact} from '../../../text/compact.ts';
import {contextOf, type Plan} from '../../plan.ts';
import {isSecretName} from '../../words/secret-name.ts';
import {DEFAULT_ROLLBACK} from '../defaults.ts';
import {type DraftContext, linesRemark, slug} from './draft-context.ts';
import {choicesPart, contextsPart, draftHosts, hostsPart} from './hosts.ts';
import {draftProbes} from './probes.ts';
import {stepsPart} from './steps.ts';
import {tablesNamed} from './subjects.ts';
import {type Entry, literal, type Part, partText, remark} from './yaml-text.ts';

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
      : [
          {
            id: `databases.${database}`,
            kind: 'database' as const,
            name: database,
            line: plan.steps.find(({action}) => action.kind === 'sql')?.line ?? 1,
          },
        ]),
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

/** Placeholders without a value. Destinations are left out, because they are hosts. */
function valuesPart({plan, hosts, answers}: DraftContext): Part {
  const destinations = new Set(hosts.map(({written}) => written));
  const entries = plan.placeholders
    .filter(({text, bound, capture}) => !bound && capture !== true && text !== '' && !destinations.has(text))
    .map(({text, lines}): Entry => {
      const aside = isSecretName(text)
        ? {aside: {'': `a secret: "\${${variableFor(text)}}" takes it from the environment`}}
        : {};
      const value = answers.get(`values.${text}`);
      return {
        key: text,
        value: value === undefined ? null : literal(value),
        above: [linesRemark(plan, lines)],
        ...aside,
      };
    });
  return {name: 'values', about: ['What stands for the placeholders of the checklist.'], entries};
}

function databasesPart({plan, database, answers, has, hosts}: DraftContext): Part {
  const about = ['Where queries go. Passwords stay in the environment: ${NAME} takes a variable of it.'];
  if (database === undefined) return {name: 'databases', about, entries: []};
  const lines = plan.steps.flatMap(({action, line}) =>
    action.kind === 'sql' && action.database === undefined ? [action.statements[0]?.line ?? line] : [],
  );
  const variable = answers.get(`databases.${database}`) ?? (has(URL_VARIABLE) ? URL_VARIABLE : undefined);
  const url = variable === undefined ? null : `\${${variable}}`;
  const [via] = hosts;
  const entry: Entry = compact({
    key: database,
    value: {url, default: true},
    above: lines.length === 0 ? [] : [linesRemark(plan, lines)],
    aside: url === null ? {url: `"\${${URL_VARIABLE}}", once that variable is set`} : undefined,
    more: via === undefined ? undefined : {via: via.name},
  });
  return {name: 'databases', about, entries: [entry]};
}

/** Who fills a blank contact is known on the day of the deploy, so all of them are proposals. */
function contactsPart({plan}: DraftContext): Part {
  const open = new Map(plan.contacts.filter(({blank, role}) => blank && role !== '').map(one => [one.role, one]));
  const entries = [...open.values()].map(
    ({role, line}): Entry => ({key: role, value: null, above: [linesRemark(plan, [line])], isProposal: true}),
  );
  return {name: 'contacts', about: ['Who is called.'], entries};
}

function rollbackPart({plan, host}: DraftContext): Part {
  const about = ['auto: true starts the rollback without asking, once a trigger has fired and the countdown is over.'];
  if (plan.rollback === null || plan.rollback.steps.length === 0) return {name: 'rollback', about, entries: []};
  const enoughDisk = compact({on: host, run: "df -Pm / | awk 'NR==2 {exit $4<500}'"});
  const entries: Entry[] = [
    {key: 'auto', value: false, above: []},
    {key: 'countdown', value: `${DEFAULT_ROLLBACK.countdownMs / 1000}s`, above: []},
    {
      key: 'requires',
      value: [enoughDisk],
      above: ['what must hold for the rollback to be ready, besides its own inputs'],
      isProposal: true,
    },
  ];
  return {name: 'rollback', about, entries};
}

function variableFor(placeholder: string): string {
  return slug(placeholder, 'secret')
    .toUpperCase()
    .replace(/^(?=\d)/, '_');
}

const URL_VARIABLE = 'DATABASE_URL';
