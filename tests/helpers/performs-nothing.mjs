// Loaded before a program that must perform nothing: writes down every process it starts and every connection it opens.
import childProcess from 'node:child_process';
import {appendFileSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import net from 'node:net';

const report = process.env['TMINUS_TEST_PERFORMED'];

for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
  const original = childProcess[name];
  childProcess[name] = (...args) => {
    appendFileSync(report, `${name} ${args[0]}\n`);
    return original(...args);
  };
}
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  appendFileSync(report, `connect ${JSON.stringify(args[0])}\n`);
  return connect.apply(this, args);
};
syncBuiltinESMExports();
