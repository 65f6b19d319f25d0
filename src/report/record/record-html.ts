/** The record as one page of HTML that loads nothing. */
import type {Plan, Rule} from '../../plan/plan.ts';
import {sectionSteps} from '../../run/plan-index.ts';
import {bucketOf} from '../../run/rules/signal-buckets.ts';
import {rollbackEnd, stepState} from '../../run/selectors.ts';
import type {RunState, Signal} from '../../run/state.ts';
import {STEP_SIGNS} from '../../run/wording/step-signs.ts';
import {compact} from '../../text/compact.ts';
import {plural} from '../../text/figures.ts';
import {durationText, utcTime} from '../../text/times.ts';
import {measuredText} from '../rule-text.ts';
import {standText} from '../run-status.ts';
import {type Attempt, attemptFacts, transcriptLines} from './attempt-transcripts.ts';
import type {Stretch} from './chart-runs.ts';
import {chartSvg, type Marker} from './chart-svg.ts';
import {element, escapeHtml, htmlTable, withCode} from './html-text.ts';
import {PAGE_STYLE} from './page-style.ts';
import type {Block, Item} from './record-blocks.ts';
import {type PartTitle, recordParts} from './record-parts.ts';
import type {RecordSource} from './record-source.ts';
import {sealedText} from './seal.ts';
import {stepEvidence} from './step-evidence.ts';

/** What a reader asks first stands first: why, when, how it looked, what was done; then all the rest. */
const FIRST: readonly PartTitle[] = ['Cause', 'Run', 'Timeline'];
const REST: readonly PartTitle[] = [
  'Transcript',
  'Rules',
  'Triggers',
  'False alarms',
  'Downtime',
  'Sections',
  'Evidence',
  'Captured values',
  'People',
  'Review',
  'Notes',
];

/** The record as one file without scripts and network. All foreign text is escaped. */
export function recordHtml(source: RecordSource): string {
  const {plan, state} = source;
  const title = escapeHtml(plan.title);
  const parts = [
    ...partsOf(source, FIRST),
    {title: 'Signals', html: charts(source)},
    {title: 'Checklist', html: checklist(plan, state)},
    ...partsOf(source, REST),
    {title: 'Contacts', html: contacts(plan)},
  ].filter(({html}) => html !== '');
  const links = parts.map(part => `<a href="#${anchor(part.title)}">${part.title}</a>`).join('\n');
  const body = parts.map(
    part => `<section id="${anchor(part.title)}">\n${element('h2', part.title)}\n${part.html}\n</section>`,
  );
  const page = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}: record</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
