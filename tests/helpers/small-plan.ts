/** A plan that looks like a small deployment checklist, built by hand so that it says exactly what a test needs. */
import type {Action, Plan, Rule, Section, Step} from '../../src/plan/plan.ts';
import type {Context} from '../../src/plan/script.ts';
import {emptyPlan, plainCommand, plainRule, plainSection, plainStep} from './plan-parts.ts';

const vps: Context = {
  id: 'deploy:vps',
  place: {kind: 'host', host: 'vps', destination: 'deploy@vps'},
  directory: '/srv/app',
};
const local: Context = {id: 'local', place: {kind: 'local'}};

export function script(context: Context, ...commands: string[]): Action {
  const listed = commands.map((text, index) => plainCommand(text, {line: index + 1}));
  return {kind: 'script', context, stages: [{kind: 'commands', commands: listed}]};
}

function section(id: string, title: string, line: number, role: Section['role'], parent?: string): Section {
  return plainSection(id, role, {title, line, ...(parent === undefined ? {} : {parent, depth: 3})});
}

export function step(line: number, title: string, inSection: string, action: Action = {kind: 'manual'}): Step {
  return plainStep(`L${line}`, inSection, {title, line, action, boxes: [line]});
}

const restart: Action = {
  kind: 'script',
  context: vps,
  stages: [
    {
      kind: 'alternatives',
      id: 'L41:or',
      line: 41,
      arms: [
        {
          id: 'systemd',
          label: 'systemctl restart',
          line: 41,
          manual: false,
          commands: [plainCommand('sudo systemctl restart shop-api', {line: 41})],
        },
        {
          id: 'supervisor',
          label: 'supervisorctl restart',
          line: 43,
          manual: false,
          commands: [plainCommand('sudo supervisorctl restart shop-api', {line: 43})],
        },
      ],
    },
  ],
};

const health = {
  kind: 'http' as const,
  requests: [{line: 46, method: 'GET', url: 'https://api.example.net/health', headers: [], expectations: []}],
};

const sections: Section[] = [
  section('prepare', 'PRE-DEPLOYMENT CHECKLIST', 5, 'prepare'),
  section('review', '1. Code Review & Approval', 6, 'prepare', 'prepare'),
  section('backup', '2. Backup Current Production', 12, 'prepare', 'prepare'),
  section('deploy', 'DEPLOYMENT STEPS', 30, 'deploy'),
  section('merge', 'Step 1: Merge to Main (5 minutes)', 31, 'deploy', 'deploy'),
  {
    ...section('backend', 'Step 2: Deploy Backend to VPS', 36, 'deploy', 'deploy'),
    estimate: {minMs: 900_000, maxMs: 1_200_000},
  },
  section('verify', 'Step 3: Verify Deployment', 45, 'verify', 'deploy'),
  section('monitor', 'POST-DEPLOYMENT MONITORING (First 2 Hours)', 60, 'monitor'),
  section('triggers', 'When to Rollback', 78, 'triggers', 'rollback'),
  section('rollback', 'ROLLBACK PROCEDURES', 77, 'rollback'),
];

const steps: Step[] = [
  step(7, 'PR #3 reviewed and approved by team lead', 'review'),
  step(8, 'All CI/CD checks passed (tests, builds, linting)', 'review'),
  step(13, 'Database backup completed', 'backup', {
    kind: 'input',
    blanks: [{id: 'L13:1', label: 'timestamp', line: 13}],
  }),
  step(14, 'Create git tag for current production', 'backup', script(vps, 'git tag v1.0-pre')),
  step(32, 'Pull latest main branch locally', 'merge', script(local, 'git checkout main', 'git pull origin main')),
  {
    ...step(37, 'Deploy', 'backend', {
      kind: 'choice',
      arms: [
        {id: 'A', title: 'Option A: Using Plesk Git Integration', line: 37, steps: ['L38']},
        {id: 'B', title: 'Option B: Manual SSH Deployment', line: 39, steps: ['L40', 'L41']},
      ],
    }),
    title: 'Deploy by one of these',
  },
  {...step(38, 'Click "Pull Updates"', 'backend'), arm: {choice: 'L37', arm: 'A'}},
  {
    ...step(
      40,
      'git pull and pip install',
      'backend',
      script(vps, 'git stash', 'git pull origin main', 'pip install -r requirements.txt'),
    ),
    arm: {choice: 'L37', arm: 'B'},
  },
  {...step(41, 'Restart the application', 'backend', restart), arm: {choice: 'L37', arm: 'B'}},
  {
    ...step(46, 'Check application is running', 'verify', health),
    expectations: [
      {text: '{"status": "healthy"}', line: 47, readable: true, check: {kind: 'json', subset: {status: 'healthy'}}},
    ],
  },
  step(61, 'Response times: store_message <1000ms', 'monitor', {kind: 'rule', rules: ['store_message']}),
  step(62, 'No user complaints', 'monitor'),
  {
    ...step(80, 'Restore the previous code', 'rollback', script(vps, 'git checkout v1.0-pre')),
    destructive: 'overwrites the working tree',
  },
  step(81, 'Start and verify', 'rollback', script(vps, 'sudo systemctl start shop-api')),
];

const rules: Rule[] = [
  rule('store_message', 'store_message: <1000ms (target 745ms)', 61, '<', 1000, 'target'),
  rule('p95', 'P95 response time >1500ms', 79, '>', 1500, 'trigger'),
];

function rule(id: string, text: string, line: number, op: Rule['op'], value: number, role: Rule['role']): Rule {
  const section = role === 'trigger' ? 'triggers' : 'monitor';
  const measured = {metric: 'store_message', signal: 'store_message', statistic: 'p95', samples: 20} as const;
  return plainRule(id, {text, line, section, op, value, role, ...measured});
}

export const smallPlan: Plan = {
  ...emptyPlan,
  title: 'PRODUCTION DEPLOYMENT CHECKLIST',
  subtitle: 'Phase 2A+2C Performance Optimization',
  sections,
  steps,
  rules,
  rollback: {
    heading: 'ROLLBACK PROCEDURES',
    line: 77,
    triggers: ['p95'],
    steps: ['L80', 'L81'],
    doesNotUndo: ['git stash (line 40): local changes stay in the stash'],
  },
  contacts: [
    {role: 'On-Call', name: 'Ana, +49 30 5550100', line: 90, blank: false},
    {role: 'Database Admin', name: '', line: 91, blank: true},
  ],
};
