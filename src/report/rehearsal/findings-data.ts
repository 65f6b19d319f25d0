/** What a rehearsal has found, for programs: JSON, and JUnit for build servers. */
import {escapeHtml} from '../record/html-text.ts';
import type {Finding} from './finding.ts';
import {findingsExit, roundText, timeText} from './findings-page.ts';
import type {Forecast} from './forecast.ts';
import {stuckSteps} from './from-play/stuck-steps.ts';
import type {Played} from './played.ts';

export function findingsJson(played: Played, findings: readonly Finding[], forecast: Forecast): string {
  const {plan, rounds, notPlayed} = played;
  const data = {
    title: plan.title,
    exitCode: findingsExit(played, findings),
    rounds: rounds.map(({faultAt, state: {rollback}}) => ({
      ...(faultAt === undefined ? {} : {faultAt}),
      rollback: rollback.status === 'finished' ? (rollback.verdict ?? 'cancelled') : 'unfinished',
    })),
    forecast,
    notPlayed,
    notPassed: stuckSteps(played, findings).map(({line, title, because}) => ({line, title, because})),
    findings,
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

/** A case for each round, and one for each finding: a risk fails, a note is passed over with its text. */
export function findingsJunit(played: Played, findings: readonly Finding[], forecast: Forecast): string {
  const {plan, rounds} = played;
  const risks = findings.filter(({weight}) => weight === 'risk').length;
  const failed = rounds.filter(
    ({state: {rollback}}) => rollback.status !== 'finished' || rollback.verdict === 'failed',
  );
  const stuck = stuckSteps(played, findings);
  const cases = [
    ...rounds.map(round => {
      const name = roundText(round, played);
      const end = failed.includes(round)
        ? '<failure message="the rollback failed in the play, or was not played to its end"/>'
        : '';
      return `<testcase classname="rounds" name="${escapeHtml(name)}">${end}</testcase>`;
    }),
    ...stuck.map(({line, title, because}) => {
      const name = `line ${line}: ${title}`;
      const failure = `<failure message="${escapeHtml(`it did not go through in the play: ${because}`)}"/>`;
      return `<testcase classname="not-passed" name="${escapeHtml(name)}">${failure}</testcase>`;
    }),
    ...findings.map(caseText),
  ];
  const counts = `tests="${cases.length}" failures="${risks + failed.length + stuck.length}" errors="0" skipped="${findings.length - risks}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${escapeHtml(plan.title)}">
<testsuite name="rehearsal" ${counts}>
<properties>
<property name="time" value="${escapeHtml(timeText(forecast))}"/>
</properties>
${cases.join('\n')}
</testsuite>
</testsuites>
`;
}

function caseText({kind, weight, line, title, evidence, mend, basis}: Finding): string {
  const tag = weight === 'risk' ? 'failure' : 'skipped';
  const text = [
    ...evidence,
    `${basis === 'proved' ? 'proved by the play' : 'told by the document'}; to mend it: ${mend}`,
  ].join('\n');
  return `<testcase classname="${kind}" name="line ${line}: ${escapeHtml(title)}"><${tag} message="${escapeHtml(title)}"/><system-out>${escapeHtml(text)}</system-out></testcase>`;
}
