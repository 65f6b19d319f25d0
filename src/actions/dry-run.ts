/** A world in which nothing happens: what would run where is printed instead. Of a group Ansible is asked for the hosts. */
import {unreachable} from '../plan/plan.ts';
import type {Place} from '../plan/script.ts';
import {commandsIn, requestText} from '../run/operations.ts';
import type {Outcome} from '../run/outcome.ts';
import type {BoundCommand, BoundStage, Origin, Request, ScriptRequest} from '../run/request.ts';
import type {World, WorldOptions} from './world.ts';

const OUTPUT = 'output';

export function openDryWorld(options: WorldOptions): World {
  const {bindings, directory} = options;
  const nameOf = (place: Place) => {
    if (place.kind === 'local') return 'this machine';
    const destination = bindings.hosts[place.host]?.destination ?? place.destination;
    return destination === place.host ? destination : `${place.host} (${destination})`;
  };
  return {
    async perform(request, sink) {
      const lines = linesOf(request, nameOf, directory);
      sink(OUTPUT, `${lines.join('\n')}\n`);
      return outcomeOf(request);
    },
    prove: async (_place, _lane, proofs) => Object.fromEntries(proofs.map(({id}) => [id, true])),
    read: async () => ({}),
    capture: async () => ({code: 0, output: ''}),
    follow: () => ({close() {}, position: () => undefined}),
    measure: async () => ({error: 'dry run'}),
    query: async () => ({error: 'dry run'}),
    async hostsOf(group) {
      const {openGroups} = await import('./group/groups.ts');
      return await openGroups(options, 0).hostsOf(group);
    },
    forgetLooks() {},
    reserve() {},
    askAgain() {},
    async forget() {},
    raiseFence: async () => [],
    async close() {},
  };
}

function linesOf(request: Request, nameOf: (place: Place) => string, start: string): readonly string[] {
  switch (request.kind) {
    case 'script': {
      const directory = request.directory ?? (request.place.kind === 'local' ? start : undefined);
      const where = `${nameOf(request.place)}${directory === undefined ? '' : `, in ${directory}`}`;
      return [`would run on ${where}:`, ...request.stages.flatMap(stageLines)];
    }
    case 'sql':
      return [
        `would query ${request.database || 'the default database'}:`,
        ...request.statements.map(({text}) => indent(text)),
      ];
    case 'http':
      return [
        `would request${fromText(request.from)}:`,
        ...request.requests.map(request => indent(request.curl?.text ?? requestText(request))),
      ];
    case 'tail':
      return [`would follow on ${nameOf(request.place)}: ${request.file ?? request.command ?? request.source}`];
    case 'log':
      return [`would search log ${request.source} for ${request.absent ?? request.present ?? ''}`];
    case 'prometheus':
      return [`would ask ${request.url}: ${request.query}`];
    default:
      return unreachable(request);
  }
}

function fromText(from: Origin | undefined): string {
  return from?.place.kind === 'host' ? ` from ${from.place.host}` : '';
}

function stageLines(stage: BoundStage): readonly string[] {
  switch (stage.kind) {
    case 'commands':
      return stage.commands.map(commandLine);
    case 'alternatives':
      return stage.arms.flatMap(({label, commands}, index) => [
        indent(`# ${index === 0 ? 'first' : 'else'}: ${label}`),
        ...commands.map(commandLine),
      ]);
    case 'http':
      return [indent(requestText(stage.request))];
    default:
      return unreachable(stage);
  }
}

function commandLine({text, optional, requires}: BoundCommand): string {
  const missing = requires.map(proof => proof.missing).join(', ');
  const condition = missing === '' ? '' : `  # ${optional ? 'passed over' : 'refused'} if: ${missing}`;
  return indent(`$ ${text}${condition}`);
}

function indent(text: string): string {
  return text
    .trim()
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n');
}

/** What goes on from here as if it had gone well; a captured value is shown as the name of what it will be. */
function outcomeOf(request: Request): Outcome {
  switch (request.kind) {
    case 'script':
      return {kind: 'exited', code: 0, durationMs: 0, commands: [], output: '', captures: capturesOf(request)};
    case 'sql':
    case 'prometheus':
      return {kind: 'returned', tables: [], durationMs: 0};
    case 'http':
      return {kind: 'answered', answers: [], durationMs: 0};
    case 'tail':
      return {kind: 'opened', source: request.source, durationMs: 0};
    case 'log':
      return {kind: 'counted', matches: 0, lines: 0, sample: [], durationMs: 0};
    default:
      return unreachable(request);
  }
}

function capturesOf({stages}: ScriptRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(commandsIn(stages).flatMap(({captures}) => captures.map(({name}) => [name, name])));
}
