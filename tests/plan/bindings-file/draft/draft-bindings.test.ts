import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseBindings} from '../../../../src/plan/bindings-file/bindings.ts';
import {draftBindings, draftQuestions} from '../../../../src/plan/bindings-file/draft/draft-bindings.ts';
import {emptyBindings} from '../../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import type {Plan} from '../../../../src/plan/plan.ts';
import {kindOf} from '../../../../src/plan/plan.ts';
import {corpusNames, corpusPath, seedPath} from '../../../helpers/documents.ts';

const drafted = (text: string, answers: Record<string, string> = {}, has: readonly string[] = []) =>
  draftBindings(read(text), {
    checklist: 'release.md',
    answers: new Map(Object.entries(answers)),
    has: name => has.includes(name),
  });
const read = (text: string): Plan => parsePlan(text, emptyBindings);
const bound = (yaml: string, env = {}) => parseBindings(yaml, {env});
/** Every proposal taken: the `#` that stands before no space. */
const withProposals = (yaml: string) =>
  yaml.replaceAll(/^( *)#(?! )(.*)$/gm, '$1$2').replaceAll(/^( *)#( {2,}\S)/gm, '$1$2');

const RELEASE = `# Release
## Prepare
- [ ] Tables exist: \`orders\`, \`order_lines\` and audit
- [ ] Environment variables present in \`/srv/shop/.env\`:
  - [ ] \`DATABASE_URL\`
  - [ ] \`REDIS_URL\`
- [ ] Tag the release: \`git tag v1.0-before\`
- [ ] Team informed
## Deploy
\`\`\`bash
ssh deploy@<shop-host>
cd /srv/shop
git pull
sudo systemctl restart shop
\`\`\`
\`\`\`bash
tail -f /var/log/shop/error.log
\`\`\`
### Option A: Slowly (Recommended)
- [ ] Move a tenth of the traffic
### Option B: At once
- [ ] Move all of the traffic
## Verify
- [ ] Health: \`curl https://<domain>/health\`
- [ ] Orders: \`curl -X POST https://<domain>/api/orders -H 'Authorization: Bearer abc' -d '{"n": "\${N}"}'\`
\`\`\`sql
SELECT count(*) FROM orders; -- Expected: 3+
\`\`\`
- [ ] Health endpoint: < 100 ms
- [ ] P95 latency < 800 ms
- [ ] Memory usage < 900 MB
- [ ] CPU usage < 70%
- [ ] Disk usage < 85%
- [ ] Database connections < 80% of pool
- [ ] 0 errors in the first hour
## Rollback
\`\`\`bash
ssh deploy@<shop-host>
cd /srv/shop
git checkout v1.0-before
\`\`\`
## Contacts
- Database Admin: ________
`;

const LOGIN = '# R\n```bash\ndocker login -p <API_TOKEN>\n```\n';

const releasePlan = read(RELEASE);

describe('a drafted bindings file', () => {
  const yaml = drafted(RELEASE);
  const {bindings} = bound(yaml);

  test('asks for every placeholder, host, database, choice and place, and is right about the rest', () => {
    expect(bound(yaml).problems).toEqual([]);
    expect(bindings.open?.map(({section, name, field}) => [section, name, field])).toEqual([
      ['values', '<domain>', undefined],
      ['hosts', 'shop', 'destination'],
      ['databases', 'main', 'url'],
      ['choices', 'Deploy', undefined],
      ['contexts', 'Prepare', undefined],
    ]);
  });

  test('leads to a check without errors, whose only warnings of the file are its questions', () => {
    const {problems} = parsePlan(RELEASE, bindings);
    expect(problems.filter(({severity}) => severity === 'error')).toEqual([]);
    expect(problems.filter(({code}) => code === 'unfilled-binding').map(({message}) => message)).toEqual([
      'database main has no address yet',
      'no option is chosen yet for "Deploy"',
      'no place is chosen yet for "Prepare"',
    ]);
    expect(problems.find(({message}) => message.startsWith('<domain>'))?.hint).toMatch(
      /^fill it in: .* line 9 of the bind/,
    );
  });

  test('comes alive with its answers', () => {
    const answers = {'values.<domain>': 'shop.test', 'hosts.shop': 'ops@10.0.0.1', 'databases.main': 'SHOP_DB'};
    const full = bound(drafted(RELEASE, answers), {SHOP_DB: 'postgres://shop'});
    expect(full.problems).toEqual([]);
    expect(full.bindings.hosts['shop']).toMatchObject({matches: ['deploy@<shop-host>'], destination: 'ops@10.0.0.1'});
    expect(full.bindings.databases['main']).toMatchObject({url: 'postgres://shop', default: true});
    expect(full.bindings.logs).toMatchObject({error: {on: 'shop', tail: '/var/log/shop/error.log'}});
    expect(full.bindings.steps).toMatchObject([
      {action: {kind: 'tables', tables: ['orders', 'order_lines', 'audit']}, on: 'main'},
      {action: {kind: 'env-file', file: '/srv/shop/.env'}, on: 'shop'},
    ]);
    expect(full.bindings.probes).toMatchObject({
      health_endpoint: {kind: 'http', http: {url: 'https://<domain>/health'}},
      memory: {kind: 'rss', pattern: 'shop', on: 'shop'},
      cpu: {kind: 'cpu', on: 'shop'},
      disk: {kind: 'disk', path: '/', on: 'shop'},
      connections: {kind: 'postgres', on: 'main'},
      errors: {kind: 'log', log: 'error'},
    });
    const plan = parsePlan(RELEASE, full.bindings);
    expect(plan.problems.filter(({severity}) => severity === 'error')).toEqual([]);
    const signals = Object.fromEntries(plan.rules.map(({text, signal}) => [text, signal]));
    expect(signals).toMatchObject({'Memory usage < 900 MB': 'memory', 'Health endpoint: < 100 ms': 'health_endpoint'});
  });

  test('names what it only proposes in comments that are bindings once taken', () => {
    const all = withProposals(yaml);
    expect(bound(all).problems).toEqual([]);
    expect(all).toMatch(/^ {2}- match: "Team informed"/m);
    expect(all).toMatch(/^ {2}Database Admin:/m);
    expect(bound(yaml).bindings.steps.some(({match}) => match === 'Team informed')).toBe(false);
  });

  test('never holds a secret, nor takes a shell variable for one of the environment', () => {
    expect(yaml).not.toContain('Bearer');
    expect(drafted(LOGIN)).toContain('"${API_TOKEN}" takes it from the environment');
    expect(bound(withProposals(yaml)).problems).toEqual([]);
  });

  test('takes the address of the database from the variable that is there', () => {
    expect(drafted(RELEASE, {}, ['DATABASE_URL'])).toContain('url: "${DATABASE_URL}"');
  });
});

test('asked for are open hosts, the database and placeholders, and no secret', () => {
  expect(draftQuestions(read(RELEASE)).map(({id}) => id)).toEqual(['hosts.shop', 'databases.main', 'values.<domain>']);
  expect(draftQuestions(read(LOGIN))).toEqual([]);
  const asked = (name: string) => draftQuestions(read(LOGIN.replace('API_TOKEN', name))).map(({id}) => id);
  for (const name of ['DB_PASSPHRASE', 'SSHKEY', 'SIGNING_KEY', 'CREDENTIALS']) expect(asked(name)).toEqual([]);
  for (const name of ['KEYBOARD', 'TOKENIZER']) expect(asked(name)).toEqual([`values.<${name}>`]);
});

test('a trigger that counts failures is not tied to what counts connections', () => {
  const yaml = drafted('# R\n## Rollback triggers\n- [ ] Database connection failures > 0\n');
  expect(bound(yaml).bindings.rules).toEqual([]);
});

test.each([seedPath, ...corpusNames.map(corpusPath)])('the draft for %s is in order', path => {
  const source = readFileSync(path);
  const plan = parsePlan(source, emptyBindings);
  const yaml = draftBindings(plan, {checklist: 'it.md'});
  for (const text of [yaml, withProposals(yaml)]) expect(bound(text).problems).toEqual([]);
  const after = parsePlan(source, bound(yaml).bindings);
  const before = new Set(plan.problems.map(({code, message}) => `${code} ${message}`));
  const added = after.problems.filter(({code, message}) => !before.has(`${code} ${message}`));
  expect(added.filter(({severity}) => severity === 'error')).toEqual([]);
  // Nothing but questions, and ties to look at.
  const codes = new Set(added.filter(({severity}) => severity === 'warning').map(({code}) => code));
  expect([...codes].filter(code => !['unfilled-binding', 'ambiguous-tie'].includes(code))).toEqual([]);
});

test('whatever the document says, the draft is a bindings file and keeps its words', () => {
  const word = fc.string({unit: 'binary', maxLength: 30}).filter(text => text.trim() !== '' && !(text in {}));
  const property = fc.property(word, word, word, (placeholder, title, text) => {
    const plan = hostile(placeholder, title, text);
    const yaml = draftBindings(plan, {checklist: text, answers: new Map([[`values.${placeholder}`, text]])});
    const {bindings, problems} = bound(yaml);
    expect(problems).toEqual([]);
    expect(bindings.values[placeholder]?.value).toBe(text);
    expect(bound(withProposals(yaml)).problems).toEqual([]);
  });
  fc.assert(property, {numRuns: 100});
});

/** A plan such as no document gives, with these texts wherever a document's text gets into the draft. */
function hostile(placeholder: string, title: string, text: string): Plan {
  const plan = releasePlan;
  return {
    ...plan,
    source: plan.source.map(() => text),
    sections: plan.sections.map(section => ({...section, title: `${title} ${section.id}`})),
    steps: plan.steps.map(step => ({
      ...step,
      title: kindOf(step.action) === 'choice' ? title : `${text}${step.title}`,
    })),
    placeholders: [{text: placeholder, lines: [1, 2], bound: false}],
    contacts: [{role: title, name: '', line: 1, blank: true}],
    rules: plan.rules.map(rule => ({...rule, text: `${text} ${rule.id}`, metric: `${text} ${rule.metric}`})),
  };
}

describe('a request of the document becomes a probe', () => {
  const probesOf = (text: string) => Object.keys(bound(drafted(text)).bindings.probes);
  const watched = '## Monitoring\n- Response time of the search below 800 ms\n';

  test.each([
    ['a way back', '## Rollback\n- Search back: `curl "http://db:8983/admin?action=CREATEALIAS&name=search"`\n'],
    ['a look in the way back', '## Rollback\n```bash\ncurl -fsS http://db:8983/search\n```\n'],
    ['a step of work', '## Deploy\n```bash\ncurl -fsS http://db:8983/search/reload\n```\n'],
    ['an action behind a question mark', '## Verify\n- [ ] Search: `curl "http://db:8983/search?op=flush"`\n'],
    ['German work', '## Einspielen\n```bash\ncurl -fsS http://db:8983/suche/neustarten\n```\n'],
    ['Spanish work', '## Despliegue\n```bash\ncurl -fsS http://db:8983/busqueda/reiniciar\n```\n'],
    ['French work', '## Déploiement\n```bash\ncurl -fsS http://db:8983/recherche/redemarrer\n```\n'],
  ])('not from %s, and not as a proposal either', (_, work) => {
    const yaml = drafted(`# R\n${work}${watched}`);
    expect(yaml).not.toContain('db:8983');
    expect(bound(withProposals(yaml)).problems).toEqual([]);
  });

  test('only as a proposal from a step of work that may look', () => {
    const yaml = drafted(
      `# R\n## Deploy\n\`\`\`bash\ncurl -fsS http://db:8983/pages/search-start-page\n\`\`\`\n${watched}`,
    );
    expect(probesOf(`# R\n## Deploy\n\`\`\`bash\ncurl -fsS http://db:8983/pages/1\n\`\`\`\n${watched}`)).toEqual([]);
    expect(yaml).not.toMatch(/^ {2}\w+:\n {4}http:/m);
  });

  test('from a look, also in the middle of the work', () => {
    expect(probesOf(`# R\n## Deploy\n\`\`\`bash\ncurl -fsS http://db:8983/search\n\`\`\`\n${watched}`)).toEqual([
      'response_time_search',
    ]);
    expect(probesOf('# R\n## Deploy\n```bash\nmake\ncurl -fsS http://db:8983/health\n```\n')).toEqual(['health']);
  });
});
