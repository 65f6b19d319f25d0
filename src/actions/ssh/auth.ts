/** Who we are, in the order ssh tries it: keys, then what the server asks a person, then a password. */
import ssh2, {type AnyAuthMethod, type AuthHandlerMiddleware, type ParsedKey, type Prompt} from 'ssh2';
import type {NewQuestion} from '../../run/question.ts';
import {LinkError, serverWords, unanswered} from '../link-error.ts';
import type {Answers} from '../remembered-answers.ts';
import {type Identity, identitiesFor, type KeyOptions, triesLeft} from './keys.ts';
import type {Target} from './ssh-config.ts';

export type AuthOptions = Omit<KeyOptions, 'signal'>;

/** One connection that is being opened. */
export type Attempt = {
  /** What was offered, for the message when none of it was enough. */
  tried: string[];
  /** What is being tried, and in the end has opened the connection. */
  means: string;
  /** Aborted when the connection is gone, or nobody needs it any more. */
  gone: AbortSignal;
  /** Aborted when nobody needs a connection to this host any more. */
  unneeded: AbortSignal;
  /** While a person thinks no time limit of ours runs. */
  whileAsking<T>(work: Promise<T>): Promise<T>;
  /** A key is being opened: what a person says about it serves the next connection as well. */
  opening?: Promise<unknown>;
  /** Ends it with this reason. */
  fail(error: LinkError): void;
};

const TRIES = 3;
/** How many questions one round may hold; real servers ask one or two. */
const PROMPTS_MAX = 8;

export function authenticate(target: Target, options: AuthOptions, attempt: Attempt): AuthHandlerMiddleware {
  const methods = methodsFor(target, options, attempt);
  return (methodsLeft, partial, next) => {
    // Types do not know that the list is null at first, nor that false ends it.
    const left = (methodsLeft as typeof methodsLeft | null) ?? [];
    methods.next({left, partial: partial === true}).then(
      ({value}) => next(value ?? (false as never)),
      error => {
        attempt.fail(error instanceof LinkError ? error : new LinkError('auth', String(error), error));
        next(false as never);
      },
    );
  };
}

/** What came of a method that did not let us in: which ones the server would still take, and whether this one was right. */
type Refused = {left: readonly string[]; partial: boolean};
type Methods = AsyncGenerator<AnyAuthMethod, undefined, Refused>;

async function* methodsFor(target: Target, options: AuthOptions, attempt: Attempt): Methods {
  const username = target.user;
  const {identities, unusable} = await identitiesFor(target, {...options, signal: attempt.unneeded});
  attempt.tried.push(...unusable);
  const untried = [...identities];
  yield* offerKeys(untried, username, attempt);
  // Only a failure that is not about an agent's key tells what else the server takes.
  attempt.means = 'nothing asked';
  let refused = yield {type: 'none', username};
  const dialogue = new Dialogue(target, options, attempt);
  for (let left = TRIES; target.keyboardInteractive && takes(refused, 'keyboard-interactive') && left > 0; left -= 1) {
    dialogue.begin(left);
    attempt.means = 'what the server asked';
    refused = yield {type: 'keyboard-interactive', username, prompt: dialogue.prompt};
    if (!refused.partial) dialogue.forget();
    if (!dialogue.wasAsked) break;
  }
  for (let left = TRIES; target.password && takes(refused, 'password') && left > 0; left -= 1) {
    const password = await askPassword(target, options, attempt, left);
    attempt.means = 'password';
    refused = yield {type: 'password', username, password};
    if (!refused.partial) options.answers.forget(passwordKey(target), password);
  }
  if (takes(refused, 'publickey')) yield* offerKeys(untried, username, attempt);
  return undefined;
}

function takes({left}: Refused, method: string): boolean {
  return left.includes(method);
}

/**
 * Keys are offered one by one: a server that has taken one and wants something else as well is not offered the others.
 */
async function* offerKeys(untried: Identity[], username: string, attempt: Attempt): Methods {
  for (let next = untried.shift(); next !== undefined; next = untried.shift()) {
    const agent = new OneKeyAgent(next, attempt);
    attempt.tried.push(next.name);
    attempt.means = next.name === 'agent' ? 'agent' : `key ${next.name}`;
    yield {type: 'agent', username, agent};
    if (agent.refusal !== undefined) throw agent.refusal;
    if (agent.hasSigned) return undefined;
  }
  return undefined;
}

/** ssh2 asks an agent to sign only after the server has said that it would take the key. */
class OneKeyAgent extends ssh2.BaseAgent<ParsedKey> {
  hasSigned = false;
  refusal: LinkError | undefined;
  readonly #identity: Identity;
  readonly #attempt: Attempt;

  constructor(identity: Identity, attempt: Attempt) {
    super();
    this.#identity = identity;
    this.#attempt = attempt;
  }

