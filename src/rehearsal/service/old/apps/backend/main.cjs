// The service of the rehearsal: a small HTTP API whose behaviour is whatever is checked out beside this file.
const {createServer} = require('node:http');
const {readFileSync} = require('node:fs');
const {join} = require('node:path');
const release = require('./release.json');
const log = require('./log.cjs');

loadEnvironment(join(__dirname, '../../.env'));
if (release.crashAtStart) {
  log.traceback('myhibachi.startup', 'Application startup failed', `ImportError: ${release.crashAtStart}`);
  process.exit(1);
}

const database = require('./database.cjs');
const routes = {
  'GET /health': require('./api/health.cjs').health,
  'POST /api/ai/chat': require('./api/ai/chat.cjs').chat,
  'POST /api/bookings': require('./api/bookings.cjs').createBooking,
};
const bodyBytesMax = 64 * 1024;

const server = createServer((request, response) => {
  const startedAt = performance.now();
  const endpoint = new URL(request.url, 'http://service').pathname;
  answer(request, endpoint)
    .catch(error => {
      log.traceback(moduleOf(endpoint), `${request.method} ${endpoint} failed`, `${error.name}: ${error.message}`);
      return {status: 500, body: {error: 'Internal Server Error'}};
    })
    .then(({status, body}) => {
      const ms = performance.now() - startedAt;
      response.writeHead(status, {'content-type': 'application/json'}).end(`${JSON.stringify(body)}\n`);
      log.access(request.method, endpoint, status, ms);
      database.recordRequest(endpoint, status, ms);
    });
});

server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  log.info('myhibachi.startup', `Application startup complete: version ${release.version}`);
});
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

async function answer(request, endpoint) {
  const route = routes[`${request.method} ${endpoint}`];
  if (!route) return {status: 404, body: {error: 'Not Found'}};
  const text = await read(request);
  let payload;
  try {
    payload = text === '' ? {} : JSON.parse(text);
  } catch {
    return {status: 422, body: {error: 'the body is not JSON'}};
  }
  return route(payload);
}

async function read(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= bodyBytesMax) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function moduleOf(endpoint) {
  return endpoint.slice(1).replaceAll('/', '.');
}

/** KEY=VALUE lines, as a dotenv file has them; what the process was started with wins. */
function loadEnvironment(file) {
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (name) process.env[name] ??= value;
  }
}

function stop() {
  log.info('myhibachi.startup', 'Shutting down');
  process.exit(0);
}
