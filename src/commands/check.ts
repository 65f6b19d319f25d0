import {checkJson} from '../report/check-json.ts';
import {checkPage} from '../report/check-page.ts';
import {parseArguments} from './arguments.ts';
import {connectCheck} from './connect-check.ts';
import {EXIT} from './exit-codes.ts';
import {loadNamed} from './load.ts';

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
  const named = loadNamed(positionals[0], flags.bindings);
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(checkJson(named.plan), undefined, 2)}\n`);
  } else {
    const width = process.stdout.columns ?? PAGE_COLUMNS;
    const colour = process.stdout.isTTY === true && !process.env['NO_COLOR'];
    process.stdout.write(checkPage(named.plan, {width, colour, ascii: flags.ascii, file: positionals[0] ?? ''}));
  }
  if (flags.connect) {
    // With --json standard output is one document; what the connections say goes beside it.
    const reached = await connectCheck(named, flags.json ? process.stderr : process.stdout);
    if (!reached) return EXIT.unreachable;
  }
  return named.plan.problems.some(problem => problem.severity === 'error') ? EXIT.invalid : EXIT.succeeded;
}

const PAGE_COLUMNS = 100;
