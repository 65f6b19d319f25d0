/** `tminus review`: a person confirms what was read, on the full screen; `--accept` takes the reading as it is. */
import {basename} from 'node:path';
import {whyNotRun} from '../engine/opening/why-not-run.ts';
import {acceptUnseen, placeName, reviewFor} from '../plan/parse-plan.ts';
import type {Plan} from '../plan/plan.ts';
import {leftToReview, openDoubtLines, reviewFacts} from '../report/check/check-review.ts';
import {EXIT} from '../run/exit-codes.ts';
import {NO_REVIEW, readingOf} from '../run/review.ts';
import {commandText} from '../text/command-text.ts';
import {compact} from '../text/compact.ts';
import {CommandError} from './command-error.ts';
import {pairOf, parseArguments} from './command-line/arguments.ts';
import {bindingsPath} from './command-line/named-files.ts';
import {programName} from './command-line/program-name.ts';
import {readFiles} from './command-line/read-files.ts';
import {loadNamed, type Named} from './load-named-plan.ts';
import {replaceReviewFile, textToKeep, withPlace} from './review-on-disk.ts';
import {openReviewSession} from './review-session.ts';
import {chooseView, type View} from './show-run.ts';
import {openerOf, ownPerson} from './terminal/person.ts';
import {print} from './terminal/print.ts';

/** Writes a command of this program on the same checklist: `again('run')` is `tminus run deploy.md -b prod.yaml`. */
type Again = (name: string, ...flags: string[]) => string;

/** Ends with 0 when all of the reading is confirmed, else with 7. */
export async function reviewCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('review', args);
  const {procedure, bindings} = flags;
  const values = Object.fromEntries((flags.value ?? []).map(text => pairOf(text, '--value')));
  const load = (keeps: boolean) => loadNamed(positionals[0], bindings, {command: 'review', values, procedure, keeps});
  const named = load(true);
  refuseWrong(named);
  const more = [
    ...(bindings === undefined ? [] : ['-b', bindings]),
    ...(procedure === undefined ? [] : ['--procedure', procedure]),
  ];
  const again: Again = (name, ...own) => commandText(programName(), [name, positionals[0] ?? '', ...more, ...own]);
  const ready = () => void load(true);
  if (flags.accept === true) return accept(named, openerOf(flags.as), again, ready);
  const view = await chooseView(compact({theme: flags.theme, ascii: flags.ascii}));
  if (view.kind !== 'console') {
    const {shown: plan, reviewing} = named;
    if (leftToReview(plan, reviewing) === undefined) return conclude({plan, reviewing}, 'nothing is open', again);
    const hint = `\`${again('review', '--accept')}\` takes the reading as it is, unseen`;
    throw new CommandError(EXIT.refused, `without a terminal nobody can look at what was read; ${hint}`);
  }
  const bindingsFile = bindingsPath(named.checklist, bindings);
  return await look({named, reload: () => load(false), bindingsFile, ready}, view, flags.as, again);
}

/** A checklist that a run would refuse needs no review. */
function refuseWrong(named: Named): void {
  const because = whyNotRun(named, compact({choices: [], yes: [], bindings: named.bindingsFile}));
  if (because !== undefined) throw new CommandError(EXIT.invalid, because);
}

/** Prints what was accepted, what is still open, and the next command. `ready`: reads it as the run will. */
function accept(named: Named, by: string, again: Again, ready: () => void): number {
  const {shown: plan, reviewFile} = named;
  const {isNew, now} = acceptReading(named, by);
  const left = leftToReview(plan, now);
  if (isNew && left === undefined) ready();
  const lines = [
    isNew ? `accepted unseen, and written to ${basename(reviewFile.path)}` : 'nothing was left to accept',
    ...reviewFacts({plan, reviewing: now}).map(fact => `  ${fact}`),
    ...openDoubtLines(plan, now),
    left === undefined ? `next  ${again('run')}` : `still open: ${left}; answer with: ${again('review')}`,
  ];
  print(`${lines.join('\n')}\n`);
  return left === undefined ? EXIT.succeeded : EXIT.refused;
}

