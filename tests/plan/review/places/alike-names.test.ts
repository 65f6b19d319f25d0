/** Hosts whose names begin alike are told apart, and what stands behind "Only on web1:" is read as well. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {contextOf, emptyBindings} from '../../../../src/plan/plan.ts';

/** Of the last step: where it runs, and the codes of the doubts about it. */
function lastOf(hosts: readonly string[], login: string, ...lead: readonly string[]) {
  const named = `Hosts: ${hosts.map(name => `\`${name}\``).join(', ')}.`;
  const before = ['```bash', `ssh deploy@${login}`, 'systemctl stop a', '```', ''];
  const work = ['```bash', 'systemctl stop b', '```'];
  const source = ['# Ferry', named, '## Deploy', ...before, ...lead, '', ...work].join('\n');
  const {steps, proposal} = parsePlan(source, emptyBindings);
  const step = steps.at(-1);
  const place = step === undefined ? undefined : contextOf(step)?.place;
  const doubts = (proposal?.doubts ?? []).filter(one => step !== undefined && one.steps.includes(step.id));
  return {place: place?.kind === 'host' ? place.destination : 'here', asked: doubts.map(({code}) => code)};
}

test.each([
  ['web1', 'web10', 'Only on web1:'],
  ['kasse-1', 'kasse-12', 'Nur auf kasse-1:'],
  ['db', 'db-replica', 'Only on db:'],
  ['web-1', 'web-10', 'The next one is for web-1:'],
  ['noeud-2', 'noeud-21', 'Seulement sur noeud-2 :'],
])('what is said to be for %s does not run on %s unasked: %s', (host, login, lead) => {
  const {place, asked} = lastOf([host, login], login, lead);
  expect(place === `<${host}>` || asked.includes('place-assumed')).toBe(true);
});

test.each([['web1'], ['web1.example.net']])('"Only on web1:" is the place of a login to %s', login => {
  expect(lastOf(['web1', 'web2'], login, 'Only on web1:')).toEqual({place: `deploy@${login}`, asked: []});
});

test.each([
  ['Only on web1: not while the backup runs'],
  ['Only on web1: if the queue is empty'],
  ['Nur auf web1: nur wenn die Fähre liegt'],
])('a scope that is the place hides nothing behind it: %s', lead => {
  expect(lastOf(['web1', 'web2'], 'web1', lead).asked).toContain('condition-assumed');
});
