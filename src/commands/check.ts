/** `tminus check`: what was understood of a checklist, what is open, what is dangerous. */
import {setFlagsFromString} from 'node:v8';
import {type Loaded, loadPlan} from '../engine/opening/load-plan.ts';
import {choiceProblems} from '../engine/opening/why-not-run.ts';
import {checkJson} from '../report/check/check-json.ts';
import {checkPage} from '../report/check/check-page.ts';
import {type ConnectionProof, connectionLines} from '../report/check/connections.ts';
import {EXIT} from '../run/exit-codes.ts';
import {toAscii} from '../text/ascii.ts';
import {compact} from '../text/compact.ts';
import {paintIn} from '../text/paint.ts';
import {parseArguments} from './command-line/arguments.ts';
import {readNamed} from './command-line/named-files.ts';
import {programName} from './command-line/program-name.ts';
import {connectCheck} from './connect-check.ts';
import {speaksUtf8} from './terminal/appearance.ts';

export async function checkCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('check', args);
  const [file = ''] = positionals;
  const loaded = loadNamed(positionals[0], flags.bindings);
  const {plan, bindings} = loaded;
  const {columns: width = PAGE_COLUMNS, rows, isTTY} = process.stdout;
  const ascii = flags.ascii === true || (isTTY === true && !speaksUtf8(process.env));
  const colour = isTTY === true && !process.env['NO_COLOR'];
  if (flags.json !== true) {
    const [program, given] = [programName(), flags.bindings];
    process.stdout.write(
      checkPage(plan, {width, rows, colour, ascii, file, bindings, program, given, connects: flags.connect === true}),
    );
  }
  const connections = flags.connect === true ? await connectCheck(loaded) : undefined;
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(checkJson(plan, connections), undefined, 2)}\n`);
  } else if (connections !== undefined) {
    const lines = connectionLines(connections, {width, paint: paintIn(colour), isPiped: isTTY !== true});
    const text = `\n${lines.join('\n')}\n`;
    process.stdout.write(ascii ? toAscii(text) : text);
  }
  if (connections?.proofs.some(isUnreachable)) return EXIT.unreachable;
  return plan.problems.some(problem => problem.severity === 'error') ? EXIT.invalid : EXIT.succeeded;
}

/** Reads what the command line names. What cannot be read at all ends the command with 65. */
function loadNamed(checklist: string | undefined, bindings: string | undefined): Loaded {
  // A document is read with hundreds of expressions, each of which is used often: to interpret them first costs more.
  setFlagsFromString('--no-regexp-tier-up');
  const {bytes, bindingsFile: file, bindingsText: text} = readNamed(checklist, bindings, 'check');
  const given = text === undefined || file === undefined ? undefined : {text, file};
  const loaded = loadPlan(compact({checklist: bytes, bindings: given, values: {}, env: process.env}));
  const problems = [...loaded.plan.problems, ...choiceProblems(loaded, [], file)];
  return {...loaded, plan: {...loaded.plan, problems}};
}

/** A log that is not there yet, or a probe without an answer, keeps nobody from beginning. */
function isUnreachable({kind, state}: ConnectionProof): boolean {
  return state === 'failed' && (kind === 'host' || kind === 'database');
}

const PAGE_COLUMNS = 100;
