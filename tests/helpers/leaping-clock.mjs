// Loaded into an engine before it starts: time goes on as it does, but what nothing happens in is leapt over. As soon as
// the process only waits for a timer, its clock stands where that timer is due. What is measured takes the time it takes.
import diagnostics from 'node:diagnostics_channel';
import module from 'node:module';
import {basename} from 'node:path';
import timers from 'node:timers';
import promises from 'node:timers/promises';

/** Work under way that ends by itself: a file being written, a connection being made, a program that runs. */
const BUSY = new Set(['FSReqPromise', 'FSReqCallback', 'ProcessWrap', 'TCPConnectWrap', 'GetAddrInfoReqWrap']);
/** Turns without work after which there is none. */
const QUIET_TURNS = 4;

function leap() {
  const RealDate = Date;
  const realNow = performance.now.bind(performance);
  const realDateNow = RealDate.now.bind(RealDate);
  const realImmediate = setImmediate;
  let leaptMs = 0;
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
    if (requests > 0 || process.getActiveResourcesInfo().some(name => BUSY.has(name))) quiet = 0;
    else quiet += 1;
    const [next] = due;
    if (next === undefined) return;
    if (quiet >= QUIET_TURNS) leaptMs += Math.max(0, next.at - steady());
    if (next.at > steady()) return;
    quiet = 0;
    if (next.repeats) next.refresh();
    else next.close();
    next.act(...next.given);
  };
  turn();
}

if (['engine.js', 'main.ts'].includes(basename(process.argv[1] ?? ''))) leap();
