/** Sections that say nothing of where they run, after another has logged in to a host and nobody came back. */
import type {SectionNode} from '../../outline/sections.ts';
import type {Context} from '../../script.ts';
import {type Draft, report} from '../draft.ts';

/**
 * The outermost sections whose commands are plainly for the host that the document logged in to before: they act on
 * services or on directories of that host, and lead to no other. A document that logs in to several says more itself.
 */
export function sectionsOnHost(lines: readonly string[], nodes: readonly SectionNode[]): ReadonlySet<string> {
  if (!lines.some(line => LOGIN.test(line))) return NONE;
  const tops = nodes.filter(({section, top, preamble}) => !preamble && section.id === top);
  const there = new Set<string>();
  const onHost = new Set<string>();
  for (const [index, {section}] of tops.entries()) {
    const own = lines.slice(section.line, (tops[index + 1]?.section.line ?? lines.length + 1) - 1);
    const login = own.findIndex(line => LOGIN.test(line));
    if (login !== -1) for (const path of pathsIn(own.slice(login))) there.add(path);
    else if (there.size > 0 && !own.some(line => LEADS_AWAY.test(line)) && isServed(own, there)) onHost.add(section.id);
  }
  return onHost;
}

/** Tells where commands were taken to run, once for each context and section. */
export function noteLoginBefore(draft: Draft, loginBefore: Context | undefined, before: number): void {
  if (loginBefore === undefined || loginBefore.place.kind !== 'host') return;
  const first = draft.steps
    .slice(before)
    .find(({action}) => action.kind === 'script' && action.context.id === loginBefore.id);
  if (first === undefined) return;
  const {destination} = loginBefore.place;
  const hint = 'say it with a line `ssh …`, or under `contexts:` in the bindings: a host by its name there, or local';
  report(
    draft,
    'info',
    'place-assumed',
    first.line,
    '',
    `taken to run on ${destination}, where the document logged in before`,
    hint,
  );
}

const NONE: ReadonlySet<string> = new Set();
const LINE_LENGTH_MAX = 2000;
/** A login that stays: nothing behind its destination. */
const LOGIN = /^\s*(?:[-*\d.)]+\s+)?[`$]?\s*ssh\s(?:-\w+\s\S+\s){0,6}[^\s-][^\s`]{0,200}`?\s*$/;
const LEADS_AWAY = /(?:^|[\s`$])(?:ssh|scp|rsync|sftp|ansible(?:-playbook)?|kubectl|terraform)\s/;
const SERVES =
  /(?:^|[`$;&|(]|\s)(?:sudo|systemctl|service|journalctl|supervisorctl|initctl|apachectl|apt-get|yum|dnf)\s+[\w-]/;
const PATH = /(?<![\w.:/<>-])\/(?:(?:usr|var|etc|opt|srv|home|data|mnt)\/)?[\w.-]+(?=\/)/g;

function isServed(own: readonly string[], there: ReadonlySet<string>): boolean {
  return own.some(line => SERVES.test(line.slice(0, LINE_LENGTH_MAX)) || pathsIn([line]).some(path => there.has(path)));
}

/** `/opt/app` of `/opt/app/bin/deploy`, `/backup` of `/backup/shop.sql`. */
function pathsIn(lines: readonly string[]): string[] {
  return lines.flatMap(line => `${line.slice(0, LINE_LENGTH_MAX)}/`.match(PATH) ?? []);
}
