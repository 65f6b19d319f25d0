// `pg` is found through NODE_PATH, which the unit sets; without a database the service answers all the same.
const {pool_size, max_overflow} = require('./config.json');
const release = require('./release.json');
const log = require('./log.cjs');

const connectTimeoutMs = 2000;
const pool = process.env.DATABASE_URL ? openPool(process.env.DATABASE_URL) : undefined;

exports.connected = pool !== undefined;

/** Rows of one statement; none at all when the rehearsal has no database. */
exports.query = async (text, values = []) => (pool ? (await pool.query(text, values)).rows : []);

/** Never holds up an answer: a request that cannot be recorded is only logged. */
exports.recordRequest = (endpoint, status, ms) => {
  exports
    .query('insert into api_logs (endpoint, status, response_time_ms) values ($1, $2, $3)', [endpoint, status, ms])
    .catch(error => log.error('database', `api_logs: ${error.message}`));
};

function openPool(address) {
  const {Pool} = require('pg');
  const url = new URL(address);
  if (release.databasePort) url.port = String(release.databasePort);
  const opened = new Pool({
    connectionString: url.href,
    max: pool_size + max_overflow,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'myhibachi-api',
  });
  opened.on('error', error => log.error('database', `connection lost: ${error.message}`));
  return opened;
}
