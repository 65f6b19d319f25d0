/** Serves the state of a run to Prometheus: `metrics: 127.0.0.1:9464` of the bindings. */
import {once} from 'node:events';
import {createServer} from 'node:http';
import {Gauge, Registry} from 'prom-client';
import type {MetricsBinding, Plan} from '../plan/plan.ts';
import {isRollbackOn, stepState} from '../run/selectors.ts';
import type {RunState} from '../run/state.ts';

type Labels = Readonly<Record<string, string>>;

/** One series for each value that there is. `values`: read anew at each scrape. */
type Metric = {
  name: string;
  help: string;
  labels: readonly string[];
  values(plan: Plan, state: RunState): readonly (readonly [Labels, number])[];
};

const METRICS: readonly Metric[] = [
  {
    name: 'tminus_run_info',
    help: 'The run, as labels; its value is always 1.',
    labels: ['run', 'title', 'user', 'host'],
    values: (_, {run: {id, title, user, host}}) => [[{run: id, title, user, host}, 1]],
  },
  {
    name: 'tminus_run_opened_seconds',
    help: 'When the run was opened, in seconds since 1970.',
    labels: ['run'],
    values: (_, {run}) => [[{run: run.id}, run.openedAt / 1000]],
  },
  {
    name: 'tminus_phase',
    help: '1 for the phase that the run is in.',
    labels: ['run', 'phase'],
    values: (_, {run, phase}) => [[{run: run.id, phase}, 1]],
  },
  {
    name: 'tminus_step',
    help: '1 for the status that the step of this line of the checklist has.',
    labels: ['run', 'line', 'title', 'status'],
    values: ({steps}, state) =>
      steps.map(step => [
        {run: state.run.id, line: `${step.line}`, title: step.title, status: stepState(state, step.id).status},
        1,
      ]),
  },
  {
    name: 'tminus_rule',
    help: '1 for where the rule of this line of the checklist stands.',
    labels: ['run', 'line', 'rule', 'standing'],
    values: ({rules}, state) =>
      rules.map(rule => [
        {run: state.run.id, line: `${rule.line}`, rule: rule.text, standing: standingOf(state, rule.id)},
        1,
      ]),
  },
  {
    name: 'tminus_rule_value',
    help: 'What the rule of this line of the checklist was judged on last, in its unit.',
    labels: ['run', 'line', 'rule'],
    values: ({rules}, state) =>
      rules.flatMap(rule => {
        const value = state.rules[rule.id]?.value;
        return value === undefined
          ? []
          : [[{run: state.run.id, line: `${rule.line}`, rule: rule.text}, value] as const];
      }),
  },
  {
    name: 'tminus_rollback_ready',
    help: '1 when all that the rollback needs was there at the last look, 0 when something was missing; absent before.',
    labels: ['run'],
    values: (_, {run, readiness}) => (readiness === null ? [] : [[{run: run.id}, readiness.ready ? 1 : 0]]),
  },
  {
    name: 'tminus_rollback_running',
    help: '1 while a rollback counts down or runs.',
    labels: ['run'],
    values: (_, state) => [[{run: state.run.id}, isRollbackOn(state) ? 1 : 0]],
  },
];

function standingOf(state: RunState, ruleId: string): string {
  return state.rules[ruleId]?.standing.kind ?? 'blind';
}

/** Returns what ends it. Rejects when the address is taken or is none of this machine. */
export async function serveMetrics(
  {host, port}: MetricsBinding,
  plan: Plan,
  state: () => RunState,
): Promise<() => void> {
  const registry = new Registry();
  for (const {name, help, labels: labelNames, values} of METRICS) {
    const gauge = new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect() {
        gauge.reset();
        for (const [labels, value] of values(plan, state())) gauge.set(labels, value);
      },
    });
  }
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end('only GET /metrics is here\n');
      return;
    }
    response.setHeader('content-type', registry.contentType);
    response.end(await registry.metrics());
  });
  server.listen(port, host);
  await once(server, 'listening');
  // It is the run that keeps the engine going.
  server.unref();
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
