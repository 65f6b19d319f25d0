import {expect, test} from 'vitest';
import {interruptionsBy} from '../../../src/plan/hazards/interruptions.ts';

test.each([
  ['sudo systemctl restart myhibachi-api', 'service'],
  ['cd /srv && git pull && sudo supervisorctl restart api', 'service'],
  ["sudo sh -c 'systemctl stop app'", 'service'],
  ['docker compose up -d --build', 'service'],
  ['pm2 restart ecosystem.config.js', 'service'],
  ['pkill -f gunicorn', 'service'],
  ['sudo systemctl restart postgresql', 'database'],
  ['sudo reboot', 'host'],
  ['kubectl -n shop rollout restart deployment/api', 'elsewhere'],
  ['helm upgrade shop ./chart', 'elsewhere'],
])('%s interrupts: %s', (text, what) => {
  expect([...interruptionsBy(text)]).toEqual([what]);
});

test.each([
  'systemctl status app',
  'sudo systemctl reload nginx',
  'sudo systemctl enable app',
  'kill -HUP 123',
  'docker compose ps',
  'kubectl get pods',
  'echo systemctl restart app',
  'git stop',
])('%s interrupts nothing', text => {
  expect([...interruptionsBy(text)]).toEqual([]);
});

test.each([
  'current/bin/parcelctl restart',
  './ctl restart',
  'bin/app restart',
  'make restart',
  'npm run deploy',
  'bash deploy.sh',
  '/etc/init.d/app restart',
  'sudo -u app /opt/app/bin/app.sh stop',
])('%s is told to, by its words: the services of the host that it runs on', text => {
  expect([...interruptionsBy(text)]).toEqual(['service', 'script']);
});

test.each([
  "ansible web -m service -a 'name=x state=restarted'",
  'ansible-playbook restart.yml',
  'ssh edge1 current/bin/parcelctl restart',
  'for h in a b; do ssh $h sudo systemctl restart app; done',
])('%s interrupts what is on other hosts', text => {
  expect(interruptionsBy(text)).toContain('anywhere');
});

test.each([
  './deploy.sh --dry-run',
  './notify.sh "deploy started"',
  'bin/slack start',
  'git commit -m restart',
  'cp start.sh bin/',
  'start',
  'parcelctl status',
  'curl localhost/restart',
])('%s only speaks of it', text => {
  expect([...interruptionsBy(text)]).toEqual([]);
});
