/** Prints the ms that reading and checking the checklist named on the command line takes, its modules being loaded. */
import {readFileSync} from 'node:fs';
import {emptyBindings} from '../../src/plan/bindings.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {checkPage} from '../../src/report/check-page.ts';

const [file = ''] = process.argv.slice(2);
const bytes = readFileSync(file);
const startedAt = performance.now();
const plan = parsePlan(bytes, emptyBindings);
const page = checkPage(plan, {width: 100, colour: false, ascii: false, file});
const ms = performance.now() - startedAt;
if (page.length === 0) throw new Error('the check says nothing');
process.stdout.write(`${ms}\n`);
