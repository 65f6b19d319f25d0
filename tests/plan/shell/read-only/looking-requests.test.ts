/** A request that is sent again and again, by a probe or after a crash, is one that changes nothing. */
import {expect, test} from 'vitest';
import {namesWork, onlyLooks, plainlyLooks} from '../../../../src/plan/shell/read-only/looking-requests.ts';
import {readsOnly} from '../../../../src/plan/shell/read-only/looks.ts';

const get = (url: string) => ({method: 'GET', url});

test.each([
  'http://localhost:8090/health',
  'https://shop.example.com/api/v1/healthz',
  'https://shop.example.com/deploy/status',
  'https://shop.example.com/api/build-info',
  'http://localhost:9090/metrics',
  'http://localhost:8983/solr/archive/select?q=*:*&rows=0&start=20',
  'https://<host>/status',
])('%s plainly looks', url => {
  expect([onlyLooks(get(url)), plainlyLooks(get(url)), namesWork({url})]).toEqual([true, true, false]);
});

test.each([
  'https://shop.example.com/',
  'http://localhost:8983/solr/admin/collections?action=CLUSTERSTATUS',
  'http://localhost:8983/solr/admin/collections?action=REQUESTSTATUS&requestid=bk1',
  'https://shop.example.com',
  'https://shop.example.com/api/orders?open=20',
  'https://shop.example.com/deployment-guide/chapter-2',
])('%s looks, though its address does not say so', url => {
  expect([onlyLooks(get(url)), plainlyLooks(get(url)), namesWork({url})]).toEqual([true, false, false]);
});

test.each([
  'http://localhost:8983/solr/admin/collections?action=CREATEALIAS&name=a&collections=b',
  'http://localhost:8983/solr/admin/collections?name=old&action=DELETE',
  'http://localhost:8983/solr/a/dataimport?command=full-import',
  'http://localhost:8983/solr/a/update?commit=true',
  'http://localhost/admin.php?op=restart',
  'http://localhost/page?flush',
  'http://localhost:9090/-/reload',
  'http://localhost:9090/-/quit',
  'http://lb.example.com/pools/blue/drain',
  'http://lb.example.com/drain/node-3',
  'http://lb.example.com/switch/live',
  'http://localhost/flushCache.php',
  'http://localhost/v1/jobs/nightly:run',
  'http://localhost/wp-cron.php?doing_wp_cron',
  'https://ci.example.com/job/shop/build?token=x',
  'https://ci.example.com/hooks/5f2a',
  'http://localhost/wartung/an',
  'http://localhost/dienst/neustarten',
  'http://localhost/cache/vaciar',
  'http://localhost/servicio/reiniciar',
  'http://localhost/cache/vider',
  'http://localhost/service/redemarrer',
])('%s does something', url => {
  expect([onlyLooks(get(url)), plainlyLooks(get(url)), namesWork({url})]).toEqual([false, false, true]);
});

test('another method may change something at any address', () => {
  expect(onlyLooks({method: 'POST', url: 'https://shop.example.com/api/search'})).toBe(false);
  expect(onlyLooks({method: 'head', url: 'https://shop.example.com/'})).toBe(true);
});

test('a curl command that does something reads nothing', () => {
  expect(readsOnly('curl -fsS http://localhost/health')).toBe(true);
  expect(readsOnly('curl -fsS http://localhost:9090/-/reload')).toBe(false);
  expect(readsOnly('curl -fsS "http://localhost/admin?action=PURGE" | jq .')).toBe(false);
});
