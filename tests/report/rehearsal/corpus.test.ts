import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {parseBindings, parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';
import {layoutOf} from '../../../src/rehearsal/file-paths.ts';
import {bindingsText} from '../../../src/rehearsal/rehearsal-bindings.ts';
import {toldFindings} from '../../../src/report/rehearsal/from-text/text-findings.ts';
import {corpusPath, seedBytes} from '../../helpers/documents.ts';

const corpus = (name: string) => readFileSync(corpusPath(`${name}.md`));

/** Faults of documents that `check` does not tell: the line, and what is wrong. */
const FAULTS = [
  ['django-release', '44 left-stopped'],
  ['django-release', '123 wrong-order'],
  ['bascule-portail', '23 left-stopped'],
  ['despliegue-tienda', '32 left-stopped'],
  ['despliegue-tienda', '102 restores-over'],
  ['node-api-release', '136 restores-over'],
  ['postgres-major-upgrade', '51 left-stopped'],
] as const;

describe('documents of the corpus', () => {
  test.each(FAULTS)('%s has a fault that check does not tell: %s', (name, fault) => {
    const plan = parsePlan(corpus(name), emptyBindings);
    const risks = toldFindings(plan).filter(({weight}) => weight === 'risk');
    expect(risks.map(({line, kind}) => `${line} ${kind}`)).toContain(fault);
    const line = Number(fault.split(' ')[0]);
    expect(plan.problems.filter(problem => problem.line === line && /rollback|backup/.test(problem.code))).toEqual([]);
  });

  test.each(['webshop-auslieferung', 'atualizacao-portal', 'queue-worker-hotfix', 'static-site', 'terraform-network'])(
    '%s has none that follows from the document alone',
    name => {
      const risks = toldFindings(parsePlan(corpus(name), emptyBindings)).filter(({weight}) => weight === 'risk');
      expect(risks).toEqual([]);
    },
  );
});

test('nothing false is found in the checklist of the rehearsal, bound and unbound', () => {
  const endpoints = {service: 'http://127.0.0.1:4711', databaseUrl: 'postgresql://myhibachi@127.0.0.1:4712/myhibachi'};
  const {bindings} = parseBindings(bindingsText(layoutOf('/srv/box'), endpoints), {env: {}});
  for (const each of [bindings, emptyBindings]) {
    expect(toldFindings(parsePlan(seedBytes, each)).filter(({weight}) => weight === 'risk')).toEqual([]);
  }
});
