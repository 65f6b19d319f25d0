import {expect, test} from 'vitest';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';

const document = `# Shop
## Deployment Steps
\`\`\`bash
ssh user@your-vps-ip
sudo systemctl restart shop
curl https://your-domain.com/health
\`\`\`
`;

function servedBy(probes: string, hosts = 'vps: {matches: user@your-vps-ip, destination: deploy@shop.example.net}') {
  const yaml = `values: {your-domain.com: api.example.net}\nhosts: {${hosts}}\ndatabases: {main: {url: "postgres://h/d", via: vps}}\nprobes: {${probes}}\nsettle: 45s`;
  const {bindings, problems} = parseBindings(yaml, {env: {}});
  expect(problems).toEqual([]);
  const plan = parsePlan(document, bindings);
  expect(plan.settleMs).toBe(45_000);
  return plan.signals?.['one']?.servedBy;
}

test('an address that the document itself asks is served by the one host on which it restarts things', () => {
  expect(servedBy('one: {http: "https://your-domain.com/orders"}')).toBe('vps');
  expect(servedBy('one: {http: "https://api.example.net/orders"}')).toBe('vps');
});

test('an address of a host is served by it, and what a probe says itself counts before all', () => {
  const two = 'vps: {matches: user@your-vps-ip, destination: deploy@shop.example.net}, db: root@db.example.net';
  expect(servedBy('one: {http: "http://db.example.net:8080/"}', two)).toBe('db');
  expect(servedBy('one: {http: "https://your-domain.com/", served-by: db}', two)).toBe('db');
});

test('an address of somebody else is served by nobody known, and a database where its tunnel ends', () => {
  expect(servedBy('one: {http: "https://status.payments.example/"}')).toBeUndefined();
  expect(servedBy('one: {sql: "select 1", on: main}')).toBe('vps');
});
