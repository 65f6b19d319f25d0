/** A small checklist, read by hand, and runs of it: what the report's tests are about. */
import {computedFrom} from '../../src/plan/phrases/blanks.ts';
import type {Plan, Rule, Section, Step} from '../../src/plan/plan.ts';
import type {Command, Context} from '../../src/plan/script.ts';
import type {Event, Recorded} from '../../src/run/event.ts';
import {evolve, initialState} from '../../src/run/evolve.ts';
import type {Outcome, Verdict} from '../../src/run/outcome.ts';
import type {RunState} from '../../src/run/state.ts';
import {compact} from '../../src/text/compact.ts';
import {emptyPlan, plainCommand, plainRule, plainSection, plainStep, runOpened} from '../helpers/plan-parts.ts';

export const template = `# Shop release
**Deployment Date:** _____________
**Deployed By:** _____________

## Before
- [ ] Review approved
- [ ] Backup taken (timestamp: _________)
- [ ] Backup: \`cp -r app app.$(date +%Y%m%d)\`

## Deploy
### How
#### Option A: Panel
- [ ] Press the button
#### Option B: By hand
- [ ] Restart:
  \`\`\`bash
  ssh user@your-vps-ip
  cd /path/to/app
  sudo systemctl restart shop
  # OR
  sudo supervisorctl restart shop
  # OR via the panel
  \`\`\`
- [ ] Health: \`curl https://your-domain.com/health\`

## Monitoring (First 2 Hours)
- [ ] store_message: <1000ms (target 745ms)

## Rollback
### When
- [ ] P95 response time >1500ms
- [ ] Multiple complaints (>3 in first hour)
### Steps
\`\`\`bash
git checkout v1.0
# OR restore
rm -rf app
cp -r app.YYYYMMDD app
# If needed
cp .env.YYYYMMDD .env
curl https://your-domain.com/health
\`\`\`
- [ ] Users can order

## Success
- [x] Error rate < 0.1%

## Contacts
- DevOps: _____________

## Notes
**Start Time:** _____________
**End Time:** _____________
**Total Duration:** _____________
**Notes:**
\`\`\`
[Add any notes here]
\`\`\`
**Final Status:**
- [ ] Successful
- [ ] Failed - Rolled Back

**Signed Off By:** _____________
**Date:** _____________`.split('\n');

export function lineOf(text: string): number {
  const index = template.findIndex(line => line.includes(text));
  if (index < 0) throw new Error(`no line holds ${text}`);
  return index + 1;
}

const vps: Context = {
  id: 'deploy:user@your-vps-ip',
  place: {kind: 'host', host: 'vps', destination: 'deploy@203.0.113.7'},
  directory: '/path/to/app',
};
const local: Context = {id: 'local', place: {kind: 'local'}};

function section(title: string, role: Section['role'], more: Partial<Section> = {}): Section {
  const line = lineOf(`# ${title}`);
  return plainSection(`S${line}`, role, {title, line, ...more});
}

const sections: readonly Section[] = [
  section('Before', 'prepare'),
  section('Deploy', 'deploy', {estimate: {minMs: 900_000, maxMs: 1_200_000}}),
  section('How', 'deploy', {parent: `S${lineOf('# Deploy')}`, depth: 3}),
  section('Monitoring (First 2 Hours)', 'monitor', {window: {fromMs: 0, toMs: 7_200_000}}),
  section('Rollback', 'rollback'),
  section('When', 'triggers', {parent: `S${lineOf('# Rollback')}`, depth: 3}),
  section('Steps', 'rollback', {parent: `S${lineOf('# Rollback')}`, depth: 3}),
  section('Success', 'criteria'),
  section('Contacts', 'contacts'),
  section('Notes', 'notes'),
];

export function sectionId(title: string): string {
  return `S${lineOf(`# ${title}`)}`;
}

function step(at: string, inSection: string, more: Pick<Step, 'action'> & Partial<Step>): Step {
  const line = lineOf(at);
  const boxes = /^\s*- \[[ x]\]/.test(template[line - 1] ?? '') ? [line] : [];
  return plainStep(`L${line}`, sectionId(inSection), {title: at, line, boxes, ...more});
}

export function command(text: string, more: Partial<Command> = {}): Command {
  const at = template.findIndex(line => line.includes(text));
  return plainCommand(text, {line: at < 0 ? 1 : at + 1, ...more});
}

const manual = {action: {kind: 'manual'}} as const;

function rule(at: string, inSection: string, more: Partial<Rule>): Rule {
  const line = lineOf(at);
  return plainRule(`R${line}`, {text: at, line, section: sectionId(inSection), ...more});
}