/**
 * Accepts every proposal, records it as unseen, and writes the file. Earlier confirmations stay as they are.
 * `now`: the review after that.
 */
export function acceptReading(
  {shown: plan, reviewing, reviewFile, checklist}: Named,
  by: string,
): {isNew: boolean; now: Named['reviewing']} {
  const before = reviewing.review ?? NO_REVIEW;
  const review = acceptUnseen(plan, before, {by, at: Date.now()});
  const isNew = newKeys(before.confirmed, review.confirmed) + newKeys(before.settled, review.settled) > 0;
  if (isNew) {
    replaceReviewFile(reviewFile.path, reviewFile.text, textToKeep(plan, reviewFile, review, checklist));
  }
  return {isNew, now: {review}};
}

function newKeys(before: object, after: object): number {
  return Object.keys(after).filter(key => !Object.hasOwn(before, key)).length;
}

/** Opens the full screen. Every answer is written at once, so that leaving loses nothing. */
async function look(
  {named, reload, bindingsFile, ready}: {named: Named; reload(): Named; bindingsFile: string; ready(): void},
  {theme, ascii, settings}: Extract<View, {kind: 'console'}>,
  as: string | undefined,
  again: Again,
): Promise<number> {
  const {checklist} = named;
  const {path} = named.reviewFile;
  let {shown: plan, reviewFile} = named;
  let {text: kept} = reviewFile;
  const read = readFiles([checklist, bindingsFile]);
  const own = readFiles([path]);
  const replace = (text: string) => {
    replaceReviewFile(path, kept, text);
    kept = text;
    own.note();
  };
  const readAgain = () => {
    read.note();
    own.note();
    return reload();
  };
  const taken = (again: Named) => {
    ({shown: plan, reviewFile} = again);
    kept = reviewFile.text;
    return {plan, reviewing: again.reviewing};
  };
  const {session, trouble, lookAtFiles} = openReviewSession({
    plan,
    reviewing: named.reviewing,
    checklist,
    person: ownPerson(as),
    program: programName(),
    hosts: Object.keys(named.bindings.hosts),
    keep: review => replace(textToKeep(plan, reviewFile, review, checklist)),
    place(sectionId, name, review) {
      const before = textToKeep(plan, reviewFile, review, checklist);
      replace(textToKeep(plan, withPlace(reviewFile, plan, {section: sectionId, name}), review, checklist));
      const again = readAgain();
      if (name !== undefined && placeIn(again.shown, sectionId) === placeIn(plan, sectionId)) {
        replace(before);
        return 'its place stays: the document or the bindings say where it runs';
      }
      return taken(again);
    },
    placed: sectionId => reviewFor(plan, reviewFile.reviews).places?.[placeName(plan, sectionId)],
    reread: () => taken(readAgain()),
    changed: () => read.changed() ?? own.changed(),
    next: again('run'),
  });
  const file = basename(path);
  const {openConsole} = await import('../ui/open-console.tsx');
  const looking = setInterval(lookAtFiles, LOOK_MS);
  await openConsole(session, {theme, ascii, settings, onlyReview: true});
  clearInterval(looking);
  const failed = trouble();
  if (failed !== undefined) throw failed;
  if (kept !== named.reviewFile.text) ready();
  const said = kept === undefined ? 'nothing was confirmed' : `kept in ${file}`;
  return conclude({plan, reviewing: session.run.getState()}, said, again);
}

/** How often the files are looked at. */
const LOOK_MS = 1000;

function placeIn(plan: Plan, sectionId: string): string | undefined {
  return readingOf(plan, sectionId)?.place;
}

/** Prints how far the review is, and the next command. Returns the exit code. */
function conclude({plan, reviewing}: Pick<Named, 'plan' | 'reviewing'>, said: string, again: Again): number {
  const isDone = leftToReview(plan, reviewing) === undefined;
  const lines = [...reviewFacts({plan, reviewing}), said, `next  ${again(isDone ? 'run' : 'review')}`];
  print(`${lines.join('\n')}\n`);
  return isDone ? EXIT.succeeded : EXIT.refused;
}
