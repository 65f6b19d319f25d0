/**
 * Prints, as JSON, the ms that reading and checking the checklist named on the command line takes, its modules being
 * loaded: `cold` the first time, `warm` the median of further times, as often as the second argument says.
 */

import {readFileSync} from 'node:fs';
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {checkPage} from '../../src/report/check/check-page.ts';
import {median} from './row.ts';

const [file = '', times = '0'] = process.argv.slice(2);
const bytes = readFileSync(file);
const cold = readAndCheck();
const warm = Array.from({length: Number(times)}, readAndCheck);
process.stdout.write(JSON.stringify({cold, warm: median(warm.slice(Math.floor(warm.length / 2)))}));

function readAndCheck(): number {
  const startedAt = performance.now();
  const plan = parsePlan(bytes, emptyBindings);
  const page = checkPage(plan, {width: 100, colour: false, ascii: false, file});
  const ms = performance.now() - startedAt;
  if (page.length === 0) throw new Error('the check says nothing');
  return ms;
}
