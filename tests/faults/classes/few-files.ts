/** The engine may open hardly another file, from one step to the next. */
import {execFileSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {eventually} from '../../helpers/eventually.ts';
import {openAttended, runStep} from '../attended.ts';
import {examineRun} from '../ledger.ts';
import {onStage, ROLLBACK_PART, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

const STEPS = 32;
/** So many more than are open. */
const MORE = [0, 1, 2, 3, 5, 8, 13];
const PLENTY = 4096;
const STARVED_MS = 700;

export const fewFiles: FaultClass = {
  name: 'few file descriptors',
  real: () => [{name: 'from step to step of one engine', run: () => onStage(starved, {checklist})}],
  simulate: 'which of them are missing, only an engine with files of its own can tell',
};

/** Every other one runs on this machine, for which a program has to be started. The run stays open behind the last one. */
const checklist = `# Faults
${Array.from({length: STEPS}, (_, index) => {
  const there = index % 2 === 0 ? 'ssh user@your-vps-ip\n' : '';
  return `## Deployment ${index}\n\`\`\`bash\n${there}cd DIRECTORY\nsh mark.sh step${index}\n\`\`\`\n`;
}).join('')}
- [ ] Somebody has looked at it

${ROLLBACK_PART}`;

async function starved(stage: Stage): Promise<Result> {
  stage.pace(0);
  const driver = await (await openAttended(stage)).join('ana');
  await eventually('readiness', () => driver.store.getState().readiness?.ready === true);
  const pid = await stage.operator.enginePid();
  const steps = driver.plan.steps.slice(0, STEPS);
  const problems: Problem[] = [];
  for (const [index, {id}] of steps.entries()) {
    limit(pid, readdirSync(`/proc/${pid}/fd`).length + (MORE[index % MORE.length] ?? 0));
    // With none at all a step may have to wait for better days.
    await runStep(driver, id, async () => {
      await sleep(STARVED_MS);
      limit(pid, PLENTY);
    });
  }
  await driver.send({type: 'roll-back', force: 'the suite goes on'});
  await driver.send({type: 'roll-back', force: 'the suite goes on'});
  const rollback = await eventually('the rollback', () => {
    const now = driver.store.getState().rollback;
    return now.status === 'finished' ? now : undefined;
  });
  if (rollback.verdict !== 'verified') problems.push({kind: 'broken', what: `not rolled back: ${rollback.because}`});
  driver.close();
  const found = examineRun(await stage.operator.runDirectory(), await stage.operator.journal(), stage.ledger());
  return {injected: steps.length, problems: [...problems, ...found]};
}

function limit(pid: number, files: number): void {
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${files}:${PLENTY}`]);
}
