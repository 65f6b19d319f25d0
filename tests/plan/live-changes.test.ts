/** The deploy begins with what changes what is live, whatever the heading above it says. */
import {expect, test} from 'vitest';
import type {SectionRole} from '../../src/plan/plan.ts';
import {belongsToDeploy} from '../../src/plan/plan.ts';
import {script} from '../helpers/small-plan.ts';

const context = {id: 'edge', place: {kind: 'host', host: 'edge', destination: 'edge'}} as const;
const says = (command: string, role: SectionRole, hasDeploy = false) =>
  belongsToDeploy({action: script(context, command)}, role, hasDeploy);

test.each([
  'current/bin/parcelctl restart',
  'sudo systemctl restart app',
  'alembic upgrade head',
  "psql -c 'alter table parcels add column carrier text'",
  'kubectl apply -f app.yaml',
  './deploy.sh',
])('%s belongs to the deploy below every heading', command => {
  for (const role of ['prepare', 'deploy', 'verify', 'other', 'notes'] as const) expect(says(command, role)).toBe(true);
});

test.each(['ln -sfn releases/1.5.0 current', 'git checkout v1.5.0', 'sudo systemctl stop app'])(
  '%s does below a heading that says nothing, and is no deploy in a preparation',
  command => {
    expect(says(command, 'other', true)).toBe(true);
    expect(says(command, 'prepare')).toBe(false);
    expect(says(command, 'verify')).toBe(false);
  },
);

test.each(["sed -i 's/off/on/' shared/app.ini", 'tar xzf app.tgz -C releases', 'rm -rf cache', 'pip install -U app'])(
  '%s does where no section is called the deploy',
  command => {
    expect(says(command, 'other', false)).toBe(true);
    expect(says(command, 'other', true)).toBe(false);
    expect(says(command, 'prepare')).toBe(false);
  },
);

test.each([
  'pg_dump -Fc app > backups/app.dump',
  'cp -a shared/app.ini shared/app.ini.bak',
  'tar czf backup.tgz app',
  'mkdir -p releases/1.5.0',
  'git fetch --tags',
  'git tag before-deploy',
  'docker pull app:2',
  'parcel/current/bin/parcelctl status',
  'df -h',
  'curl -fsS localhost:8080/health',
])('%s only prepares or looks', command => {
  expect(says(command, 'other', false)).toBe(false);
  expect(says(command, 'prepare')).toBe(false);
});
