/** A person signs the run off, and another may sign beside. What the document asks at its end is answered by it. */
import type {Blank} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import {type Console, isSameAccount, personOf} from '../console.ts';
import type {PeopleIntent} from '../events/people-events.ts';
import {OWN_STATUS, openBlanks, recordSteps, type SignOffForm, signOffForm} from '../people/sign-off-form.ts';
import {isRollbackOn, runningStep} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {computedValue, fill} from './blank-values.ts';
import {type Draft, Refusal} from './decision-draft.ts';

type Asked<Type extends PeopleIntent['type']> = Extract<PeopleIntent, {type: Type}>;

export function signOff(draft: Draft, intent: Asked<'sign-off'>): Refusal | undefined {
  const {plan, state} = draft;
  const form = signOffForm(plan, state);
  const name = intent.name.trim();
  const why = whyNotSign(draft, name);
  if (why !== undefined) return new Refusal(why);
  const status = optionIn(form, intent.status);
  if (status === undefined) {
    const options = form.status.options.map(({title}) => `"${title}"`).join(', ');
    return new Refusal(`"${intent.status}" is no final status here: take one of ${options}`);
  }
  const wrong = takeAnswers(draft, form, intent.answers ?? []);
  if (wrong !== undefined) return wrong;
  if (form.status.id !== OWN_STATUS) choose(draft, form.status.id, status.id);
  const issues = textOf(intent.issues);
  const notes = textOf(intent.notes);
  if (issues !== undefined) draft.say({type: 'note-added', text: `Issues: ${issues}`});
  if (notes !== undefined) draft.say({type: 'note-added', text: notes});
  fillSigned(draft, name, {status: status.title, issues, notes});
  draft.say(compact({type: 'signed-off', status: status.title, issues, notes, name}));
  return undefined;
}

export function countersign(draft: Draft, console: Console, intent: Asked<'countersign'>): Refusal | undefined {
  const {signOff: first} = draft.state;
  const name = intent.name.trim();
  if (first === undefined) return new Refusal('nobody has signed the run off yet: there is nothing to sign beside');
  if (first.second !== undefined) return new Refusal(`two have signed already: ${first.name} and ${first.second.name}`);
  const why = whyNotSign(draft, name) ?? whySamePerson(draft.state, console, name);
  if (why !== undefined) return new Refusal(why);
  const signer = Object.values(draft.state.consoles).find(one => personOf(one) === first.by);
  const isClaimed = signer === undefined ? first.by.endsWith(accountOf(console)) : isSameAccount(signer, console);
  const [blank] = openBlanks(draft.plan, draft.state).filter(isForName);
  if (blank !== undefined) fillBlank(draft, blank.id, name);
  draft.say(
    compact({
      type: 'countersigned',
      of: first.by,
      name,
      note: textOf(intent.note),
      claimed: isClaimed ? true : undefined,
    }),
  );
  return undefined;
}

/** A second signature is another person's; a name alone can be typed by anybody. */
function whySamePerson({signOff: first}: RunState, console: Console, name: string): string | undefined {
  if (first === undefined) return undefined;
  const isSame = personOf(console) === first.by || name.toLowerCase() === first.name.toLowerCase();
  if (!isSame) return undefined;
  return `${first.name} has signed already: the second signature is another person's, from another account or with --as NAME`;
}

/** `ana` and `bo (ana)` sit in the account `ana`. */
function accountOf({user, name}: Console): string {
  return name === user ? user : `(${user})`;
}

function whyNotSign({plan, state}: Draft, name: string): string | undefined {
  if (name === '') return 'a signature needs a name';
  if (state.run.dryRun) return 'a dry run has done nothing that could be signed';
  if (isRollbackOn(state)) return 'the rollback is not over: let it end, then sign';
  const running = runningStep(plan, state);
  return running === undefined ? undefined : `${running.title} is still running: let it end, then sign`;
}

function optionIn({status: {options}}: SignOffForm, wanted: string) {
  const text = wanted.trim().toLowerCase();
  return options.find(({id, title}) => id === wanted || title.toLowerCase() === text);
}

/** Nothing is said of a list of answers of which one is wrong. */
function takeAnswers(draft: Draft, form: SignOffForm, answers: readonly string[]): Refusal | undefined {
  const pairs = answers.map(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);
  for (const [id, value] of pairs) {
    const choice = form.choices.find(one => one.id === id);
    const isBlank = form.blanks.some(blank => blank.id === id);
    if (choice === undefined && !isBlank) return new Refusal(`the document does not ask for "${id}"`);
    if (choice !== undefined && !choice.options.some(option => option.id === value))
      return new Refusal(`"${value}" is no option of "${choice.title}"`);
  }
  for (const [id, value] of pairs) {
    if (form.choices.some(one => one.id === id)) choose(draft, id, value);
    else if (value.trim() !== '') fillBlank(draft, id, value.trim());
  }
  return undefined;
}

function choose(draft: Draft, choiceId: string, armId: string): void {
  if (draft.state.choices[choiceId]?.armId === armId) return;
  draft.say({type: 'choice-made', choiceId, armId, because: 'said at the sign-off'});
}

/** The first blank for a name is the signer's, and so are the dates. Start, end and duration the record knows by itself. */
function fillSigned(
  draft: Draft,
  name: string,
  said: Readonly<Record<'status' | 'issues' | 'notes', string | undefined>>,
): void {
  let isNamed = false;
  for (const blank of openBlanks(draft.plan, draft.state)) {
    if (isForName(blank)) {
      if (!isNamed) fillBlank(draft, blank.id, name);
      isNamed = true;
    } else if (blank.computed === 'date' || blank.computed === 'time' || blank.computed === 'timestamp') {
      fillBlank(draft, blank.id, computedValue(draft.state, blank, draft.at) ?? '');
    } else if (blank.asks !== undefined) {
      const value = said[blank.asks];
      if (value !== undefined) fillBlank(draft, blank.id, value);
    }
  }
}

function isForName({computed}: Blank): boolean {
  return computed === 'user' || computed === 'signer';
}

function fillBlank(draft: Draft, blankId: string, value: string): void {
  const step = recordSteps(draft.plan).find(
    ({action}) => action.kind === 'input' && action.blanks.some(({id}) => id === blankId),
  );
  if (step !== undefined) fill(draft, {stepId: step.id, blankId, value});
}

function textOf(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
