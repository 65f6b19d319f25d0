/** The record as one page of HTML that loads nothing. */
import type {Plan, Rule} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import {sectionSteps} from '../../run/plan-index.ts';
import {bucketOf} from '../../run/rules/history.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState, Signal} from '../../run/state.ts';
import {STEP_SIGNS} from '../../run/wording/step-signs.ts';
import {compact} from '../../text/compact.ts';
import {fineQuantity} from '../../text/figures.ts';
import {durationText, utcTime} from '../../text/times.ts';
import {boundText, changeText, measuredText, ruleVerdicts, standingCell} from '../rule-text.ts';
import {statusText} from '../run-status.ts';
import {chartSvg, type Stretch} from './chart-svg.ts';
import {element, escapeHtml, htmlTable} from './html-text.ts';
import {
  attemptFacts,
  attempts,
  CAPTURES_HEAD,
  captureRows,
  DOUBTS_HEAD,
  doubtRows,
  evidenceSeen,
  outcomeLines,
  REVIEW_HEAD,
  reviewRows,
  TIMELINE_HEAD,
  timelineRows,
  unconfirmedRuns,
} from './record-rows.ts';
import {stepEvidence} from './step-evidence.ts';

/** The record as one file without scripts and network. All foreign text is escaped. */
export function recordHtml(plan: Plan, state: RunState, events: readonly Recorded[]): string {
  const title = escapeHtml(plan.title);
  const parts: readonly (readonly [string, string])[] = [
    ['Signals', charts(plan, state)],
    ['Rules', rules(plan, state)],
    ['Checklist', checklist(plan, state)],
    ['Timeline', htmlTable(TIMELINE_HEAD, timelineRows(plan, state, events))],
    ['Review', review(plan, state, events)],
    ['Captured values', htmlTable(CAPTURES_HEAD, captureRows(state))],
    ['Evidence', evidence(plan, events)],
    ['Transcript', transcript(plan, events)],
    ['Notes', notes(state)],
    ['Contacts', contacts(plan)],
  ];
  const body = parts
    .filter(([, html]) => html !== '')
    .map(([name, html]) => element('section', `\n${element('h2', escapeHtml(name))}\n${html}\n`));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}: record</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
