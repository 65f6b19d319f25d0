/** The host does not keep what it was given: jobs and their runners killed, their files deleted, cut or overwritten. */
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {eventually} from '../../helpers/eventually.ts';
import {newOperator} from '../../helpers/program.ts';
import {examineRun} from '../ledger.ts';
import {simulateHarms, simulateKills} from '../simulated-host.ts';
import {endOf, onStage, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';
import {killEngine} from './killed-engine.ts';
import {killedRunners} from './killed-runners.ts';

/** What happens to each job's directory there. */
const HARMS: readonly (readonly [string, (job: string) => void])[] = [
  ['killed with SIGKILL', job => killJob(job)],
  ['record emptied', job => truncateSync(join(job, 'record'))],
  ['record overwritten', job => writeFileSync(join(job, 'record'), '@ done zero\n@ done 0 0 0\n@ pid x\n\0\0@ end\n')],
  [
    'record cut short',
    job => truncateSync(join(job, 'record'), Math.floor(readFileSync(join(job, 'record')).length / 2)),
  ],
  ['output deleted', job => rmSync(join(job, 'out'), {force: true})],
];

/** More than are kept whatever becomes of them. */
const NEWER_JOBS = 130;

/** When: while the step runs, or after it has ended with no engine there to see it. */
const WHEN = ['while it is watched', 'while nobody watches', 'after its end, unseen'] as const;

export const harmedJobs: FaultClass = {
  name: 'job harmed or killed on its host',
  real: () => [
    ...HARMS.flatMap(([name, harm]) =>
      WHEN.map(when => ({name: `${name} ${when}`, run: () => onStage(stage => harmed(stage, harm, when))})),
    ),
    {name: 'many newer jobs there', run: () => onStage(pushedOut)},
    ...killedRunners,
  ],
  simulate: async times => {
    const [harms, kills] = [await simulateHarms(times), await simulateKills(times)];
    return {injected: harms.injected + kills.injected, problems: [...harms.problems, ...kills.problems]};
  },
};

async function harmed(stage: Stage, harm: (job: string) => void, when: (typeof WHEN)[number]): Promise<Result> {
  stage.pace(2);
  let {ended} = stage.deploy();
  await eventually('the first step', () => stage.ledger().includes('migrate begin'));
  if (when !== 'while it is watched') {
    await killEngine(stage);
    await endOf(ended);
  }
  if (when === 'after its end, unseen')
    await eventually('the end of the step', () => stage.ledger().includes('migrate end 0'));
  for (const job of jobsOf(stage)) harm(job);
  if (when !== 'while it is watched') ({ended} = stage.operator.start('resume', '--plain'));
  const end = await endOf(ended);
  const events = await stage.operator.journal();
  const found: Problem[] = [...examineRun(await stage.operator.runDirectory(), events, stage.ledger(), true)];
  if (end === undefined) found.push({kind: 'broken', what: `it did not end; last: ${JSON.stringify(events.at(-1))}`});
  if (end?.code === 1) found.push({kind: 'broken', what: `exit 1: ${end.said}`});
  // Its output may be among what was destroyed; that it passed may not be said without its exit status.
  return {injected: 1, problems: found.filter(({what}) => !what.startsWith('output of '))};
}

/** Directories of old jobs are removed when there are many; not those that a run still has to find. */
async function pushedOut(stage: Stage): Promise<Result> {
  stage.pace(1);
  const {ended} = stage.deploy();
  await eventually('the first step', () => stage.ledger().includes('migrate begin'));
  await killEngine(stage);
  await endOf(ended);
  await eventually('the end of the step', () => stage.ledger().includes('migrate end 0'));
  for (let number = 0; number < NEWER_JOBS; number += 1) {
    const job = join(stage.sshd.tminusHome, 'jobs', `20990101T000000Z-0000-L${number}-1`);
    mkdirSync(job);
    writeFileSync(join(job, 'record'), '@ done 0 0\n');
  }
  await otherRun(stage);
  const end = await endOf(stage.operator.start('resume', '--plain').ended);
  const found: Problem[] = [
    ...examineRun(await stage.operator.runDirectory(), await stage.operator.journal(), stage.ledger()),
  ];
  if (end?.code !== 0) found.push({kind: 'broken', what: `exit ${end?.code}: ${end?.said}`});
  return {injected: 1, problems: found};
}

/** Another operator's, on the same host: at the end of each of its jobs the host is tidied up. */
async function otherRun({sshd, directory, bindings}: Stage): Promise<void> {
  const checklist = join(sshd.directory, 'other.md');
  writeFileSync(
    checklist,
    `# Other\n## Deployment\n### Look\n\`\`\`bash\nssh user@your-vps-ip\ncd ${directory}\ntrue\n\`\`\`\n`,
  );
  const other = newOperator(sshd.directory);
  try {
    await endOf(other.run('run', checklist, '-b', bindings, '--auto', '--plain'));
  } finally {
    other.stop();
  }
}

function jobsOf({sshd}: Stage): readonly string[] {
  const jobs = join(sshd.tminusHome, 'jobs');
  return existsSync(jobs) ? readdirSync(jobs).map(name => join(jobs, name)) : [];
}

/** What is left of it: one that has ended may be gone already. */
function killJob(job: string): void {
  const [, pid] = /^@ pid (\d+)/m.exec(readFileSync(join(job, 'record'), 'utf8')) ?? [];
  try {
    if (pid !== undefined) process.kill(-Number(pid), 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
