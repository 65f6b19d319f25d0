/** Tells what the rehearsal of one's own document has found, and what follows from the document alone. */
import {writeFileSync} from 'node:fs';
import type {Plan} from '../../plan/plan.ts';
import {usualDurations} from '../../rehearsal/own/durations.ts';
import type {Needs} from '../../rehearsal/own/needs.ts';
import {needsOf} from '../../rehearsal/own/read-needs.ts';
import {findingsOf} from '../../report/rehearsal/findings.ts';
import {findingsJson, findingsJunit} from '../../report/rehearsal/findings-data.ts';
import {findingsExit, findingsPage} from '../../report/rehearsal/findings-page.ts';
import {forecastOf} from '../../report/rehearsal/forecast.ts';
import type {Round} from '../../report/rehearsal/played.ts';
import type {ExitCode} from '../../run/exit-codes.ts';
import {loadNamed} from '../load-named-plan.ts';
import {print} from '../terminal/print.ts';

/** `junit`: a file for the same as JUnit XML. */
type Flags = {
  bindings?: string | undefined;
  procedure?: string | undefined;
  json?: boolean | undefined;
  junit?: string | undefined;
};

/** `rehearse CHECKLIST --dry-run`: nothing is played, and nothing is needed for it. */
export function tellAhead(checklist: string, flags: Flags): ExitCode {
  const {shown} = loadNamed(checklist, flags.bindings, {command: 'rehearse', procedure: flags.procedure});
  return tellFindings(shown, needsOf(shown), [], flags);
}

/** Prints what was found, and returns what the command ends with. `plan`: without secrets. */
export function tellFindings(
  plan: Plan,
  needs: Needs,
  rounds: readonly Round[],
  {json, junit}: Pick<Flags, 'json' | 'junit'>,
): ExitCode {
  const played = {
    plan,
    rounds,
    notPlayed: [...unknownPrograms(needs), ...foreignSql(needs)],
    usualMs: usualDurations(plan),
  };
  const findings = findingsOf(played);
  const forecast = forecastOf(plan, played.usualMs);
  const asJson = findingsJson(played, findings, forecast);
  if (junit !== undefined) writeFileSync(junit, findingsJunit(played, findings, forecast));
  if (json !== true) print(findingsPage(played, findings, forecast));
  // Behind the events of what was played, which are one a line.
  else print(rounds.length === 0 ? asJson : `${JSON.stringify(JSON.parse(asJson))}\n`);
  return findingsExit(played, findings);
}

const ENGINES = {mysql: 'MySQL', sqlite: 'SQLite', other: 'another database'} as const;

/** The box has a PostgreSQL and no other. */
function foreignSql({databases}: Needs): {name: string; lines: readonly number[]}[] {
  return databases.flatMap(({engine, from, lines}) =>
    engine === 'postgresql' || from.length > 0 ? [] : [{name: `SQL of ${ENGINES[engine]}`, lines}],
  );
}

/** Programs that no stand-in plays, each once with all its lines. */
function unknownPrograms({places}: Needs): {name: string; lines: readonly number[]}[] {
  const lines = new Map<string, Set<number>>();
  for (const {programs} of places) {
    for (const {name, how, lines: at} of programs) {
      if (how !== 'unknown') continue;
      const known = lines.get(name) ?? new Set();
      lines.set(name, known);
      for (const line of at) known.add(line);
    }
  }
  return [...lines].map(([name, at]) => ({name, lines: [...at].sort((a, b) => a - b)}));
}
