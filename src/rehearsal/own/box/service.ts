/** What answers at the addresses that a document asks: an old and a new version, or nothing while it is down. */
import {createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer as createSecure} from 'node:https';
import {createServer as createTcpServer, type Server} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {REDACTED} from '../../../plan/script.ts';
import type {GoodAnswer, Needs, ServiceNeed} from '../needs.ts';

export type Version = 'old' | 'new' | 'down';

export type Service = {
  version(): Version;
  serve(version: Version): void;
};

const USUAL_MS = 20;
/** An answer takes this share of the time that the document allows. */
const PART_OF_BOUND = 0.4;
const ANSWER_MS_MAX = 2000;
const PORTS = {'http:': 80, 'https:': 443};

/** Listens at every port that an address of `needs` names. `secure`: for https, where it can be had. */
export async function openService(
  {services, versions}: Needs,
  secure: {key: string; cert: string} | undefined,
): Promise<Service> {
  let current: Version = 'old';
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (current === 'down') return void request.socket.destroy();
    request.resume();
    const version = current;
    const good = needFor(services, request)?.[version];
    await sleep(Math.min((good?.belowMs ?? USUAL_MS) * PART_OF_BOUND, ANSWER_MS_MAX));
    const {status, type, body} = answerOf(good, versions[version]);
    response.writeHead(status, {'content-type': type}).end(request.method === 'HEAD' ? undefined : body);
  };
  const ports = new Set<number>();
  for (const {url} of services) {
    const {protocol = '', port = ''} = URL.parse(url) ?? {};
    if (protocol === 'http:' || (protocol === 'https:' && secure !== undefined))
      ports.add(Number(port) || PORTS[protocol]);
  }
  const plain = createServer(answer);
  const secured = secure === undefined ? undefined : createSecure(secure, answer);
  for (const port of ports) {
    const server = serverOf(plain, secured);
    await new Promise<void>(resolve => {
      // A host of the box may have its SSH server there; then that answers.
      server.once('error', error => {
        console.error(`nothing answers at port ${port}: ${error.message}`);
        resolve();
      });
      server.listen(port, '0.0.0.0', resolve);
    });
  }
  return {
    version: () => current,
    serve: version => {
      current = version;
    },
  };
}

/** Two addresses may share a port, one of them asked over https: the first byte of a connection tells which it is. */
function serverOf(plain: HttpServer, secured: HttpServer | undefined): Server {
  return createTcpServer(socket => {
    socket.on('error', () => {});
    socket.once('readable', () => {
      const first: Buffer | null = socket.read(1);
      if (first === null) return void socket.destroy();
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE && secured !== undefined ? secured : plain).emit('connection', socket);
    });
  });
}

const TLS_HANDSHAKE = 22;

/** The one with this path and method; else the one with this path. */
function needFor(services: readonly ServiceNeed[], {url = '/', method = 'GET', headers}: IncomingMessage) {
  const path = url.split('?')[0];
  const alike = services.filter(need => isPath(URL.parse(need.url)?.pathname ?? '', path ?? ''));
  const host = headers.host;
  const here = alike.filter(need => URL.parse(need.url)?.host === host);
  // Where the end of an address is not known ahead, only the server is named.
  const ofServer = services.filter(need => {
    const named = URL.parse(need.url);
    return named?.host === host && named?.pathname === '/';
  });
  const found = [here, alike, ofServer].find(some => some.length > 0) ?? [];
  return found.find(need => need.method === method) ?? found[0];
}

/** The box is not told the secrets in an address. */
function isPath(known: string, asked: string): boolean {
  const own = known.split('/');
  const parts = asked.split('/');
  return own.length === parts.length && own.every((part, index) => part.includes(REDACTED) || part === parts[index]);
}

function answerOf(good: GoodAnswer | undefined, version: string): {status: number; type: string; body: string} {
  if (good === undefined) return {status: 404, type: 'text/plain', body: 'nothing is asked here\n'};
  const {status, holds, json} = good;
  if (json !== undefined && json !== null && typeof json === 'object') {
    const held = Array.isArray(json) ? json : {version, ...json, ...(holds.length > 0 ? {says: holds} : {})};
    return {status, type: 'application/json', body: `${JSON.stringify(held)}\n`};
  }
  if (holds.length > 0) return {status, type: 'text/plain', body: `${holds.join('\n')}\n`};
  return {status, type: 'application/json', body: `${JSON.stringify({status: 'ok', version})}\n`};
}
