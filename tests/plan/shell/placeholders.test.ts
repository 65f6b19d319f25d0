import {describe, expect, test} from 'vitest';
import {bindText, findPlaceholders} from '../../../src/plan/shell/placeholders.ts';
import {planOf} from '../../helpers/plan-view.ts';

describe('findPlaceholders', () => {
  test.each([
    ['ssh user@your-vps-ip', ['user@your-vps-ip']],
    ['curl https://your-api-domain.com/health', ['your-api-domain.com']],
    ['cd /path/to/myhibachi-backend', ['/path/to/myhibachi-backend']],
    ['cp -r apps/backend.backup.YYYYMMDD apps/backend', ['YYYYMMDD']],
    ['gcloud container resize <NODE POOL NAME> > out.txt', ['<NODE POOL NAME>']],
    ['pg_dump > backup_[timestamp].sql', ['[timestamp]']],
    ['deploy {{env}} with {{ version }}', ['{{env}}', '{{ version }}']],
    ['git diff --stat vPREVIOUS..vX.Y.Z -- src', ['vPREVIOUS', 'vX.Y.Z']],
    ['git log vOLD..vNEW', ['vOLD', 'vNEW']],
    ['helm upgrade till . --version vN', ['vN']],
    ['virsh setvcpus --vCPU 4 vLAN', []],
    ['git tag vX.Y.Z && git push origin vX.Y.Z', ['vX.Y.Z', 'vX.Y.Z']],
    ['scp app deploy@<ip>:/srv', ['deploy@<ip>']],
    ['ssh <user>@<host>', ['<user>@<host>']],
    ['psql postgresql://user:pass@your-host/db', ['your-host']],
    ['curl https://api.example.com/x', ['api.example.com']],
    ['PASSWORD=CHANGEME', ['CHANGEME']],
    // What a variable stands for is no name to fill in.
    ['for r in a b; do ssh $r.lab.example.net uptime; done', []],
    ['ssh ${box}.example.org uptime', []],
    ['tar czf $YYYYMMDD.tgz /srv', []],
    ['export KEY=YOUR_API_KEY', ['YOUR_API_KEY']],
    ['ssh user@host', ['user@host']],
    ['restore db_YYYY-MM-DD at HH:MM', ['YYYY-MM-DD', 'HH:MM']],
    ['helm upgrade yourapp', ['yourapp']],
    ['Call [Name/Phone].', ['[Name/Phone]']],
    [
      'gcloud container clusters get-credentials --zone ZONE_NAME --project=MY_PROJECT_ID',
      ['ZONE_NAME', 'MY_PROJECT_ID'],
    ],
    ['curl https://api.test/users/{user_id}/orders', ['{user_id}']],
    ['cp /sicherung/shop_JJJJMMTT.sql .', ['JJJJMMTT']],
    ['cp /backups/tienda_AAAAMMDD.sql .', ['AAAAMMDD']],
    ['ssh admin@10.0.0.x', ['admin@10.0.0.x']],
    ['export STRIPE_KEY=sk-live-...', ['sk-live-...']],
    ['docker run -d --name api ... registry/api:12', ['...']],
    ['export OWNER=TBD', ['TBD']],
    ['curl https://tu-dominio.com/salud', ['tu-dominio.com']],
    ['ping ihr-server', ['ihr-server']],
    ['pg_restore -d club < ~/backups/members-THE-ONE-FROM-TONIGHT.dump', ['THE-ONE-FROM-TONIGHT']],
    ['tar xf kasse-DIE-VON-HEUTE.tgz', ['DIE-VON-HEUTE']],
    ['restore /srv/guichet-LE-DERNIER-DE-CE-SOIR.sql', ['LE-DERNIER-DE-CE-SOIR']],
    ['bin/send-test-mail you@wherever', ['you@wherever']],
    ['ssh me@somehost uptime', ['me@somehost']],
    ['scp x ops@some-server:/tmp', ['ops@some-server']],
    ['ssh alguien@servidor uptime', ['alguien@servidor']],
  ])('sees what is to be replaced in %s', (text, names) => {
    expect(findPlaceholders(text).map(found => found.text)).toEqual(names);
    for (const {text: name, start, end} of findPlaceholders(text)) expect(text.slice(start, end)).toBe(name);
  });

  test.each([
    'sort <in.txt >out.txt',
    'cat <<EOF >x',
    'openssl s_client -cipher ECDHE-RSA-AES256-GCM-SHA384',
    'iconv -f ISO-8859-1 -t UTF-8 README-FIRST CVE-2024-1',
    'ssh ops@web-1.lan && git clone git@github.com:x/y && ssh youssef@web1',
    'cat <<EOF>x',
    'cmd 2>&1 >/dev/null',
    '<br> <details> <b>bold</b> <custom>x</custom>',
    'Map<String> and Promise<Void>',
    '[ -f x ] && [[ -d y ]]',
    '- [ ] task and [x] done',
    '[text](http://x) [ref][x] [^1]',
    '${YOUR_X} $YOUR_Y ${{ github.sha }}',
    "docker ps --format '{{.Names}}'",
    'a -> b => c',
    'echo ${arr[name]} "${list[@]}"',
    'grep [a-z] file; grep "[ERROR]" log',
    "select to_char(now(), 'YYYY-MM-DD')",
    'git clone git@github.com:org/repo.git',
    'grep DATABASE_URL .env',
    'docker run -e API_TOKEN image',
    "awk '{print}' x; jq '{name}' y; find . -exec rm {} +",
    'go test ./... && git diff main...feature',
    'git reset HEAD@{upstream}; echo {a,b} {1..3} %{http_code}',
    'grep -rn TODO src',
    'docker build --build-arg APP_VERSION -e API_HOST .',
    'echo "waiting ... done"',
    'kubectl get pods --field-selector status.phase=Running',
  ])('leaves %s alone', text => {
    expect(findPlaceholders(text)).toEqual([]);
  });
});

