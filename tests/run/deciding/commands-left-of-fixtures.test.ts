/** What the rollback of every fixture would leave to do is text that a shell reads, wherever the document's own commands are. */
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings, type Plan, type Step} from '../../../src/plan/plan.ts';
import {commandsLeft} from '../../../src/run/deciding/commands-left.ts';
import {initialState} from '../../../src/run/evolve.ts';
import {commandsIn} from '../../../src/run/operations.ts';
import {stepById} from '../../../src/run/plan-index.ts';
import {bindStep} from '../../../src/run/requests/bind-step.ts';
import {corpusNames, corpusPath, seedBytes} from '../../helpers/documents.ts';

const isShell = (text: string) => spawnSync('bash', ['-n'], {input: `${text}\n`}).status === 0;

const ofScripts = (plan: Plan) =>
  (plan.rollback?.steps ?? []).flatMap(id => {
    const step = stepById(plan, id);
    return step?.action.kind === 'script' ? [{step, stages: step.action.stages}] : [];
  });

function left(plan: Plan, step: Step): readonly string[] {
  const lookup = () => 'value';
  const bound = bindStep(step, {plan, state: initialState, lookup, attempt: 0, rollback: true, printed: true});
  return commandsLeft(bound, step, undefined);
}

test('every text of what is left passes bash -n', () => {
  const told = corpusNames
    .map(name => readFileSync(corpusPath(name)))
    .filter(bytes => /^#.*roll(?:back| back)/im.test(bytes.toString()));
  const plans = [seedBytes, ...told].map(bytes => parsePlan(bytes, emptyBindings));
  const unreadable: string[] = [];
  let [seen, guards] = [0, 0];
  for (const plan of plans) {
    for (const {step, stages} of ofScripts(plan)) {
      const own = commandsIn(stages).map(({text}) => text);
      const texts = left(plan, step);
      seen += texts.length;
      if (!own.every(isShell)) continue;
      unreadable.push(...texts.filter(text => !isShell(text)));
      guards += texts.filter(
        text => /exit 0|readlink|forms\(\)/.test(text) && !own.some(one => text.includes(one)),
      ).length;
    }
  }
  expect(unreadable).toEqual([]);
  expect(guards).toBe(0);
  expect(seen).toBeGreaterThan(20);
});
