/** `tminus check`: what was understood of a checklist, what is open, what is dangerous. */
import {checkJson} from '../report/check/check-json.ts';
import {checkPage} from '../report/check/check-page.ts';
import {type ConnectionProof, connectionLines} from '../report/check/connections.ts';
import {EXIT} from '../run/exit-codes.ts';
import {toAscii} from '../text/ascii.ts';
import {paintIn} from '../text/paint.ts';
import {parseArguments} from './command-line/arguments.ts';
import {programName} from './command-line/program-name.ts';
import {connectCheck} from './connect-check.ts';
import {loadNamed} from './load.ts';
import {speaksUtf8} from './terminal/appearance.ts';

export async function checkCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('check', args);
  const [file = ''] = positionals;
  const named = loadNamed(positionals[0], flags.bindings, {command: 'check'});
  const {plan, bindings} = named;
  const {columns: width = PAGE_COLUMNS, rows, isTTY} = process.stdout;
  const ascii = flags.ascii === true || (isTTY === true && !speaksUtf8(process.env));
  const colour = isTTY === true && !process.env['NO_COLOR'];
  if (flags.json !== true) {
    const [program, given] = [programName(), flags.bindings];
    process.stdout.write(
      checkPage(plan, {width, rows, colour, ascii, file, bindings, program, given, connects: flags.connect === true}),
    );
  }
  const connections = flags.connect === true ? await connectCheck(named) : undefined;
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

/** A log that is not there yet, or a probe without an answer, keeps nobody from beginning. */
function isUnreachable({kind, state}: ConnectionProof): boolean {
  return state === 'failed' && (kind === 'host' || kind === 'database');
}

const PAGE_COLUMNS = 100;
