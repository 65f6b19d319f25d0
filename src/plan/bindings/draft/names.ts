/** Drafts the values, databases, contacts and rollback requirements of a bindings file. */
import {compact} from '../../../text/compact.ts';
import {isSecretName} from '../../words/secret-name.ts';
import {type DraftContext, linesRemark, slug} from './draft-context.ts';
import {type Entry, literal, type Part} from './yaml-text.ts';

/** Placeholders without a value. Destinations are left out, because they are hosts. */
export function valuesPart({plan, hosts, answers}: DraftContext): Part {
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

export function databasesPart({plan, database, answers, has, hosts}: DraftContext): Part {
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
export function contactsPart({plan}: DraftContext): Part {
  const open = new Map(plan.contacts.filter(({blank, role}) => blank && role !== '').map(one => [one.role, one]));
  const entries = [...open.values()].map(
    ({role, line}): Entry => ({key: role, value: null, above: [linesRemark(plan, [line])], isProposal: true}),
  );
  return {name: 'contacts', about: ['Who is called.'], entries};
}

export function rollbackPart({plan, host}: DraftContext): Part {
  const about = ['auto: true starts the rollback without asking, once a trigger has fired and the countdown is over.'];
  if (plan.rollback === null || plan.rollback.steps.length === 0) return {name: 'rollback', about, entries: []};
  const enoughDisk = compact({on: host, run: "df -Pm / | awk 'NR==2 {exit $4<500}'"});
  const entries: Entry[] = [
    {key: 'auto', value: false, above: []},
    {key: 'countdown', value: '3s', above: []},
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
