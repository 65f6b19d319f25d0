/** Words of commands that look as if they stood for something else. */
import {expect, test} from 'vitest';
import {standInsIn} from '../../../src/plan/shell/stand-ins.ts';

test.each([
  ['tar xzf backup_DATE.tar.gz', 'DATE'],
  ['scp dump.sql HOST:/srv/in', 'HOST'],
  ['ferryctl open --user USER', 'USER'],
  ['lockctl --pin ********', '********'],
  ['ferryctl close --berth ____', '____'],
  ['git checkout v3.8.____', '____'],
  ['ssh ops@lock-N', 'N'],
  ['ping -c 3 192.0.2.NN', 'NN'],
  ['ansible-playbook mx.yml -l mxN', 'N'],
  ['ping -c 1 tillN.quay.example', 'N'],
  ['ssh ops@web0X', 'X'],
  ['restore /backups/yyyy-mm-dd', 'yyyy-mm-dd'],
  ['restore /backups/ddmmyyyy.dump', 'ddmmyyyy'],
  ['ferryctl load "your timetable"', '"your timetable"'],
  ["ferryctl load 'put the timetable'", "'put the timetable'"],
  ['ferryctl load the-new-timetable', 'the-new-timetable'],
  ['anlage laden --stand DATUM', 'DATUM'],
  ['cargar --fecha FECHA', 'FECHA'],
  ['charger sauvegarde_NOM.tar', 'NOM'],
])('%s', (command, found) => {
  expect(standInsIn(command)).toEqual([found]);
});

test.each([
  'curl -X POST http://localhost/reload',
  'kill -HUP 1234',
  'ssh -N -L 5432:db:5432 bastion',
  'nmap -sN -PN 192.0.2.1',
  'iptables -N tillN_IN',
  'psql -c "ALTER USER app SET search_path = app"',
  'mysql -e "UPDATE t SET name = 1 WHERE ID = 4"',
  "awk '{print DATE}' list",
  'grep -c VERSION CHANGELOG',
  'docker build -t media:$GIT_SHA --build-arg VERSION=1 .',
  'curl -H "HOST: shop.example.com" http://localhost',
  'export RELEASE_DATE=2026-11-01',
  'echo "$HOST" > /etc/ferry/host',
  'git checkout HEAD~1',
  'rm -rf "${BACKUP_DIR}"/*',
  'dig +short MX nordwall.example',
  'python -m http.server --bind ::1 8080',
  'systemctl start getty@tty1',
  'modprobe ext4',
  'docker run -e NAME -e PORT=80 shop',
  'initdb -D /pg/16 --locale=nb_NO.UTF-8',
])('%s has none', command => {
  expect(standInsIn(command)).toEqual([]);
});
