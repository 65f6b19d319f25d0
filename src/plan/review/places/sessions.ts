/** Finds where a person goes to another machine or user, and asks about what runs behind that. */
import {contextOf, type Plan, type Step} from '../../plan.ts';
import type {FoundDoubt} from '../found-doubt.ts';

/** Lines in which a person, who does that step, goes to another machine or user: the first one of each section. */
export type Sessions = ReadonlyMap<string, number>;

export function sessionsIn({steps, source}: Plan): Sessions {
  const found = new Map<string, number>();
  for (const {section, line, endLine, action} of steps) {
    if (action.kind !== 'manual' || found.has(section)) continue;
    for (let at = line; at <= Math.min(endLine, line + SESSION_LINES_MAX) && !found.has(section); at += 1)
      if (OPENS_SESSION.test(source[at - 1] ?? '')) found.set(section, at);
  }
  return found;
}

export function sessionBefore(step: Step | undefined, sessions: Sessions): number | undefined {
  const opened = step === undefined ? undefined : sessions.get(step.section);
  return opened !== undefined && step !== undefined && opened < step.line ? opened : undefined;
}

/** Behind `ssh till-b`, `sudo -iu till` by hand: what runs on that host runs as its login. */
export function inSessions({steps, source}: Plan, sessions: Sessions): FoundDoubt[] {
  const asked = new Set<string>();
  return steps.flatMap((step): FoundDoubt | [] => {
    const opened = sessionBefore(step, sessions);
    if (opened === undefined || asked.has(step.section) || hostOf(step) === undefined) return [];
    const turn = source.slice(opened - 1, step.line - 1).find(text => TURNS.test(text));
    if (turn === undefined) return [];
    asked.add(step.section);
    return {
      code: 'place-assumed',
      line: step.line,
      steps: steps.filter(({section, line}) => section === step.section && line >= step.line).map(({id}) => id),
      message: `line ${step.line} runs as the login of ${hostOf(step)}, though a person becomes another user above: "${turn.trim()}"`,
      because: turn.trim(),
      settle: 'do it by hand, or set the user of the host in the bindings',
    };
  });
}

/** Another user, on the same machine. */
const TURNS = /^\s*(?:[\w.@:~-]*[$#>]\s+)?(?:sudo\s+(?:-\S*[is]\S*|su)(?:\s|$)|su\s+-)/;

const SESSION_LINES_MAX = 60;
const OPENS_SESSION =
  /^\s*(?:[\w.@:~-]*[$#>]\s+)?(?:ssh\s+(?!.*['"])\S+(?:\s+-\S+)*\s*$|sudo\s+(?:-\S*[is]\S*|su)(?:\s|$)|su\s+-|(?:docker|kubectl|podman)\s+exec\s+-\S*i)/;

export function hostOf(step: Step): string | undefined {
  const place = contextOf(step)?.place;
  return place?.kind === 'host' ? place.host : undefined;
}