${banner(state)}
</header>
${body.join('\n')}
</main>
</body>
</html>
`;
}

function banner(state: RunState): string {
  const {run, closed, deployStartedAt} = state;
  const tone = closed === null ? 'open' : closed.status === 'succeeded' ? 'good' : 'bad';
  const facts = [
    ...(run.id === '' ? [] : [`run ${run.id}`, `opened ${utcTime(run.openedAt)} by ${run.user} on ${run.host}`]),
    ...(deployStartedAt === undefined ? [] : [`T+0 ${utcTime(deployStartedAt)}`]),
    ...(closed === null
      ? []
      : [`closed after ${durationText(closed.at - run.openedAt)}`, `exit code ${closed.exitCode}`]),
  ];
  return `${element('p', escapeHtml(statusText(state)), `banner ${tone}`)}\n${element('p', escapeHtml(facts.join(' · ')), 'facts')}`;
}

function charts(plan: Plan, state: RunState): string {
  const {deployStartedAt} = state;
  return Object.entries(state.signals)
    .map(([signal, own]) => ({signal, stretches: stretchesOf(own)}))
    .filter(({stretches}) => stretches.length > 0)
    .map(({signal, stretches}) => {
      const drawn = plan.rules.filter(rule => rule.signal === signal && isLevel(rule));
      const chart = compact({signal, stretches, rules: drawn, deployStartedAt});
      return element('figure', `${element('figcaption', escapeHtml(signal))}\n${chartSvg(chart)}`);
    })
    .join('\n');
}

/** Whether the rule has the unit of the line. A share of failures or a growth has another unit and cannot be drawn. */
function isLevel({statistic}: Rule): boolean {
  return statistic !== 'error-rate' && statistic !== 'slope' && statistic !== 'count';
}

/** Single readings while all of them are kept, else buckets. */
function stretchesOf({samples, history = []}: Signal): readonly Stretch[] {
  const all = history.reduce((sum, {n}) => sum + n, 0);
  if (samples.length < all) return history;
  return samples.map(sample => ({...bucketOf(sample), ...compact({error: sample.error})}));
}

function rules(plan: Plan, state: RunState): string {
  if (state.run.id === '') return '';
  const rows = ruleVerdicts(plan, state).map(({rule, assessment, baseline, change, tripped}) => [
    standingCell(compact({rule, assessment, tripped})),
    measuredText(rule),
    assessment.value === undefined ? '' : fineQuantity(assessment.value, rule.unit),
    boundText(rule),
    String(assessment.n),
    baseline === undefined
      ? ''
      : `${fineQuantity(baseline.value, baseline.unit ?? rule.unit)} ${changeText(change)}`.trim(),
    assessment.because,
  ]);
  return htmlTable(['standing', 'rule', 'value', 'bound', 'n', 'baseline', 'because'], rows);
}

function checklist(plan: Plan, state: RunState): string {
  return plan.sections
    .filter(section => sectionSteps(plan, section.id).length > 0)
    .map(section => {
      const items = plan.steps
        .filter(step => step.section === section.id)
        .map(step => {
          const {status} = stepState(state, step.id);
          const evidence = stepEvidence(plan, state, step)?.text;
          const said = evidence === undefined ? '' : ` ${element('small', escapeHtml(evidence))}`;
          const sign = element('span', `${STEP_SIGNS[status]} ${status}`, 'sign');
          return element('li', `${sign} ${escapeHtml(step.title)}${said}`, status);
        });
      const heading = `h${Math.min(6, section.depth + 1)}`;
      const list = items.length === 0 ? '' : `\n${element('ul', `\n${items.join('\n')}\n`)}`;
      return `${element(heading, escapeHtml(section.title))}${list}`;
    })
    .join('\n');
}

function evidence(plan: Plan, events: readonly Recorded[]): string {
  const items = evidenceSeen(plan, events).map(({at, line, text, lines}) => {
    const head = escapeHtml(`${utcTime(at)}${line === undefined ? '' : ` line ${line}`}: ${text}`);
    return element('li', lines.length === 0 ? head : `${head}\n${list(lines)}`);
  });
  return items.length === 0 ? '' : element('ul', items.join('\n'));
}

function transcript(plan: Plan, events: readonly Recorded[]): string {
  return attempts(plan, events)
    .map(attempt => {
      const {title, verdict, because, outcome} = attempt;
      const facts = [...attemptFacts(attempt), `${verdict}: ${because}`].join(' · ');
      const lines = outcomeLines(outcome);
      const body = lines.length === 0 ? '' : `\n${element('pre', escapeHtml(lines.join('\n')))}`;
      const head = `${escapeHtml(title)} ${element('small', escapeHtml(facts))}`;
      return `${element('h3', head)}${body}`;
    })
    .join('\n');
}

function review(plan: Plan, state: RunState, events: readonly Recorded[]): string {
  const sections = htmlTable(REVIEW_HEAD, reviewRows(plan, state));
  return sections + htmlTable(DOUBTS_HEAD, doubtRows(plan, state)) + list(unconfirmedRuns(plan, events));
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : element('ul', items.map(item => element('li', escapeHtml(item))).join('\n'));
}

function notes({notes: written, complaints}: RunState): string {
  const items = [
    ...written.map(({at, by, text}) => `${utcTime(at)} ${by}: ${text}`),
    ...complaints.map(
      ({at, by, text}) => `${utcTime(at)} complaint counted by ${by}${text === undefined ? '' : `: ${text}`}`,
    ),
  ];
  return list(items);
}

function contacts(plan: Plan): string {
  return htmlTable(
    ['role', 'name'],
    plan.contacts.filter(({name}) => name !== '').map(({role, name}) => [role, name]),
  );
}

const STYLE = `
:root { color-scheme: light dark; --good: #1a7f37; --bad: #c5221f; --warn: #9a6700; --faint: #6b7280; --line: #0969da; }
@media (prefers-color-scheme: dark) {
  :root { --good: #4ac26b; --bad: #ff7b72; --warn: #e3b341; --faint: #9aa4b2; --line: #58a6ff; }
}
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--faint); }
h3, h4, h5, h6 { margin: 1.2rem 0 .3rem; }
.banner { font-size: 1.2rem; font-weight: 600; padding: .6rem 1rem; border-left: .4rem solid var(--warn); }
.banner.good { border-color: var(--good); }
.banner.bad { border-color: var(--bad); }
.facts, small { color: var(--faint); font-weight: normal; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid color-mix(in srgb, var(--faint) 35%, transparent); }
ul { list-style: none; padding-left: 0; margin: .3rem 0; }
.sign { display: inline-block; min-width: 8.5rem; color: var(--faint); }
.passed .sign { color: var(--good); }
.failed .sign, .unknown .sign { color: var(--bad); font-weight: 600; }
.waiting .sign, .skipped .sign, .cancelled .sign { color: var(--warn); }
pre { background: color-mix(in srgb, var(--faint) 12%, transparent); padding: .6rem .8rem; overflow-x: auto; }
figure { margin: 1rem 0; }
svg { width: 100%; height: auto; }
svg .axis { stroke: var(--faint); }
svg .line { fill: none; stroke: var(--line); stroke-width: 1.5; }
svg .point { fill: var(--line); }
svg .band { fill: var(--line); opacity: .18; }
svg .label { fill: var(--faint); font-size: 10px; }
svg .threshold { stroke: var(--warn); stroke-dasharray: 5 4; }
svg .threshold.trigger { stroke: var(--bad); }
svg .deploy { stroke: var(--good); stroke-dasharray: 2 3; }
svg .error { stroke: var(--bad); stroke-width: 1.5; }
`;
