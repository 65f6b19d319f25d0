/** Looks on the hosts for evidence that a person decides by. It only reads, and what it cannot see it says. */
import {messageOf} from '../actions/link-error.ts';
import type {World} from '../actions/world.ts';
import type {Place} from '../plan/script.ts';
import {type EvidenceQuestion, type EvidenceReported, placeWords} from '../run/evidence/evidence.ts';
import {
  type Answer,
  changedAnswer,
  commitIn,
  existsAnswer,
  goesLiveAnswer,
  type Head,
  headIn,
  incomingName,
  migrationFilesAnswer,
  named,
  pendingAnswer,
  printedIn,
  runsAnswer,
  wentLiveAnswer,
} from '../run/evidence/evidence-answers.ts';
import {
  ALL_GROUPS,
  anywhere,
  betweenText,
  existsText,
  headText,
  incomingText,
  migrationStatusText,
  pathspecs,
  unitStateText,
} from '../run/evidence/look-texts.ts';
import {oneLine, shorten} from '../text/width.ts';

/** For each text that is run; a person waits for the answer. */
const LOOK_WITHIN_MS = 8000;
const REASON_WIDTH = 200;

type Look = {question: EvidenceQuestion; world: Pick<World, 'capture'>; path: string | undefined};

/** Always answers: what cannot be seen is `unknown`, with why. `path`: where the document's shell looks for programs. */
export async function lookForEvidence(
  question: EvidenceQuestion,
  world: Pick<World, 'capture'>,
  {asOf, path}: {asOf: number; path?: string | undefined},
): Promise<EvidenceReported> {
  const {key, stepId, about, text} = question;
  const answer = await answerTo({question, world, path}).catch(
    (error: unknown): Answer => ({
      answer: 'unknown',
      text: `could not be seen: ${shorten(oneLine(messageOf(error)), REASON_WIDTH)}`,
      lines: [],
    }),
  );
  const on = placeWords(question);
  return {type: 'evidence-reported', asOf, key, stepId, about, question: text, on, ...answer};
}

async function answerTo(look: Look): Promise<Answer> {
  const {question} = look;
  const {subject, directory, unbound} = question;
  if (unbound !== undefined) throw new Error(`${unbound} has no value yet`);
  switch (subject?.kind) {
    case undefined:
      return await arrivalAnswer(look);
    case 'exists':
      return existsAnswer(subject, printedIn(await run(look, existsText(directory, subject.path))));
    case 'runs':
      return runsAnswer(subject, question.unit ?? '', printedIn(await run(look, unitStateText(question.unit ?? ''))));
    case 'pending': {
      if (question.migrations !== undefined) {
        const {command} = question.migrations;
        return pendingAnswer(
          subject.negated,
          question.migrations,
          await run(look, migrationStatusText(directory, command, look.path)),
        );
      }
      const versions = await versionsOf(look);
      return migrationFilesAnswer(versions, await between(look, versions, {asked: pathspecs('migrations')}));
    }
    case 'changed': {
      const versions = await versionsOf(look);
      const asked = [...subject.paths.map(anywhere), ...subject.groups.flatMap(pathspecs)];
      return changedAnswer(subject, versions, await between(look, versions, {asked}));
    }
  }
}

const PARTS = Object.fromEntries(ALL_GROUPS.map(group => [group, pathspecs(group)]));

async function arrivalAnswer(look: Look): Promise<Answer> {
  const {about, incoming, base} = look.question;
  if (incoming === undefined) throw new Error('nothing says what comes');
  const [head, to] = await Promise.all([headOf(look), commitToCome(look).catch((error: unknown) => messageOf(error))]);
  if (!/^[0-9a-f]{40,}$/.test(to)) {
    const text = `${named(head)} is there; what ${incomingName(incoming)} names could not be seen: ${to}`;
    return {answer: 'unknown', text, lines: [], from: head.commit};
  }
  const from = about === 'goes-live' ? head.commit : base;
  const target = about === 'goes-live' ? to : head.commit;
  const isSame = from === undefined || from === target;
  const printed = isSame ? undefined : await between(look, {from, to: target}, PARTS).catch(() => undefined);
  return about === 'goes-live'
    ? goesLiveAnswer(head, to, incoming, printed)
    : wentLiveAnswer(head, to, incoming, printed);
}

async function headOf(look: Look): Promise<Head> {
  const {directory, base} = look.question;
  const output = await run(look, headText(directory, base));
  const head = headIn(printedIn(output));
  if (head === undefined) throw new Error(output.trim() === '' ? 'git names no commit there' : output);
  return head;
}

async function commitToCome(look: Look): Promise<string> {
  const {directory, incoming} = look.question;
  if (incoming === undefined) throw new Error('nothing says what comes');
  const found = commitIn(await run(look, incomingText(directory, incoming)));
  if (found === undefined) throw new Error(`${incomingName(incoming)} names no commit`);
  return found;
}

async function versionsOf(look: Look): Promise<{from: string; to: string}> {
  if (look.question.incoming !== undefined) {
    const [head, to] = await Promise.all([headOf(look), commitToCome(look)]);
    return {from: head.commit, to};
  }
  const head = await headOf(look);
  if (head.base === undefined) throw new Error(`nothing says what was there before ${named(head)}`);
  return {from: head.base, to: head.commit};
}

/** What lies between two commits, seen where both are: on the host, or in another checkout of the document. */
async function between(
  look: Look,
  versions: {from: string; to: string},
  parts: Readonly<Record<string, readonly string[]>>,
) {
  const {question} = look;
  for (const {place, directory} of [question, ...question.elsewhere]) {
    // Another checkout may be none at all, and one that does not answer is no reason not to ask the next.
    const printed = printedIn(await run(look, betweenText(directory, versions, parts), place).catch(() => ''));
    if (printed.has('commits')) return printed;
  }
  throw new Error('the commits that come are not fetched yet');
}

async function run({question, world}: Look, text: string, place: Place = question.place): Promise<string> {
  const {code, output} = await world.capture(place, text, LOOK_WITHIN_MS);
  if (code === 0) return output;
  const [reason = ''] = output
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(-1);
  throw new Error(reason === '' ? `the look ended with ${code}` : reason);
}