describe('bindText', () => {
  const values: Record<string, string> = {
    'your-vps-ip': '203.0.113.7',
    '/path/to/app': '/srv/my app',
    '/path/to/app/logs': '/var/log/app',
    'your-api-domain.com': 'http://127.0.0.1:8080',
    'your-api': 'wrong',
    myhibachi: 'sushi',
    version: '2.1',
  };
  const lookup = {keys: Object.keys(values), get: (name: string) => values[name]};

  test('takes the longest key that fits, and no key inside a longer word', () => {
    expect(bindText('cd /path/to/app/logs', lookup, 'shell').text).toBe('cd /var/log/app');
    expect(bindText('cd /path/to/app/x', lookup, 'shell').text).toBe("cd '/srv/my app'/x");
    expect(bindText('curl your-api-domain.com', lookup, 'plain').text).toBe('curl http://127.0.0.1:8080');
    expect(bindText('myhibachi-api', lookup, 'plain').text).toBe('myhibachi-api');
    expect(bindText('restart myhibachi', lookup, 'plain').text).toBe('restart sushi');
  });

  test('binds the machine of an account, and the name inside brackets', () => {
    expect(bindText('ssh user@your-vps-ip', lookup, 'shell')).toMatchObject({
      text: 'ssh user@203.0.113.7',
      missing: [],
    });
    expect(bindText('git tag v<version>', lookup, 'shell').text).toBe('git tag v2.1');
  });

  test('reports what has no value once, and leaves it as it stands', () => {
    const bound = bindText('cp <from> <to> <from>', () => undefined, 'shell');
    expect(bound).toEqual({text: 'cp <from> <to> <from>', missing: [{name: '<from>'}, {name: '<to>'}]});
  });

  test('treats an empty value as none', () => {
    expect(bindText('rm -rf /srv/<dir>', () => '', 'shell').missing).toEqual([{name: '<dir>'}]);
  });

  test('lets a value with its own scheme replace the scheme of the document', () => {
    expect(bindText('https://your-api-domain.com/health', lookup, 'url').text).toBe('http://127.0.0.1:8080/health');
    expect(bindText('curl "https://your-api-domain.com/health"', lookup, 'shell').text).toBe(
      'curl "http://127.0.0.1:8080/health"',
    );
  });

  test('asks nothing for a placeholder in a comment', () => {
    expect(bindText('restart # via your-domain', () => undefined, 'shell').missing).toEqual([]);
    expect(bindText('select 1 -- for <customer>', () => undefined, 'sql').missing).toEqual([]);
  });

  test.each([
    ["select * from t where name = '<x>'", "O'Brien", "select * from t where name = 'O''Brien'"],
    [
      'select * from t where name = <x>',
      "a'; drop table t; --",
      "select * from t where name = 'a''; drop table t; --'",
    ],
    ['select * from "<x>"', 'a"b', 'select * from "a""b"'],
    ['select * from <x>', 'core.users', 'select * from core.users'],
    ['select * from t limit <x>', '10', 'select * from t limit 10'],
    ["select '--', <x>", 'a b', "select '--', 'a b'"],
  ])('writes a value into SQL as data: %s', (text, value, expected) => {
    expect(bindText(text, () => value, 'sql')).toEqual({text: expected, missing: []});
  });

  test('refuses to write free text into a function body', () => {
    expect(bindText('do $$ begin perform <x>; end $$', () => '1; drop table t', 'sql').missing).toEqual([
      {name: '<x>', because: expect.any(String)},
    ]);
  });

  test.each([
    ['{"message": "<x>"}', 'say "hi"\n', '{"message": "say \\"hi\\"\\n"}'],
    ['{"id": <x>}', '12', '{"id": 12}'],
    ['{"id": <x>}', 'a", "admin": true', '{"id": "a\\", \\"admin\\": true"}'],
  ])('writes a value into JSON as data: %s', (text, value, expected) => {
    const {text: bound} = bindText(text, () => value, 'json');
    expect(bound).toBe(expected);
    expect(() => JSON.parse(bound)).not.toThrow();
  });

  test.each([
    ['https://a.test/users/<x>', 'x/../?admin=1#f', 'https://a.test/users/x/../%3Fadmin=1%23f'],
    ['https://a.test/?q=<x>', 'a&b=c d', 'https://a.test/?q=a%26b%3Dc%20d'],
    ['https://<x>/health', '127.0.0.1:8443', 'https://127.0.0.1:8443/health'],
  ])('keeps a value in its part of the URL: %s', (text, value, expected) => {
    expect(bindText(text, () => value, 'url').text).toBe(expected);
  });
});

test('the version behind a package is a blank by itself', () => {
  const plan = planOf('## Publish', '- [ ] `npm deprecate kestrel@X.Y.Z "broken"`');
  expect(plan.placeholders.map(({text}) => text)).toEqual(['X.Y.Z']);
});