${banner(plan, state)}
</header>
<nav aria-label="Parts of the record">
${links}
</nav>
${body.join('\n')}
</main>
<footer class="seal"><p>
`;
  return `${sealedText(page, source.seal)}</p></footer>\n</body>\n</html>\n`;
}

function anchor(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

function partsOf(source: RecordSource, among: readonly PartTitle[]): readonly {title: string; html: string}[] {
  return recordParts(source, among).map(({title, blocks}) => ({title, html: blocks.map(blockHtml).join('\n')}));
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'facts': {
      const rows = block.facts.map(([name, value]) => element('dt', escapeHtml(name)) + element('dd', withCode(value)));
      return element('dl', `\n${rows.join('\n')}\n`);
    }
    case 'table':
      return htmlTable(block.head, block.rows, block.tones);
    case 'list':
      return list(block.items);
    case 'commands':
      return `${element('p', escapeHtml(`${block.label}:`))}\n<pre class="whole" tabindex="0">${escapeHtml(block.lines.join('\n'))}</pre>`;
    case 'attempts':
      return block.attempts.map(attemptHtml).join('\n');
  }
}

function list(items: readonly Item[]): string {
  const html = items.map(({text, under = []}) => {
    const below = under.length === 0 ? '' : `\n${list(under.map(line => ({text: line})))}`;
    return element('li', `${escapeHtml(text)}${below}`);
  });
  return element('ul', `\n${html.join('\n')}\n`);
}

function attemptHtml(attempt: Attempt): string {
  const {title, verdict, because, line} = attempt;
  const where = line === undefined ? [] : [`line ${line}`];
  const said = [...where, ...attemptFacts(attempt), `${verdict}: ${because}`].join(' · ');
  const lines = transcriptLines(attempt);
  const body = lines.length === 0 ? '' : `\n<pre>${escapeHtml(lines.join('\n'))}</pre>`;
  return `${element('h3', `${escapeHtml(title)} ${element('small', escapeHtml(said))}`)}${body}`;
}

function banner(plan: Plan, state: RunState): string {
  const {run, closed, deployStartedAt} = state;
  const tone = closed === null ? 'open' : closed.status === 'succeeded' ? 'good' : 'bad';
  const facts = [
    ...(run.id === '' ? [] : [`run ${run.id}`, `opened ${utcTime(run.openedAt)} by ${run.user} on ${run.host}`]),
    ...(deployStartedAt === undefined ? [] : [`T+0 ${utcTime(deployStartedAt)}`]),
    ...(closed === null
      ? [`so far, as of ${utcTime(state.lastAt)}`]
      : [`closed after ${durationText(closed.at - run.openedAt)}`, `exit code ${closed.exitCode}`]),
    ...(run.rehearsal === true ? ['a rehearsal'] : []),
  ];
  const [word = '', because = ''] = standText(plan, state).split(/: (.*)/s);
  const stand = `${element('strong', escapeHtml(inWords(word)))} ${escapeHtml(because)}`;
  return `${element('p', stand, `banner ${tone}`)}\n${element('p', escapeHtml(facts.join(' · ')), 'facts')}`;
}

/** `rolled-back` as a person writes it. */
function inWords(status: string): string {
  return status.replaceAll('-', ' ');
}

function charts({plan, state, events}: RecordSource): string {
  const marks = markersOf({plan, state, events});
  const origin = state.deployStartedAt ?? state.run.openedAt;
  const all = Object.entries(state.signals)
    .map(([signal, own]) => ({signal, stretches: stretchesOf(own)}))
    .filter(({stretches}) => stretches.length > 0)
    .map(({signal, stretches}) => {
      const own = plan.rules.filter(rule => rule.signal === signal);
      const drawn = own.filter(isLevel);
      const unit = plan.signals?.[signal]?.unit ?? drawn[0]?.unit;
      const chart = compact({name: signal, unit, stretches, rules: drawn, markers: marks, origin});
      const caption = `${escapeHtml(nameOf(signal, own))} ${element('small', escapeHtml(readingsText(plan, signal, stretches)))}`;
      return element(
        'figure',
        `${element('figcaption', caption)}\n<div class="desk">${chartSvg(chart, 'desk')}</div>\n<div class="phone">${chartSvg(chart, 'phone')}</div>`,
      );
    })
    .join('\n');
  return all === '' ? '' : `${element('p', LEGEND, 'facts')}\n${all}`;
}

const LEGEND =
  'Grey: nothing was measured. Red tick at the foot: a measurement failed. Dashed: bounds of the document (↑ beyond the picture).';

/** As people say it, from the rules that it serves; the name in the bindings where it says more. */
function nameOf(signal: string, rules: readonly Rule[]): string {
  const [first] = rules;
  if (first === undefined) return signal;
  const said = measuredText(first);
  return said.toLowerCase().includes(signal.toLowerCase()) ? said : `${said} (${signal})`;
}

function readingsText({signals}: Plan, signal: string, stretches: readonly Stretch[]): string {
  const all = stretches.reduce((sum, {n}) => sum + n, 0);
  const failed = stretches.reduce((sum, {errors}) => sum + errors, 0);
  const what = signals?.[signal]?.what;
  const bad = failed === 0 ? '' : `, ${failed} failed`;
  return `${what === undefined ? '' : `${what} · `}${plural(all, 'reading')}${bad}`;
}

function markersOf({state, events}: RecordSource): readonly Marker[] {
  const {deployStartedAt} = state;
  const said = events.flatMap((event): readonly Marker[] => {
    const {at} = event;
    switch (event.type) {
      case 'trigger-fired':
        return [{at, text: 'trigger', tone: 'bad'}];
      case 'rollback-requested':
        return [{at, text: 'rollback', tone: 'bad'}];
      case 'rollback-finished':
        return [{at, text: rollbackEnd(event), tone: rollbackEnd(event) === 'rolled-back' ? 'good' : 'bad'}];
      default:
        return [];
    }
  });
  return deployStartedAt === undefined ? said : [{at: deployStartedAt, text: 'deploy', tone: 'good'}, ...said];
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
          const sign = element('span', `${STEP_SIGNS[status]} ${inWords(status)}`, 'sign');
          return element('li', `${sign} ${escapeHtml(step.title)}${said}`, status);
        });
      const own = items.length === 0 ? '' : `\n<ul class="checklist">\n${items.join('\n')}\n</ul>`;
      return `${element('h3', escapeHtml(section.title))}${own}`;
    })
    .join('\n');
}

function contacts(plan: Plan): string {
  return htmlTable(
    ['role', 'name'],
    plan.contacts.filter(({name}) => name !== '').map(({role, name}) => [role, name]),
  );
}
