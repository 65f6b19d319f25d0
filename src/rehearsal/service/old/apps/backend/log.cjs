const {appendFileSync} = require('node:fs');
const {join} = require('node:path');

const errorLog = join(process.env.LOG_DIRECTORY, 'error.log');
const accessLog = join(process.env.LOG_DIRECTORY, 'access.log');

exports.info = (module, text) => write(errorLog, `INFO ${module} ${text}`);
exports.error = (module, text) => write(errorLog, `ERROR ${module} ${text}`);
exports.access = (method, endpoint, status, ms) =>
  write(accessLog, `INFO access ${method} ${endpoint} ${status} ${ms.toFixed(1)}ms`);

/** One ERROR line and the indented lines that belong to it. */
exports.traceback = (module, what, cause) =>
  write(
    errorLog,
    `ERROR ${module} ${what}: Traceback (most recent call last)\n  in ${module.replaceAll('.', '/')}\n${cause}`,
  );

function write(file, text) {
  const now = new Date().toISOString();
  appendFileSync(file, `${now.slice(0, 10)} ${now.slice(11, 19)} ${text}\n`);
}
