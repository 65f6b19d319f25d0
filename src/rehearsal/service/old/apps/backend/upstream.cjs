const {setTimeout: sleep} = require('node:timers/promises');

/** Waits as long as a call to another service of about `ms` would take. */
exports.upstream = ms => sleep(ms * (0.97 + Math.random() * 0.06));
