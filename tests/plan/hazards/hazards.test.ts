import {describe, expect, test} from 'vitest';
import {hazardsOf} from '../../../src/plan/hazards/hazards.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {planOf} from '../../helpers/plan-view.ts';

function codes(text: string, watching = false): string[] {
  return [...new Set(hazardsOf(text, watching).map(({code}) => code))].filter(code => code !== 'unguarded-curl');
}

test.each([
  [
    'never ends',
    'endless-command',
    [
      'tail -f x',
      'journalctl -fu api',
      'kubectl get pods -w',
      'oc logs pod/x -f',
      'watch date',
      'npm run dev',
      'prisma studio',
      'npx prisma studio',
      'docker compose up',
      'kubectl port-forward svc/x 80',
      'while true; do date; sleep 1; done',
      'ping web',
      'python3 manage.py runserver',
      'docker stats',
    ],
  ],
  [
    'waits for somebody',
    'interactive-command',
    [
      'read -p "Go on?"',
      'vim x',
      'crontab -e',
      'psql',
      'mysql -u root -p shop',
      'mongosh',
      'sudo su -',
      'sudo -i',
      'su - app',
      'docker exec -it web sh',
      'kubectl -n a exec -it web -- bash',
      'do-release-upgrade',
      'docker login',
      'gh auth login',
      'apt-get install nginx',
      'terraform apply',
      'git commit',
      'heroku run bash',
    ],
  ],
  [
    'takes something away',
    'destructive-command',
    [
      'rm -rf x',
      'sudo rm -r x',
      'kubectl -n a delete pod x',
      'git reset --hard',
      'npx prisma db push --force-reset',
      'pg_restore --clean -d a b',
      'docker system prune -f',
      'supabase db reset',
      'reboot',
      'dd if=a of=/dev/sda',
      'mkfs.ext4 /dev/sdb',
      'terraform destroy -auto-approve',
      'helm uninstall x',
      'rails db:drop',
      'php artisan migrate:fresh',
      'redis-cli flushall',
      'psql -c "TRUNCATE a"',
      'mongosh --eval "db.dropDatabase()"',
      'psql -c "SELECT pg_terminate_backend(1)"',
      ': > app.log',
    ],
  ],
  [
    'reaches others',
    'outward-command',
    [
      'git push origin main',
      'git push --tags',
      'gh workflow run deploy.yml',
      'gh secret set A < f',
      'docker push a/b',
      'aws rds modify-db-instance --x y',
      'aws route53 change-resource-record-sets',
      'aws s3 sync dist s3://b',
      'gcloud run deploy x',
      'az webapp restart -n x',
      'terraform apply -auto-approve',
      'curl -X DELETE https://api.example.net/x',
      'mail -s Done ops@example.net',
      'k6 run load.js',
      'curl -sL https://get.example.net | sudo bash',
      'bash <(curl -s https://get.example.net)',
    ],
  ],
  [
    'cannot be taken back',
    'irreversible-command',
    [
      'npm publish',
      'cargo publish',
      'twine upload dist/*',
      'bundle exec fastlane release',
      'kubeadm upgrade apply v1.30',
      'pg_upgrade -b a -B b',
      'aws rds modify-db-instance --engine-version 16',
    ],
  ],
  [
    'shows a secret',
    'secret-on-command-line',
    [
      'mysql -psecret shop',
      'export $(cat .env | xargs)',
      'curl -u admin:hunter2 https://a.example.net',
      'export API_TOKEN=abc123',
      'PGPASSWORD=abc psql -c x',
      'psql postgres://me:pw@db/x -c y',
      'docker login -u a -p b',
      'gh secret set A --body abc',
      'helm upgrade x --set db.password=abc',
      'curl -H "Authorization: Bearer abc123" u',
      'kubectl create secret generic x --from-literal=a=b',
    ],
  ],
])('%s', (_, code, texts) => {
  for (const text of texts) expect([text, ...codes(text)]).toContain(code);
});

test.each([
  'ls -l',
  'tail -n 50 x',
  'timeout 30 tail -f x',
  'tail -f x | grep -m1 ready',
  'kubectl port-forward svc/x 80 &',
  'while true; do curl -f u && break; done',
  'until curl -f u; do sleep 1; done',
  'ping -c 3 web',
  'docker compose up -d',
  'docker compose exec web php artisan up',
  'gh run watch 123',
  'psql -c "select 1"',
  'psql < dump.sql',
  'mysql -u root shop < dump.sql',
  'docker exec web ls',
  'apt-get install -y nginx',
  'terraform plan -out x.tfplan',
  'kubectl describe pod x',
  'git push --dry-run',
  'aws s3 ls',
  'aws rds describe-db-instances',
  'aws sts get-caller-identity',
  'gcloud config set project x',
  'curl -X POST http://localhost:3000/x',
  'k6 run -e HOST=staging load.js',
  'npm publish --dry-run',
  'mysql -p"$DB_PASSWORD" shop -e x',
  'curl -H "Authorization: Bearer $TOKEN" u',
  'export API_TOKEN=$(pass show x)',
  'psql "postgres://me:$PW@db/x" -c y',
  'grep "DROP TABLE" dump.sql',
  'echo "rm -rf /"',
])('%s is harmless', text => {
  expect(codes(text)).toEqual([]);
});

describe('a hazard is found wherever a line carries it', () => {
  test.each([
    "ssh web 'rm -rf /srv/old'",
    'sudo sh -c "rm -rf /srv/old"',
    'kubectl exec web -- rm -rf /srv/old',
    'docker compose exec web rm -rf /srv/old',
    'find . -name x | xargs rm -rf',
    'find . -exec rm -rf {} ;',
    'echo $(rm -rf /srv/old)',
    "ssh web <<'EOF'\nls\nrm -rf /srv/old\nEOF",
    'if true; then rm -rf /srv/old; fi',
    'timeout 5 sudo -u app env A=1 rm -rf /srv/old',
  ])('%j', text => {
    expect(codes(text)).toContain('destructive-command');
  });
});

test('a problem points at the very words, on their own line', () => {
  const plan = planOf('## Deploy', '```bash', 'make a && \\', '  git push origin main', '```');
  expect(plan.problems.find(({code}) => code === 'outward-command')).toMatchObject({
    severity: 'info',
    line: 4,
    column: 3,
  });
});

test('what reaches others is a warning where nothing should change', () => {
  const severity = (title: string) =>
    planOf(title, '```bash', 'git push origin main', '```').problems.find(({code}) => code === 'outward-command')
      ?.severity;
  expect(severity('## Deploy')).toBe('info');
  expect(severity('## Monitoring')).toBe('warning');
});

test('what cannot be read as shell is left for a person, with a reason', () => {
  const plan = planOf('## Deploy', '```bash', 'make a', 'if [ -d x ]; then', '  rm -rf x', '```');
  expect(plan.problems.find(({code}) => code === 'unreadable-command')).toMatchObject({severity: 'warning', line: 4});
  expect(plan.steps.map(({action}) => kindOf(action))).toEqual(['shell', 'manual']);
});
