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