export const rules = {
  store: rule('store_message: <1000ms', 'Monitoring (First 2 Hours)', {
    metric: 'store_message',
    statistic: 'mean',
    op: '<',
    value: 1000,
    target: 745,
    role: 'target',
    signal: 'store_message',
  }),
  p95: rule('P95 response time', 'When', {statistic: 'p95', signal: 'store_message'}),
  complaints: rule('Multiple complaints', 'When', {metric: 'complaints', unit: 'count', value: 3, person: true}),
  errors: rule('Error rate < 0.1%', 'Success', {
    metric: 'error rate',
    statistic: 'error-rate',
    op: '<',
    value: 0.1,
    unit: '%',
    role: 'criterion',
  }),
};

function ruleStep(of: Rule, inSection: string): Step {
  return step(of.text, inSection, {action: {kind: 'rule', rules: [of.id]}});
}

const health = {
  line: lineOf('curl https'),
  method: 'GET',
  url: 'https://your-domain.com/health',
  headers: [],
  expectations: [],
};
const restart: Step = step('Restart:', 'How', {
  action: {
    kind: 'script',
    context: vps,
    stages: [
      {
        kind: 'alternatives',
        id: 'restart',
        line: lineOf('systemctl restart'),
        arms: [
          {
            id: 'restart-1',
            label: 'sudo systemctl restart shop',
            line: lineOf('systemctl restart'),
            commands: [command('sudo systemctl restart shop', {directory: '/path/to/app'})],
            manual: false,
          },
          {
            id: 'restart-2',
            label: 'sudo supervisorctl restart shop',
            line: lineOf('supervisorctl'),
            commands: [command('sudo supervisorctl restart shop', {directory: '/path/to/app'})],
            manual: false,
          },
          {id: 'restart-3', label: 'via the panel', line: lineOf('via the panel'), commands: [], manual: true},
        ],
      },
    ],
  },
});

const restore: Step = step('git checkout v1.0', 'Steps', {
  title: 'Restore previous code',
  destructive: 'deletes app',
  action: {
    kind: 'script',
    context: {...vps, id: 'rollback:user@your-vps-ip'},
    stages: [
      {
        kind: 'alternatives',
        id: 'restore',
        line: lineOf('git checkout v1.0'),
        arms: [
          {
            id: 'restore-1',
            label: 'git checkout v1.0',
            line: lineOf('git checkout v1.0'),
            commands: [
              command('git checkout v1.0', {directory: '/path/to/app', inputs: [{kind: 'git-ref', ref: 'v1.0'}]}),
            ],
            manual: false,
          },
          {
            id: 'restore-2',
            label: 'restore',
            line: lineOf('# OR restore'),
            commands: [
              command('rm -rf app', {
                directory: '/path/to/app',
                destructive: 'deletes app',
                inputs: [{kind: 'directory', path: 'app.YYYYMMDD'}],
              }),
              command('cp -r app.YYYYMMDD app', {
                directory: '/path/to/app',
                inputs: [{kind: 'directory', path: 'app.YYYYMMDD'}],
              }),
            ],
            manual: false,
          },
        ],
      },
      {
        kind: 'commands',
        commands: [
          command('cp .env.YYYYMMDD .env', {
            directory: '/path/to/app',
            condition: 'if needed',
            inputs: [{kind: 'file', path: '.env.YYYYMMDD'}],
          }),
        ],
      },
      {kind: 'http', request: {...health, line: lineOf('curl https') + 17}},
    ],
  },
});

const final: Step = step('**Final Status:**', 'Notes', {
  title: 'Final Status',
  action: {
    kind: 'choice',
    arms: [
      {id: 'good', title: 'Successful', line: lineOf('- [ ] Successful'), steps: []},
      {id: 'bad', title: 'Failed - Rolled Back', line: lineOf('- [ ] Failed'), steps: [], rollback: 'done'},
    ],
  },
});

const how: Step = step('### How', 'How', {
  title: 'Option A / Option B',
  action: {
    kind: 'choice',
    arms: [
      {id: 'A', title: 'Option A: Panel', line: lineOf('Option A'), steps: [`L${lineOf('Press the button')}`]},
      {id: 'B', title: 'Option B: By hand', line: lineOf('Option B'), steps: [restart.id], recommended: true},
    ],
  },
});

function blankStep(at: string, label: string): Step {
  const line = lineOf(at);
  const blanks = [{id: `B${line}`, label, line}];
  return step(at, at.includes('Signed') ? 'Notes' : 'Before', {action: {kind: 'input', blanks}});
}

