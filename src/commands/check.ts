import {checkJson} from '../report/check-json.ts';
import {checkPage} from '../report/check-page.ts';
import {parseArguments} from './arguments.ts';
import {connectCheck} from './connect-check.ts';
import {EXIT} from './exit-codes.ts';
import {loadNamed} from './load.ts';
import {speaksUtf8} from './locale.ts';
import {programName} from './program-name.ts';

export async function checkCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments(
    args,
    {
      bindings: {type: 'string', short: 'b'},
      connect: {type: 'boolean', default: false},
      json: {type: 'boolean', default: false},
      ascii: {type: 'boolean', default: false},
    },
    1,
  );
  const [file = ''] = positionals;
  const named = loadNamed(positionals[0], flags.bindings, {command: 'check'});
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(checkJson(named.plan), undefined, 2)}\n`);
  } else {
    const {columns: width = PAGE_COLUMNS, rows, isTTY} = process.stdout;
    const ascii = flags.ascii || (isTTY === true && !speaksUtf8(process.env));
    const colour = isTTY === true && !process.env['NO_COLOR'];
    const {plan, bindings} = named;
    const [program, given] = [programName(), flags.bindings];
    process.stdout.write(checkPage(plan, {width, rows, colour, ascii, file, bindings, program, given}));
  }
  if (flags.connect) {
    // With --json standard output is one document; what the connections say goes beside it.
    const reached = await connectCheck(named, flags.json ? process.stderr : process.stdout);
    if (!reached) return EXIT.unreachable;
  }
  return named.plan.problems.some(problem => problem.severity === 'error') ? EXIT.invalid : EXIT.succeeded;
}

const PAGE_COLUMNS = 100;
