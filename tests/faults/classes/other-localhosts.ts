/** Hosts whose `localhost` is not that of this machine: whoever answers says who it is, and this machine counts who asks it. */
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {NAMED_SERVER, namespacesMissing, openNamespace} from '../../helpers/namespace.ts';
import {startSshd} from '../../helpers/sshd.ts';
import {held} from '../ledger.ts';
import {hostBindings, stepsOf, together, withPerformer} from '../performer.ts';
import {onHost, type SharedHost} from '../shared.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

const AT_ONCE = 4;
const MEASURE_MS = 20_000;

export const otherLocalhosts: FaultClass = {
  name: 'localhost of another machine',
  real: () => [
    {
      name: 'a host in a network namespace',
      impossible: namespacesMissing
        ? 'network namespaces are not permitted here (root can, outside a container)'
        : undefined,
      run: inNamespace,
    },
  ],
  simulate: 'whose localhost it is, only a network tells',
};

const NAMES = ['localhost', '127.0.0.1', 'LOCALHOST'];
/** What of a line is our own client's, and what is left to curl there. */
const LINES: readonly ((url: string) => string)[] = [
  url => `curl ${url}/health`,
  url => `curl -s ${url}/health`,
  url => `curl -sL ${url}/moved`,
  url => `curl -fsS ${url}/health`,
  url => `curl -s -X POST -d a=b ${url}/orders`,
  url => `curl -s -H 'X-A: b' ${url}/health`,
  url => `curl --compressed -s ${url}/health`,
  url => `curl -s --max-time 20 ${url}/health`,
  url => `curl -s ${url}/health | cat`,
  url => `true && curl -s ${url}/health`,
];

async function inNamespace(): Promise<Result> {
  const namespace = openNamespace();
  let asked = 0;
  const mine = createServer((_request, response) => {
    asked += 1;
    response.end('{"name": "this machine"}');
  });
  await new Promise<void>(resolve => mine.listen(0, '127.0.0.1', resolve));
  const {port} = mine.address() as AddressInfo;
  try {
    await namespace.start(NAMED_SERVER, 'the host', String(port));
    const own = await startSshd({machine: namespace});
    const result = await onHost(host => asking(host, port), own);
    const problems: Problem[] = [...result.problems];
    if (asked > 0) problems.push({kind: 'wrong', what: `this machine was asked ${asked} times in place of the host`});
    return {...result, problems};
  } finally {
    await new Promise(resolve => mine.close(resolve));
    namespace.stop();
  }
}

async function asking(host: SharedHost, port: number): Promise<Result> {
  const more = hostBindings(host);
  const {directory} = host;
  const lines = NAMES.flatMap(name => LINES.map(line => line(`http://${name}:${port}`)));
  const steps = stepsOf(
    lines.map(line => `${line}\n# Expected: {"name": "the host"}`),
    more,
  );
  const urls = NAMES.map(name => `http://${name}:${port}/health`);
  const found = await withPerformer({directory, bindings: more}, async performer => {
    const claims = await together([...steps.entries()], AT_ONCE, async ([index, step]) => {
      const {verdict, printed} = await performer.perform(step);
      const foreign = printed.includes('this machine')
        ? [{kind: 'wrong', what: `${lines[index]}: ${printed}`} as const]
        : [];
      return [...held(lines[index] ?? '', {verdict, may: ['passed']}), ...foreign];
    });
    const probes = await together(urls, AT_ONCE, async (url): Promise<readonly Problem[]> => {
      const from = {kind: 'host', host: 'vps', destination: 'box'} as const;
      const answer = await performer.world.measure({method: 'GET', url, headers: {}, from}, MEASURE_MS);
      if ('error' in answer) return [{kind: 'lost', what: `${url}: ${answer.error}`}];
      return answer.body.includes('the host') ? [] : [{kind: 'wrong', what: `the probe of ${url} got ${answer.body}`}];
    });
    return [...claims.flat(), ...probes.flat()];
  });
  return {injected: lines.length + urls.length, problems: found};
}