export const steps = {
  review: step('Review approved', 'Before', manual),
  stamp: blankStep('Backup taken', 'timestamp'),
  backup: step('Backup: `cp', 'Before', {
    title: 'Backup',
    action: {
      kind: 'script',
      context: local,
      stages: [
        {
          kind: 'commands',
          commands: [
            command('cp -r app app.$(date +%Y%m%d)', {captures: [{expression: '$(date +%Y%m%d)', name: 'YYYYMMDD'}]}),
          ],
        },
      ],
    },
  }),
  how,
  press: step('Press the button', 'How', {...manual, arm: {choice: how.id, arm: 'A'}}),
  restart: {...restart, arm: {choice: how.id, arm: 'B'}},
  health: step('Health: `curl', 'How', {
    title: 'Health',
    action: {kind: 'http', requests: [health]},
    expectations: [{text: '{"status": "healthy"}', line: lineOf('Health: `curl'), readable: true}],
  }),
  store: ruleStep(rules.store, 'Monitoring (First 2 Hours)'),
  p95: ruleStep(rules.p95, 'When'),
  complaints: ruleStep(rules.complaints, 'When'),
  restore,
  order: step('Users can order', 'Steps', manual),
  errors: ruleStep(rules.errors, 'Success'),
  final,
  signed: blankStep('**Signed Off By:**', 'Signed Off By'),
};

function meta(key: string): Plan['meta'][number] {
  return compact({key, value: '', line: lineOf(`**${key}:**`), blank: true, computed: computedFrom(key, false)});
}

export const plan: Plan = {
  ...emptyPlan,
  title: 'Shop release',
  source: template,
  notesInvited: [lineOf('[Add any notes here]')],
  meta: ['Deployment Date', 'Deployed By', 'Start Time', 'End Time', 'Total Duration', 'Date'].map(meta),
  expectedDuration: {minMs: 1_800_000, maxMs: 2_700_000},
  sections,
  steps: Object.values(steps),
  rules: Object.values(rules),
  rollback: {
    heading: 'Rollback',
    line: lineOf('## Rollback'),
    triggers: [rules.p95.id, rules.complaints.id],
    steps: [restore.id, steps.order.id],
    doesNotUndo: ['git stash (line 20): changes on the host stay stashed'],
  },
  placeholders: [
    {text: 'user@your-vps-ip', lines: [lineOf('ssh user@')], bound: false},
    {text: '/path/to/app', lines: [lineOf('cd /path')], bound: true, value: '/srv/app'},
    {text: 'your-domain.com', lines: [lineOf('curl https')], bound: true, value: 'shop.example.net'},
    {text: 'YYYYMMDD', lines: [lineOf('app.YYYYMMDD')], bound: false, capture: true},
  ],
  contacts: [{role: 'DevOps', name: '', line: lineOf('- DevOps'), blank: true}],
  problems: [
    {
      severity: 'warning',
      code: 'alternatives-in-block',
      line: lineOf('supervisorctl'),
      column: 3,
      message: '`sudo supervisorctl restart shop` is one of several',
      hint: 'choose one in the bindings',
    },
    {
      severity: 'error',
      code: 'unbound-placeholder',
      line: lineOf('ssh user@'),
      column: 7,
      message: '`user@your-vps-ip` has no value',
      hint: 'add it to hosts in tminus.yaml',
    },
    {
      severity: 'info',
      code: 'preticked-box',
      line: lineOf('- [x]'),
      column: 3,
      message: 'ticked before it began',
      hint: 'untick it',
    },
  ],
};

/** T+0 of the runs in the tests. */
export const startedAt = Date.UTC(2025, 10, 2, 14, 0, 0);

/** Records events one second apart from ten seconds before T+0, unless they say when. */
export function recorded(...events: (Event & {at?: number; by?: string})[]): readonly Recorded[] {
  return events.map((event, index) => ({by: 'ana', at: startedAt - 10_000 + index * 1000, ...event, seq: index + 1}));
}

export function stateAfter(events: readonly Recorded[], of: Plan = plan): RunState {
  return events.reduce((state, event) => evolve(of, state, event), initialState);
}

export const opened: Event = runOpened({
  runId: '20251102-140000-a1b2',
  title: 'Shop release',
  checklist: '/srv/shop/release.md',
  checklistSha256: 'abc',
  host: 'desk',
  watch: 'none',
});

export function started(stepId: string, attempt = 1): Extract<Event, {type: 'step-started'}> {
  return {type: 'step-started', stepId, attempt};
}

export function finished(stepId: string, verdict: Partial<Verdict>, outcome: Outcome, attempt = 1): Event {
  const whole: Verdict = {kind: 'passed', because: 'exit 0', checks: [], ...verdict};
  return {type: 'step-finished', stepId, attempt, outcome, verdict: whole};
}

export function exited(text: string, code: number, output = ''): Outcome {
  const commands = [{line: 1, text, code, durationMs: 400}];
  return {kind: 'exited', code, durationMs: 400, commands, output};
}
