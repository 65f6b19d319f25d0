/** A real sshd and a checklist of the test's own: for what the whole production is too much. */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {endProcessesWith} from './proc.ts';
import {newOperator, type Operator} from './program.ts';
import {type Elsewhere, type Sshd, startSshd} from './sshd.ts';
import {startTcpProxy, type TcpProxy} from './tcp-proxy.ts';

export type SmallHost = {
  sshd: Sshd;
  /** Where the steps write. */
  directory: string;
  /** Answers with 200: what a rollback verifies itself by. */
  healthUrl: string;
  operator: Operator;
  checklist: string;
  bindings: string;
  /** Lines of a file on the host; none while there is no such file. */
  lines(name: string): readonly string[];
  write(name: string, text: string): void;
  /** Makes a file on the host, such as one that a step waits for. */
  touch(name: string): void;
  /** What was asked of the health URL otherwise than by GET. */
  requests(): readonly string[];
  /** Whether anything was ever started on the host. */
  hasJobs(): boolean;
  stop(): Promise<void>;
};

/** `checklist` may use `DIRECTORY` and `HEALTH`; its host is `user@your-vps-ip`. `more`: bindings beside that host. */
export async function startSmallHost({
  checklist,
  more = '',
  via,
  machine,
}: {
  checklist: string;
  more?: string;
  /** The port of a proxy in front of it. */
  via?: number;
  /** Where its server runs, when that is not this machine. */
  machine?: Elsewhere;
}): Promise<SmallHost> {
  const sshd = await startSshd({...(via === undefined ? {} : {via}), ...(machine === undefined ? {} : {machine})});
  const directory = join(sshd.directory, 'host');
  mkdirSync(directory);
  const changing: string[] = [];
  const health = createServer(async (request, response) => {
    if (request.method !== 'GET') changing.push(`${request.method} ${await text(request)}`);
    response.end('{"status": "healthy"}');
  });
  await new Promise<void>(resolve => health.listen(0, '127.0.0.1', resolve));
  const healthUrl = `http://127.0.0.1:${(health.address() as AddressInfo).port}/health`;
  const at = (name: string) => join(directory, name);
  const files = {checklist: join(sshd.directory, 'small.md'), bindings: join(sshd.directory, 'small.yaml')};
  writeFileSync(files.checklist, checklist.replaceAll('DIRECTORY', directory).replaceAll('HEALTH', healthUrl));
  writeFileSync(
    files.bindings,
    `tminus: 1
hosts:
  vps: { matches: user@your-vps-ip, destination: box, config: ${sshd.configFile}, directory: ${directory} }
${more}`,
  );
  writeFileSync(at('slow.sh'), slowScript);
  const operator = newOperator(sshd.directory);
  return {
    sshd,
    directory,
    healthUrl,
    operator,
    ...files,
    lines: name => (existsSync(at(name)) ? readFileSync(at(name), 'utf8').trim().split('\n') : []),
    write: (name, content) => writeFileSync(at(name), content),
    touch: name => writeFileSync(at(name), ''),
    requests: () => changing,
    hasJobs: () => existsSync(join(sshd.tminusHome, 'jobs')),
    async stop() {
      operator.stop();
      // Jobs are detached from the server, on purpose.
      endProcessesWith(sshd.tminusHome);
      await new Promise(resolve => health.close(resolve));
      await sshd.stop();
    },
  };
}

/** A step as slow as the test wants: writes a line, waits for the file `go`, writes another, ends with `slow-status`. */
const slowScript = `echo first >>lines
until [ -e go ]; do sleep 0.1; done
echo second >>lines
exit "$(cat slow-status 2>/dev/null || echo 0)"
`;

export type DistantHost = SmallHost & {link: TcpProxy};

/** The same behind a link that can be cut. */
export async function startDistantHost(parts: {checklist: string; more?: string}): Promise<DistantHost> {
  let port = 0;
  const link = await startTcpProxy(() => port);
  const host = await startSmallHost({...parts, via: link.port});
  port = host.sshd.port;
  return {
    ...host,
    link,
    async stop() {
      await host.stop();
      await link.stop();
    },
  };
}
