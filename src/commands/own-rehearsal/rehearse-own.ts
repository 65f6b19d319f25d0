/** `tminus rehearse CHECKLIST`: a document of one's own, deploy and rollback, against a target made of its own commands. */
import {whyNoBox} from '../../rehearsal/own/box/box-command.ts';
import {needsOf} from '../../rehearsal/own/read-needs.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError} from '../command-error.ts';
import {loadNamed} from '../load.ts';
import {startRun} from '../run.ts';
import {chooseView} from '../show-run.ts';
import {say} from '../terminal/output.ts';
import {boxPlanOf, prepareBox} from './box-of-run.ts';
import {playRound} from './play-round.ts';

type Flags = {
  bindings?: string | undefined;
  procedure?: string | undefined;
  fault?: string | undefined;
  plain?: boolean | undefined;
  json?: boolean | undefined;
};

const ALONE_MS_MAX = 5 * 60_000;

export async function rehearseOwn(checklist: string, flags: Flags): Promise<number> {
  const view = await chooseView(flags);
  const because = whyNoBox();
  if (because !== undefined) throw new CommandError(EXIT.refused, `no rehearsal here: ${because}`);
  const named = loadNamed(checklist, flags.bindings, {command: 'rehearse', procedure: flags.procedure});
  const needs = needsOf(named.plan);
  const box = await boxPlanOf(needs, named.bindings);
  say(`T-Minus: setting the rehearsal up: ${box.hosts.map(({hostname}) => hostname).join(', ')} …\n`);
  const isConsole = view.kind === 'console';
  const {exitCode} = await startRun({
    named,
    values: needs.values,
    choices: [],
    procedure: flags.procedure,
    auto: false,
    yes: isConsole ? [] : ['all'],
    watch: 'all',
    dryRun: false,
    view,
    attended: true,
    aloneMsMax: ALONE_MS_MAX,
    box: {directory: box.hosts[0]?.start ?? '/', within: runDirectory => prepareBox(runDirectory, box)},
    ...(view.kind === 'console' ? {} : {show: async connection => (await playRound(connection, view.kind)).exitCode}),
  });
  return exitCode;
}
