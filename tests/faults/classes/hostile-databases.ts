/** A database server that answers nonsense to an engine at work, and to the driver in this process. */
import type {Step} from '../../../src/plan/plan.ts';
import {eventually} from '../../helpers/eventually.ts';
import {message, NAMED, NONSENSE, READY, row, SELECTED, startHostileDatabase} from '../../helpers/hostile-database.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {step as stepOf} from '../../helpers/small-plan.ts';
import {openAttended, runStep, verdictOf} from '../attended.ts';
import {held} from '../ledger.ts';
import {together, withPerformer} from '../performer.ts';
import {onStage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

const SIMULATED_AT_ONCE = 40;
const TIMEOUT_MS = 60_000;
const GOOD = Buffer.concat([NAMED, row('anna'), row(null), SELECTED, READY]);

export const hostileDatabases: FaultClass = {
  name: 'hostile database',
  real: () => [{name: 'one engine, one nonsense after the other', run: oneAfterTheOther}],
  simulate,
};

/** Whether the statement took effect nobody can say by such answers; only an error in the server's own words tells. */
async function oneAfterTheOther(): Promise<Result> {
  const server = await startHostileDatabase();
  const plays = Object.entries(NONSENSE);
  const changes = plays.map(
    (_, index) => `### Change ${index}\n\`\`\`sql\ninsert into orders values (${index})\n\`\`\`\n`,
  );
  const checklist = `# Faults\n## Deployment\n${changes.join('')}### Last\n\`\`\`sql\ninsert into orders values (999)\n\`\`\`\n`;
  const bindings = `databases:
  main: { url: "${server.url}", default: true }
probes:
  orders: { sql: "select count(*) from orders", on: main, every: 1s }
`;
  try {
    return await onStage(
      async stage => {
        const driver = await (await openAttended(stage)).join('ana');
        const steps = driver.plan.steps.filter(({action}) => action.kind === 'sql');
        const problems: Problem[] = [];
        for (const [index, [name, answer]] of plays.entries()) {
          server.play({answer});
          const verdict = verdictOf(await runStep(driver, steps[index]?.id ?? ''));
          const times = server.statements().filter(text => text.includes(`(${index})`)).length;
          const tells = answer.includes(message('E').subarray(0, 1));
          problems.push(...held(name, {verdict, times, may: tells ? ['unknown', 'failed'] : ['unknown']}));
        }
        server.play({answer: Buffer.concat([NAMED, row('5'), SELECTED, READY])});
        const last = verdictOf(await runStep(driver, steps.at(-1)?.id ?? ''));
        problems.push(...held('a good answer after all of them', {verdict: last, may: ['judge']}));
        await eventually(
          'the probe to answer',
          () => driver.store.getState().signals['orders']?.lastValueAt !== undefined,
        );
        driver.close();
        return {injected: plays.length, problems};
      },
      {checklist, bindings},
    );
  } finally {
    await server.stop();
  }
}

/** Bytes of a good answer changed, and left out: the statement had taken effect. */
async function simulate(times: number): Promise<Result> {
  const server = await startHostileDatabase();
  const answers = Array.from({length: times}, (_, seed) => {
    const random = seededRandom(61_000 + 3 * seed);
    const answer = Buffer.from(GOOD);
    for (let left = 1 + random.below(5); left > 0; left -= 1) answer[random.below(answer.length)] = random.below(256);
    return answer.subarray(0, random.below(3) === 0 ? random.below(answer.length) : answer.length);
  });
  const seen = answers.map(() => 0);
  server.play({
    answer(socket) {
      const seed = Number(/values \((\d+)\)/.exec(server.statements().at(-1) ?? '')?.[1]);
      seen[seed] = (seen[seed] ?? 0) + 1;
      socket.end(answers[seed] ?? '');
    },
  });
  const bindings = {databases: {main: {url: server.url, default: true, line: 1}}};
  try {
    const found = await withPerformer({directory: '/', bindings}, performer =>
      together([...answers.entries()], SIMULATED_AT_ONCE, async ([seed, answer]) => {
        const {verdict} = await performer.perform(change(seed));
        const may = answer.includes('E')
          ? (['passed', 'unknown', 'failed'] as const)
          : (['passed', 'unknown'] as const);
        return held(`seed ${seed}: ${answer.toString('latin1')}`, {verdict, times: seen[seed] ?? 0, may});
      }),
    );
    return {injected: times, problems: found.flat()};
  } finally {
    await server.stop();
  }
}

function change(seed: number): Step {
  const statements = [{line: 1, text: `insert into orders values (${seed}) returning name`, expectations: []}];
  return {...stepOf(1, 'Change', 'deploy', {kind: 'sql', statements, bound: true}), timeoutMs: TIMEOUT_MS};
}
