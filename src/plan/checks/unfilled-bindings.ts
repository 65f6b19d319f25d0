/** Check: questions that a bindings file leaves open. */
import {compact} from '../../text/compact.ts';
import type {Bindings, OpenBinding} from '../bindings-file/types.ts';
import type {Plan} from '../plan.ts';
import type {Problem} from '../problem.ts';

/** Questions about a placeholder of the document are left out, because the placeholder is reported itself. */
export function unfilledProblems(plan: Plan, bindings: Bindings): Problem[] {
  const {file, open = []} = bindings;
  const written = new Set(plan.placeholders.map(({text}) => text));
  return open
    .filter(({section, matches}) => !SILENT.has(section) && !matches.some(text => written.has(text)))
    .map(one => {
      const [message, hint] = questionOf(one, bindings);
      const at = compact({line: one.line, column: one.column, file});
      return {severity: 'warning', code: 'unfilled-binding', ...at, message, hint};
    });
}

/** The open entry of the bindings for this placeholder. */
export function placeOfValue(text: string, {open = []}: Bindings): OpenBinding | undefined {
  return open.find(
    ({section, name, matches}) =>
      (section === 'values' && name === text) || (section === 'hosts' && matches.includes(text)),
  );
}

/** Values are reported at their placeholders, and contacts are filled in by whoever is on duty. */
const SILENT: ReadonlySet<string> = new Set(['values', 'contacts']);

function questionOf(
  {section, name, field = ''}: OpenBinding,
  {hosts, open = []}: Bindings,
): [message: string, hint: string] {
  switch (section) {
    case 'hosts':
      return field === 'inventory' || field === 'group'
        ? [`group ${name} has no ${field} yet`, 'write the inventory of Ansible, and the group of it that is meant']
        : [`host ${name} has no destination yet`, 'write user@address, or a name that ~/.ssh/config knows'];
    case 'databases':
      return [
        `database ${name} has no address yet`,
        'write url: "${DATABASE_URL}" and set that variable: a password does not belong in the file',
      ];
    case 'choices':
      return [`no option is chosen yet for "${name}"`, 'write a piece of one option; left open, the run asks for it'];
    case 'contexts': {
      const known = [...Object.keys(hosts), ...open.filter(one => one.section === 'hosts').map(one => one.name)];
      return [`no place is chosen yet for "${name}"`, `write one of ${['local', ...known].join(', ')}`];
    }
    case 'logs':
      return [`log ${name} has no file yet`, 'write the path of the file to follow'];
    case 'probes':
      return [
        `probe ${name} has no ${field || 'measurement'} yet`,
        PROBE_HINTS[field] ?? `give it a value under ${field}`,
      ];
    default:
      return [
        `${section.replaceAll('.', ' ')}: ${field || name || 'this entry'} has no value yet`,
        'give it one, or take the entry out',
      ];
  }
}

const PATTERN_HINT = 'write a pattern that the command line of the process matches and no other';
const PROBE_HINTS: Readonly<Record<string, string>> = {
  rss: PATTERN_HINT,
  cpu: PATTERN_HINT,
  run: 'write a command that prints a number',
  sql: 'write a query that returns one number',
  http: 'write the address to ask',
  disk: 'write a directory of the file system',
};
