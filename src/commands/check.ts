/** `tminus check`: what was understood of a checklist, what is open, what is dangerous. */
import {hostsOf} from '../engine/history.ts';
import {whyNotRun} from '../engine/opening/why-not-run.ts';
import {earlierRuns} from '../journal/history-file.ts';
import {stateHome} from '../journal/run-directory.ts';
import {type ConnectionProof, type Connections, connectionLines} from '../report/check/check-connections.ts';
import {checkJson} from '../report/check/check-json.ts';
import {type CheckPageOptions, checkPage} from '../report/check/check-page.ts';
import {leftToReview} from '../report/check/check-review.ts';
import {linesPage} from '../report/check/lines-page.ts';
import {EXIT} from '../run/exit-codes.ts';
import type {UsualTimes} from '../run/history/usual-text.ts';
import {usualTimes} from '../run/history/usual-times.ts';
import {toAscii} from '../text/ascii.ts';
import {compact} from '../text/compact.ts';
import {paintIn} from '../text/paint.ts';
import {CommandError} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {programName} from './command-line/program-name.ts';
import {connectCheck} from './connect-check.ts';
import {loadNamed, type Named} from './load-named-plan.ts';
import {speaksUtf8} from './terminal/appearance.ts';
import {print, printJson} from './terminal/print.ts';

export async function checkCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('check', args);
  const [file = ''] = positionals;
  const {procedure} = flags;
  const named = loadNamed(positionals[0], flags.bindings, {command: 'check', procedure});
  const {shown: plan, bindings, reviewing} = named;
  const {columns: width = PAGE_COLUMNS, rows, isTTY} = process.stdout;
  const ascii = flags.ascii === true || (isTTY === true && !speaksUtf8(process.env));
  const colour = isTTY === true && !process.env['NO_COLOR'];
  const [program, given, refused] = [programName(), flags.bindings, refusedBecause(named)];
  const connects = flags.connect === true;
  const isBare =
    flags.json !== true && flags.lines !== true && plan.problems.every(({severity}) => severity !== 'error');
  // Nothing could be told of it but that.
  if (plan.steps.length === 0 && refused !== undefined && isBare) throw new CommandError(EXIT.invalid, refused);
  const history = await usualIn(named);
  const page = {
    width,
    rows,
    colour,
    ascii,
    file,
    bindings,
    program,
    given,
    connects,
    procedure,
    reviewing,
    refused,
    history,
  };
  if (flags.json !== true) print(flags.lines === true ? lines(named, page) : checkPage(plan, page), {painted: colour});
  const connections = connects ? await connectCheck(named) : undefined;
  if (flags.json === true) {
    printJson(checkJson(plan, {connections, reviewing, history}), 2);
  } else if (connections !== undefined) {
    const text = `\n${connectionLines(connections, {width, paint: paintIn(colour), isPiped: isTTY !== true}).join('\n')}\n`;
    print(ascii ? toAscii(text) : text, {painted: colour});
  }
  return exitCode(named, connections, refused);
}

/** What a run of it would know of earlier ones. */
async function usualIn({shown: plan, bindings, checklist, bindingsFile}: Named): Promise<UsualTimes | undefined> {
  const beginning = {plan, hosts: hostsOf(bindings), ...compact({checklist, bindings: bindingsFile})};
  return usualTimes(beginning, await earlierRuns(stateHome(process.env)));
}

/** What a run of it would end with before anything has been done. */
function exitCode({plan, reviewing}: Named, connections: Connections | undefined, refused: string | undefined): number {
  if (connections?.proofs.some(isUnreachable)) return EXIT.unreachable;
  if (refused !== undefined || plan.problems.some(problem => problem.severity === 'error')) return EXIT.invalid;
  return leftToReview(plan, reviewing) === undefined ? EXIT.succeeded : EXIT.refused;
}

function refusedBecause(named: Named): string | undefined {
  return whyNotRun(named, {
    choices: [],
    yes: [],
    ...(named.bindingsFile === undefined ? {} : {bindings: named.bindingsFile}),
  });
}

/** To a file or another program lines go whole. */
function lines({shown: plan, reviewing}: Named, {width, colour, ascii}: CheckPageOptions): string {
  return linesPage(plan, {reviewing, width: process.stdout.isTTY === true ? width : undefined, colour, ascii});
}

/** A log that is not there yet, or a probe without an answer, keeps nobody from beginning. */
function isUnreachable({kind, state}: ConnectionProof): boolean {
  return state === 'failed' && (kind === 'host' || kind === 'database');
}

const PAGE_COLUMNS = 100;
