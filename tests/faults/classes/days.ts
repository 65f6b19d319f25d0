/** Midnight, a change to summer time or a new year falls between two uses of a date that the checklist captures once. */
import {chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {examineRun} from '../ledger.ts';
import {endOf, onStage, type Stage} from '../stage.ts';
import type {Problem, Result, Scenario} from '../tally.ts';

/** What the host's clock says at first, and how much later each time it is asked. */
const MOMENTS: readonly (readonly [string, string, string, number])[] = [
  ['midnight', 'UTC', '2026-03-14T23:59:59Z', 2],
  ['midnight, slowly', 'UTC', '2026-03-14T23:59:57Z', 1],
  ['new year', 'Europe/Berlin', '2026-12-31T22:59:59Z', 2],
  ['leap day', 'UTC', '2028-02-28T23:59:59Z', 2],
  ['the day after a leap day', 'UTC', '2028-02-29T23:59:59Z', 2],
  ['clocks forward', 'Europe/Berlin', '2026-03-29T00:59:59Z', 2],
  ['clocks back', 'Europe/Berlin', '2026-10-25T00:59:59Z', 2],
  ['clocks forward at midnight', 'America/Santiago', '2026-09-06T03:59:59Z', 2],
  ['the clock set back a day', 'UTC', '2026-03-15T00:00:01Z', -86_400],
  ['the clock set forward a day', 'UTC', '2026-03-15T12:00:00Z', 86_400],
];

export function dayScenarios(): readonly Scenario[] {
  return MOMENTS.map(([name, zone, at, stepSeconds]) => ({
    name: `in a captured date: ${name}`,
    run: () => onStage(stage => deployAcross(stage, {zone, at, stepSeconds}), {checklist}),
  }));
}

async function deployAcross(stage: Stage, clock: {zone: string; at: string; stepSeconds: number}): Promise<Result> {
  standInDate(stage.directory, clock);
  mkdirSync(join(stage.directory, 'live'));
  writeFileSync(join(stage.directory, 'live', 'version'), 'old\n');
  const deploy = await endOf(stage.deploy().ended);
  const rollback = await endOf(stage.operator.start('rollback', '--plain').ended);
  const problems: Problem[] = [
    ...examineRun(await stage.operator.runDirectory(), await stage.operator.journal(), stage.ledger()),
  ];
  if (deploy?.code !== 0) problems.push({kind: 'broken', what: `the deploy: exit ${deploy?.code}: ${deploy?.out}`});
  if (rollback?.code !== 4)
    problems.push({kind: 'broken', what: `the rollback: exit ${rollback?.code}: ${rollback?.out} ${rollback?.said}`});
  const backups = readdirSync(stage.directory).filter(name => name.startsWith('backup_'));
  if (backups.length !== 1) problems.push({kind: 'wrong', what: `one date became ${backups.join(' and ')}`});
  if (!existsSync(join(stage.directory, 'restored', 'version')))
    problems.push({kind: 'lost', what: 'the backup was not found again'});
  return {injected: 1, problems};
}

/** Goes on by so much each time it is asked; everything else is the real one's. */
function standInDate(
  directory: string,
  {zone, at, stepSeconds}: {zone: string; at: string; stepSeconds: number},
): void {
  const folder = join(directory, 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, 'now'), `${Date.parse(at) / 1000}\n`);
  writeFileSync(
    join(folder, 'date'),
    `#!/bin/sh
now=$(cat ${folder}/now)
echo $((now + ${stepSeconds})) >${folder}/now
TZ=${zone} exec /bin/date -d "@$now" "$@"
`,
  );
  chmodSync(join(folder, 'date'), 0o755);
}

const checklist = `# Release of the shop
## Pre-Deployment Checklist
### Back up
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
export PATH=DIRECTORY/bin:$PATH
cp -r live backup_$(date +%Y%m%d)
sh mark.sh backup
\`\`\`
## Deployment
### Step 1: Look at it
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
export PATH=DIRECTORY/bin:$PATH
ls backup_$(date +%Y%m%d)/version
sh mark.sh look
\`\`\`
### Step 2: Look again
\`\`\`bash
date
ls backup_$(date +%Y%m%d)/version
sh mark.sh later
\`\`\`
## Rollback
### Step 1: Restore
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
cp -r backup_YYYYMMDD restored
sh mark.sh restore
\`\`\`
### Step 2: Check
\`\`\`bash
curl HEALTH
\`\`\`
`;
