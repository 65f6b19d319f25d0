/** Sentences below commands that quote what comes out are judged by a person. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const judgedBelow = (text: string) =>
  planOf('## Deploy', '', '```bash', './selftest.sh', '```', '', text).steps[0]?.expectations.map(
    ({text: said, readable}) => [said, readable],
  );

test.each([
  'The self test prints a page and ends in `SELFTEST PASS (31/31)`.',
  'The pump reports `READY` after a minute.',
  'Der Test endet mit `ALLE TORE ZU`.',
  'Le test affiche `TOUT VA BIEN`.',
  'La prueba termina con `TODO EN ORDEN`.',
  'O teste mostra `TUDO CERTO`.',
])('%s', text => {
  expect(judgedBelow(text)).toEqual([[text, false]]);
});

test.each([
  'The test prints a page.',
  'It says so in `/var/log/selftest.log`.',
  '`SELFTEST_MODE` is set by the unit.',
  'The old one gives `--fast` to the pump.',
])('"%s" quotes no output', text => {
  expect(judgedBelow(text)).toEqual([]);
});

test.each(['→ `200`', '`pack.tgz: OK`', '=> `all gates closed`'])('%s is the output', text => {
  expect(judgedBelow(text)?.length).toBe(1);
});

test.each(['→ `systemctl restart shop`', '-> `sudo reboot`', '`gatectl verify all`', '`frob nicate`'])(
  '%s may be a command, and is no output',
  text => {
    expect(judgedBelow(text)).toEqual([]);
  },
);
