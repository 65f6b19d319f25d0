const log = require('./log.cjs');

let finished = 0;

/** Runs a task after the answer has gone out; how it ended stands in the log. */
exports.run_in_background = (name, task) => {
  const startedAt = performance.now();
  task().then(
    () => {
      finished += 1;
      log.info(
        'background',
        `Background task completed: ${name} #${finished} in ${Math.round(performance.now() - startedAt)} ms`,
      );
    },
    error => log.error('background', `Background task failed: ${name}: ${error.message}`),
  );
};
