import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';
import {judge} from '../../../src/run/judging/judge.ts';

const stepOf = (item: string) => {
  const {steps} = parsePlan(`# Release\n\n## Pre-deployment\n\n- [ ] ${item}\n`, emptyBindings);
  const [step] = steps;
  if (steps.length !== 1 || step === undefined) throw new Error(`${steps.length} steps in ${item}`);
  return step;
};

test.each([
  ['At least 1 GB free: `df -h /`', 'At least 1 GB free'],
  ['Disk: 1 GB free: `df -h`', 'Disk: 1 GB free'],
  ['Verify that at least 3 replicas are ready: `kubectl get pods`', 'Verify that at least 3 replicas are ready'],
  ['No more than 50 open connections: `ss -s`', 'No more than 50 open connections'],
  ['At least 1 GB free: `free -m | grep Mem`', 'At least 1 GB free'],
  ['Disk usage below 80%: `ssh deploy@web1 df -h`', 'Disk usage below 80%'],
  ['Python version >= 3.9: `python3 --version`', 'Python version >= 3.9'],
  ['Mindestens 10 GB freier Speicher: `df -h`', 'Mindestens 10 GB freier Speicher'],
  ['Ensure 2 GB RAM available:\n  ```bash\n  free -m\n  ```', 'Ensure 2 GB RAM available'],
])('a person judges the bound of "%s": exit 0 does not show it', (item, text) => {
  const step = stepOf(item);
  expect(step.expectations).toEqual([{text, line: 5, readable: false}]);
  const verdict = judge(step, {
    kind: 'exited',
    code: 0,
    durationMs: 1,
    commands: [],
    output: '/dev/sda1 40G 39.9G 100M',
  });
  expect(verdict).toMatchObject({kind: 'judge', because: `exit 0; a person judges: ${text}`});
});

test.each([
  // The command is the order.
  'Scale to at least 3 pods: `kubectl scale --replicas=3 deploy/api`',
  'Restart it (max 2 minutes downtime): `systemctl restart api`',
  'Back up the database (about 4 GB): `pg_dump shop > shop.sql`',
  // The command compares.
  'At least 1 GB free: `test $(df --output=avail / | tail -1) -gt 1048576`',
  'At least 1 GB free: `./check-disk.sh`',
  "At least 10 GB free: `df / | awk 'NR == 2 {exit $4 < 10}'`",
  // No bound is stated.
  'Look at the disk: `df -h`',
  'Step 2: note what runs: `docker ps`',
])('the exit code decides "%s"', item => {
  expect(stepOf(item).expectations).toEqual([]);
});
