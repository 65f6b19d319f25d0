import {expect, test} from 'vitest';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';

function warned(probe: string): readonly string[] {
  const {bindings, problems} = parseBindings(`tminus: 1\nprobes:\n  search: ${probe}\n`, {env: {}});
  expect(problems).toEqual([]);
  return parsePlan(Buffer.from('# D\n\n## Deploy\n\n- [ ] Ship it\n'), bindings)
    .problems.filter(({code}) => code === 'invalid-binding')
    .map(({severity, message, line}) => `${severity} ${line}: ${message}`);
}

test('a probe whose address does something is warned of', () => {
  expect(warned('{ http: "http://search:8983/admin?action=CREATEALIAS&name=a" }')).toEqual([
    'warning 3: probe search sends GET http://search:8983/admin again and again, and its path or query names work',
  ]);
});

test('a probe that looks, or whose author chose its method, is not', () => {
  expect(warned('{ http: "http://search:8983/health" }')).toEqual([]);
  expect(warned('{ http: {method: POST, url: "http://search:8983/api/chat", json: {text: hello}} }')).toEqual([]);
});