  getIdentities(tell: (error: undefined, keys: ParsedKey[]) => void): void {
    tell(undefined, [this.#identity.publicKey]);
  }

  sign(_key: ParsedKey, data: Buffer, ...rest: unknown[]): void {
    const tell = rest.at(-1) as (error?: Error, signature?: Buffer) => void;
    const options = rest.length > 1 ? (rest[0] as {hash?: string}) : {};
    const signing = this.#identity.sign(data, options.hash);
    this.#attempt.opening = signing;
    this.#attempt.whileAsking(signing).then(
      signature => {
        this.hasSigned = true;
        delete this.#attempt.opening;
        tell(undefined, signature);
      },
      (error: Error) => {
        if (error instanceof LinkError) this.refusal = error;
        else delete this.#attempt.opening;
        tell(error);
      },
    );
  }
}

/** What a server asks by itself: a password, a code, a choice. One try may hold several rounds. */
class Dialogue {
  /** In this try. */
  wasAsked = false;
  readonly #target: Target;
  readonly #options: AuthOptions;
  readonly #attempt: Attempt;
  #left = TRIES;
  /** Given in this try. One that is asked for again was wrong. */
  #password: string | undefined;

  constructor(target: Target, options: AuthOptions, attempt: Attempt) {
    this.#target = target;
    this.#options = options;
    this.#attempt = attempt;
  }

  begin(left: number): void {
    this.wasAsked = false;
    this.#left = left;
  }

  forget(): void {
    if (this.#password !== undefined) this.#options.answers.forget(passwordKey(this.#target), this.#password);
    this.#password = undefined;
  }

  readonly prompt = (
    name: string,
    instructions: string,
    _language: string,
    prompts: Prompt[],
    finish: (answers: string[]) => void,
  ): void => {
    const again = this.#left === TRIES ? '' : `that was not it; ${triesLeft(this.#left)}`;
    const detail = [again, serverWords(`${name} ${instructions}`)].filter(text => text !== '').join(' · ');
    this.#answerAll(prompts, detail).then(finish, error => {
      this.#attempt.fail(error instanceof LinkError ? error : new LinkError('auth', String(error), error));
    });
  };

  async #answerAll(prompts: readonly Prompt[], detail: string): Promise<string[]> {
    const answers: string[] = [];
    if (prompts.length > PROMPTS_MAX) {
      throw new LinkError('auth', `${whoIs(this.#target)} asks ${prompts.length} questions at once`);
    }
    for (const {prompt, echo = false} of prompts) {
      this.wasAsked = true;
      answers.push(await this.#answer(serverWords(prompt), echo, detail));
    }
    return answers;
  }

  async #answer(prompt: string, echo: boolean, detail: string): Promise<string> {
    const {host, answers} = this.#options;
    const about = detail === '' ? {} : {detail};
    const text = `${whoIs(this.#target)} asks: ${prompt}`;
    if (echo || !/password/i.test(prompt) || /one.?time|otp|code|token/i.test(prompt)) {
      const question: NewQuestion = {kind: 'otp', host, text, secret: !echo, ...about};
      return await ask(this.#target, this.#attempt, signal => answers.once(question, signal));
    }
    this.forget();
    const key = passwordKey(this.#target);
    const question: NewQuestion = {kind: 'password', host, text, secret: true, ...about};
    this.#password = await ask(this.#target, this.#attempt, signal => answers.about(key, question, signal));
    return this.#password;
  }
}

async function askPassword(target: Target, options: AuthOptions, attempt: Attempt, left: number): Promise<string> {
  const detail = left === TRIES ? {} : {detail: `that was not it; ${triesLeft(left)}`};
  const question = {kind: 'password', host: options.host, text: `Password of ${whoIs(target)}`, secret: true} as const;
  attempt.tried.push('password');
  return await ask(target, attempt, signal =>
    options.answers.about(passwordKey(target), {...question, ...detail}, signal),
  );
}

async function ask(
  target: Target,
  {whileAsking, gone, tried}: Attempt,
  put: (signal: AbortSignal) => ReturnType<Answers['once']>,
): Promise<string> {
  const reply = await whileAsking(put(gone));
  if ('answer' in reply) return reply.answer;
  const words = `${whoIs(target)}: permission denied (${triedText(tried)}; it asks for more, and ${reply.unanswered})`;
  throw unanswered('auth', words);
}

/** `tried id_ed25519, agent` */
export function triedText(tried: readonly string[]): string {
  return tried.length === 0 ? 'no key to offer' : `tried ${[...new Set(tried)].join(', ')}`;
}

function passwordKey(target: Target): string {
  return `password ${whoIs(target)}`;
}

function whoIs({user, host, port}: Target): string {
  return port === 22 ? `${user}@${host}` : `${user}@${host}:${port}`;
}
