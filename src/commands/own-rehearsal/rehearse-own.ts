/** `tminus rehearse CHECKLIST`: a document of one's own, deploy and rollback, against a target made of its own commands. */
import type {Connection} from '../../attach/client.ts';
import {createRedactor} from '../../journal/secrets/redact.ts';
import {secretsIn} from '../../journal/secrets/secrets.ts';
import type {Plan} from '../../plan/plan.ts';
import {whyNoBox} from '../../rehearsal/own/box/box-command.ts';
import type {BoxPlan} from '../../rehearsal/own/box/box-plan.ts';
import {needsOf} from '../../rehearsal/own/read-needs.ts';
import type {Round} from '../../report/rehearsal/played.ts';
import type {RunSettings} from '../../run/event.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {reviewProgress} from '../../run/review.ts';
import {CommandError} from '../command-error.ts';
import {programName} from '../command-line/program-name.ts';
import {loadNamed, type Named} from '../load-named-plan.ts';
import {startRun} from '../run.ts';
import {chooseView, showRun, type View} from '../show-run.ts';
import {say} from '../terminal/print.ts';
import {boxHosts, boxPlanOf, prepareBox} from './box-of-run.ts';
import {linesOf, playRound} from './play-round.ts';
import {tellFindings} from './print-findings.ts';
import {roundOf, TargetStates} from './target-states.ts';

type Flags = {
  bindings?: string | undefined;
  procedure?: string | undefined;
  fault?: string | undefined;
  junit?: string | undefined;
  plain?: boolean | undefined;
  json?: boolean | undefined;
};

const ALONE_MS_MAX = 5 * 60_000;

export async function rehearseOwn(checklist: string, flags: Flags): Promise<number> {
  const {procedure} = flags;
  const view = await chooseView(flags);
  const named = loadNamed(checklist, flags.bindings, {command: 'rehearse', procedure});
  refuseUnread(named, view);
  const faultAt = faultLine(named.plan, flags.fault);
  const because = whyNoBox();
  if (because !== undefined) throw new CommandError(EXIT.refused, `this document cannot be rehearsed here: ${because}`);
  const {plain: hide} = createRedactor(secretsIn(named.bindings, process.env));
  const box = await boxPlanOf(needsOf(named.plan), named.bindings, hide);
  if (view.kind !== 'json') say(setUpText(box));
  const ended = await play({named, box, view, faultAt, procedure});
  if (ended === undefined) return EXIT.detached;
  return tellFindings(named.shown, box.needs, [ended], flags);
}

type Play = {named: Named; box: BoxPlan; view: View; faultAt: number | undefined; procedure: string | undefined};

/** Undefined where whoever looked on has left before the end. */
async function play({named, box, view, faultAt, procedure}: Play): Promise<Round | undefined> {
  let ended: Round | undefined;
  await startRun({
    named,
    values: box.needs.values,
    choices: [],
    procedure,
    auto: false,
    yes: view.kind === 'console' ? [] : ['all'],
    watch: 'all',
    dryRun: false,
    view,
    attended: true,
    aloneMsMax: ALONE_MS_MAX,
    box: {
      directory: box.hosts[0]?.home ?? '/',
      shown: {programs: programsOf(box)},
      failAt: faultAt,
      database: box.madeDatabase,
      hosts: boxHosts(box),
      within: runDirectory => prepareBox(runDirectory, box),
    },
    show: async connection => {
      const states = new TargetStates(connection.runDirectory);
      const code = await (view.kind === 'console'
        ? look(connection, states, view)
        : playRound(connection, view.kind, states, faultAt));
      if (connection.store.getState().closed === null) return code;
      ended = await roundOf(connection, states.now(), faultAt);
      return code;
    },
  });
  return ended;
}

async function look(connection: Connection, states: TargetStates, view: View): Promise<number> {
  const stop = states.follow(connection);
  const code = await showRun(connection, connection.store.getState().run.id, view);
  stop();
  return code;
}

/** Nothing of a document that nobody has read runs by itself, not even here. */
function refuseUnread({shown: plan, reviewing, checklist}: Named, {kind}: View): void {
  const {confirmed, total} = reviewProgress(plan, reviewing);
  if (kind === 'console' || total === 0 || confirmed > 0) return;
  const again = `${programName()} review ${checklist}`;
  throw new CommandError(EXIT.refused, `nothing of ${plan.title} is confirmed yet; confirm it with: ${again}`);
}

/** `step:61`: the last command of the step that begins in line 61, or the command that stands there. */
function faultLine({steps}: Plan, fault: string | undefined): number | undefined {
  if (fault === undefined) return undefined;
  const line = Number(/^step:(\d+)$/.exec(fault)?.[1]);
  if (Number.isNaN(line)) {
    throw new CommandError(EXIT.usage, `a document of one's own fails at a line: --fault step:LINE, got "${fault}"`);
  }
  const found = steps.find(step => linesOf(step).includes(line)) ?? steps.findLast(step => step.line <= line);
  const lines = found === undefined ? [] : linesOf(found);
  const last = lines.at(-1);
  if (last === undefined) throw new CommandError(EXIT.usage, `--fault step:${line}: nothing is run at that line`);
  return lines.slice(1).includes(line) ? line : last;
}

function programsOf({needs}: BoxPlan): NonNullable<RunSettings['box']>['programs'] {
  const all = needs.places.flatMap(place => place.programs);
  return [...Map.groupBy(all, ({name}) => name)].map(([name, own]) => {
    const lines = [...new Set(own.flatMap(one => one.lines))].sort((a, b) => a - b);
    const how = own[0]?.how ?? 'unknown';
    return {name, lines, how: how === 'stand-in' ? 'played' : how};
  });
}

function setUpText(box: BoxPlan): string {
  const {needs, hosts} = box;
  const made = [
    `hosts ${hosts.map(({hostname}) => hostname).join(', ')}`,
    ...needs.places.flatMap(({repositories}) => repositories.map(({path}) => `repository ${path}`)),
    ...(box.postgres === undefined ? [] : ['PostgreSQL']),
    ...new Set(needs.services.map(({url}) => url)),
  ];
  const played = programsOf(box).filter(({how}) => how === 'played');
  const unknown = programsOf(box).filter(({how}) => how === 'unknown');
  return [
    `T-Minus: a target of the document's own commands is made: ${made.join(', ')}`,
    ...(played.length === 0 ? [] : [`  played, not real: ${played.map(({name}) => name).join(', ')}`]),
    ...(unknown.length === 0 ? [] : [`  not known, does not run: ${unknown.map(({name}) => name).join(', ')}`]),
    '',
  ].join('\n');
}
