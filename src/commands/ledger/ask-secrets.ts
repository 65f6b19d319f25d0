/** The secrets of a run that is taken over: no ledger has them, so whoever takes it over gives them again. */
import type {EngineOptions} from '../../engine/opening/options.ts';
import {readSources} from '../../engine/opening/run-sources.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError} from '../command-error.ts';
import {terminalAsk} from '../terminal/terminal-questions.ts';

type Values = Readonly<Record<string, string>>;

/**
 * Those of `--value`, to start the engine with; variables of the environment that the bindings name are set in this
 * process. Asked on the terminal; where there is none, what is missing ends the command.
 */
export async function secretsAgain(
  runDirectory: string,
  options: EngineOptions,
  given: Values,
  host: string,
): Promise<Values> {
  const values: Record<string, string> = {...given};
  for (const name of (options.secretValues ?? []).filter(one => given[one] === undefined))
    values[name] = await secret(name, `the value of ${name}, which was given on ${host}`, `--value ${name}=…`);
  const unset = new Set<string>();
  const env = new Proxy(process.env, {
    get(all, name) {
      const value = all[String(name)];
      if (value === undefined) unset.add(String(name));
      return value;
    },
  });
  const {bindingsText = '', wanting} = await readSources(runDirectory, options, env, {values});
  if (wanting !== undefined) throw new CommandError(EXIT.invalid, `${wanting}; -b names that file here`);
  for (const name of unset)
    if (bindingsText.includes(`\${${name}}`))
      process.env[name] = await secret(name, `${name} of the environment, which the bindings name`, `set ${name}`);
  return values;
}

async function secret(name: string, what: string, how: string): Promise<string> {
  const ask = terminalAsk();
  if (ask === undefined) throw new CommandError(EXIT.invalid, `${what} is needed again: ${how}`);
  const never = new AbortController().signal;
  const reply = await ask({kind: 'password', host: 'this run', text: `wants ${what}.`, secret: true}, never);
  if ('answer' in reply) return reply.answer;
  throw new CommandError(EXIT.invalid, `${name} was not given: ${reply.unanswered}`);
}
