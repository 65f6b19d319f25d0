// Loaded into an engine before it starts: time goes on as it does, but what nothing happens in is leapt over. As soon as
// the process only waits for a timer, its clock stands where that timer is due. What is measured takes the time it takes.
// `LEAPING_CLOCK_FROM`, epoch ms: where the clock stands at the start, if not at the machine's own time.
// `LEAPING_CLOCK_REST`, a path: while something is there, nothing is leapt over.
import childProcess from 'node:child_process';
import diagnostics from 'node:diagnostics_channel';
import {existsSync} from 'node:fs';
import module from 'node:module';
import net from 'node:net';
import {basename} from 'node:path';
import timers from 'node:timers';
import promises from 'node:timers/promises';

/** Work under way that ends by itself: a file being written, a connection being made. */
const BUSY = new Set(['FSReqPromise', 'FSReqCallback', 'TCPConnectWrap', 'GetAddrInfoReqWrap']);
/** The shell text that follows a log: it ends when it is told to. */
const FOLLOWS_LOG = /tail -c .* -F /;
/** So long, in real time, a server has for its answer to what it was sent. */
const ANSWER_MS = 1000;
/** Turns without work after which there is none. */
const QUIET_TURNS = 4;

function leap() {
  const RealDate = Date;
  const realNow = performance.now.bind(performance);
  const realDateNow = RealDate.now.bind(RealDate);
  const realImmediate = setImmediate;
  const from = Number(process.env['LEAPING_CLOCK_FROM'] ?? 0);
  delete process.env['LEAPING_CLOCK_FROM'];
  const rest = process.env['LEAPING_CLOCK_REST'];
  const isAtRest = () => rest !== undefined && existsSync(rest);
  let leaptMs = from === 0 ? 0 : Math.max(0, from - Date.now());
  const steady = () => realNow() + leaptMs;

  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(realDateNow() + Math.floor(leaptMs));
      else super(...given);
    }
    static now() {
      return realDateNow() + Math.floor(leaptMs);
    }
  };
  performance.now = steady;

  let requests = 0;
  diagnostics.subscribe('undici:request:create', () => {
    requests += 1;
  });
  for (const end of ['undici:request:trailers', 'undici:request:error'])
    diagnostics.subscribe(end, () => {
      requests -= 1;
    });

  const programs = new Set();
  const realSpawn = childProcess.spawn;
  childProcess.spawn = (...given) => {
    const child = realSpawn(...given);
    programs.add(child);
    child.once('exit', () => programs.delete(child));
    child.once('error', () => programs.delete(child));
    const write = child.stdin?.write;
    if (write !== undefined) {
      child.stdin.write = (text, ...rest) => {
        if (FOLLOWS_LOG.test(String(text))) programs.delete(child);
        return write.call(child.stdin, text, ...rest);
      };
    }
    return child;
  };

  /** Connections to servers that have been sent something, and have not said a word since. */
  const asked = new Map();
  const realWrite = net.Socket.prototype.write;
  net.Socket.prototype.write = function (...given) {
    if (this.remotePort !== undefined) asked.set(this, {bytesRead: this.bytesRead, until: realNow() + ANSWER_MS});
    return realWrite.apply(this, given);
  };
  const awaitsAnswer = () => {
    for (const [socket, {bytesRead, until}] of asked) {
      if (!socket.destroyed && socket.bytesRead === bytesRead && realNow() < until) return true;
      asked.delete(socket);
    }
    return false;
  };

  /** Soonest first. */
  const due = [];
  let order = 0;

  class Timer {
    constructor(act, ms, given, repeats) {
      this.act = act;
      this.ms = ms >= 1 ? ms : 1;
      this.given = given;
      this.repeats = repeats;
      this.refresh();
    }
    refresh() {
      this.close();
      this.at = steady() + this.ms;
      this.order = order++;
      this.isOn = true;
      const after = due.findIndex(one => one.at > this.at);
      due.splice(after === -1 ? due.length : after, 0, this);
      return this;
    }
    close() {
      if (this.isOn) due.splice(due.indexOf(this), 1);
      this.isOn = false;
      return this;
    }
    ref() {
      return this;
    }
    unref() {
      return this;
    }
    hasRef() {
      return true;
    }
    [Symbol.toPrimitive]() {
      return this.order;
    }
    [Symbol.dispose]() {
      this.close();
    }
  }

  const clear = timer => {
    if (timer instanceof Timer) timer.close();
  };
  const sleep = (ms, value, {signal} = {}) =>
    new Promise((resolve, reject) => {
      const timer = new Timer(() => resolve(value), ms ?? 1, [], false);
      signal?.addEventListener('abort', () => {
        timer.close();
        reject(signal.reason);
      });
    });
  const replaced = {
    setTimeout: (act, ms, ...given) => new Timer(act, ms, given, false),
    setInterval: (act, ms, ...given) => new Timer(act, ms, given, true),
    clearTimeout: clear,
    clearInterval: clear,
  };
  Object.assign(globalThis, replaced);
  Object.assign(timers, replaced);
  promises.setTimeout = sleep;
  // Thousands of them would be kept for as long as their real seconds last.
  AbortSignal.timeout = ms => {
    const controller = new AbortController();
    new Timer(() => controller.abort(new DOMException('timed out', 'TimeoutError')), ms, [], false);
    return controller.signal;
  };
  module.syncBuiltinESMExports();

  let quiet = 0;
  const turn = () => {
    realImmediate(turn);
    const isBusy = requests > 0 || programs.size > 0 || awaitsAnswer();
    if (isBusy || process.getActiveResourcesInfo().some(name => BUSY.has(name))) quiet = 0;
    else quiet += 1;
    const [next] = due;
    if (next === undefined) return;
    if (quiet >= QUIET_TURNS && next.at > steady() && !isAtRest()) leaptMs += Math.max(0, next.at - steady());
    if (next.at > steady()) return;
    quiet = 0;
    if (next.repeats) next.refresh();
    else next.close();
    next.act(...next.given);
  };
  turn();
}

if (['engine.js', 'main.ts'].includes(basename(process.argv[1] ?? ''))) leap();
