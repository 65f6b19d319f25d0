// Loaded into the program before it starts: its wall clock is off by what stands in a file, milliseconds, from moment to moment.
import {readFileSync} from 'node:fs';

const RealDate = Date;
const file = process.env['FAULTS_CLOCK'] ?? '';
let offsetMs = 0;

function look() {
  try {
    offsetMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // Being written just now: it stays what it was.
  }
}

look();
setInterval(look, 20).unref();

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offsetMs);
    else super(...given);
  }
  static now() {
    return RealDate.now() + offsetMs;
  }
};
