/** `tminus config`: shows the settings of the console, and changes one in their file. */
import {EXIT} from '../../run/exit-codes.ts';
import {tableLines} from '../../text/table.ts';
import {wrap} from '../../text/width.ts';
import {themeNames} from '../../ui/terminal/theme.ts';
import {type ActionId, isFixed, KEYS, type OwnKeys, ownKeysProblem} from '../../ui/view/keymap.ts';
import {isSetting, SETTING_NAMES, SETTINGS, unknownSetting} from '../../ui/view/settings.ts';
import {CommandError} from '../command-error.ts';
import {parseArguments} from '../command-line/arguments.ts';
import {themeDirectories} from '../terminal/appearance.ts';
import {print, say} from '../terminal/print.ts';
import {type ReadSettings, readSettings, writeSetting} from './settings-file.ts';
import {settingsPath} from './settings-path.ts';

const WIDTH = 100;
const JOINED = '\u00A0';

/** A file that cannot be taken whole is shown as far as it can, and ends with 65. */
export async function configCommand(args: readonly string[]): Promise<number> {
  const {positionals} = parseArguments('config', args);
  const [word = 'show', name, ...values] = positionals;
  const {env} = process;
  switch (word) {
    case 'show':
      if (name !== undefined) throw new CommandError(EXIT.usage, `show takes no name; \`tminus config get ${name}\``);
      return show(readSettings(env), settingsPath(env));
    case 'get':
      if (name === undefined || values.length > 0)
        throw new CommandError(EXIT.usage, 'name one setting, as in `tminus config get theme`');
      return get(readSettings(env), name);
    case 'set':
      if (name === undefined || values.length === 0)
        throw new CommandError(EXIT.usage, 'name a setting and its value, as in `tminus config set theme daylight`');
      return set(name, values);
    default:
      throw new CommandError(EXIT.usage, `there is no \`tminus config ${word}\`; there are show, get and set`);
  }
}

function show({values, keys, set, problems}: ReadSettings, path: string): number {
  const rows = SETTING_NAMES.map(name => {
    const may = SETTINGS[name].values;
    const words = may === 'themes' ? themes().join(' ') : may === 'file' ? 'a file' : may.join(' ');
    return [name, values[name], set.has(name) ? 'set' : 'standard', words];
  });
  const help = SETTING_NAMES.map(name => [name, SETTINGS[name].help]);
  const own = Object.entries(keys).map(([action, names]) => [`keys.${action}`, names.join(' '), 'set']);
  const free = KEYS.filter(binding => !isFixed(binding)).map(({id, keys: names}) => `${id} ${names.join(' ')}`);
  // An action and its keys stay on one line.
  const actions = wrap(free.map(each => each.replaceAll(' ', JOINED)).join(', '), WIDTH - 2);
  print(
    [
      `${path}`,
      '',
      ...tableLines(rows),
      '',
      ...tableLines(help),
      ...(own.length === 0 ? [] : ['', ...tableLines(own)]),
      '',
      'Actions that may have other keys (`tminus config set keys.ACTION KEY…`), with those they have:',
      ...actions.map(line => `  ${line.replaceAll(JOINED, ' ')}`),
      '',
    ].join('\n'),
  );
  for (const problem of problems) say(`tminus: ${problem}\n`);
  return problems.length === 0 ? EXIT.succeeded : EXIT.invalid;
}

function get({values, keys, problems}: ReadSettings, name: string): number {
  const [, action] = /^keys\.(.*)$/.exec(name) ?? [];
  if (action !== undefined) print(`${keysOf(action, keys).join(' ')}\n`);
  else if (isSetting(name)) print(`${values[name]}\n`);
  else throw new CommandError(EXIT.usage, unknownSetting(name));
  for (const problem of problems) say(`tminus: ${problem}\n`);
  return problems.length === 0 ? EXIT.succeeded : EXIT.invalid;
}

function keysOf(action: string, own: OwnKeys): readonly string[] {
  const binding = KEYS.find(({id}) => id === action);
  if (binding === undefined) throw new CommandError(EXIT.usage, ownKeysProblem(action, [], own) ?? action);
  return own[binding.id as ActionId] ?? binding.keys;
}

function set(name: string, values: readonly string[]): number {
  if (name === 'theme' && values.length === 1 && !themes().includes(values[0] ?? ''))
    throw new CommandError(EXIT.usage, `theme: "${values[0]}" is not one of ${themes().join(', ')}`);
  const problem = writeSetting(process.env, name, values);
  if (problem !== undefined) throw new CommandError(EXIT.usage, problem);
  print(`${name} is ${values.join(' ')} for consoles that open from now on (${settingsPath(process.env)})\n`);
  return EXIT.succeeded;
}

function themes(): readonly string[] {
  return themeNames(themeDirectories(process.env));
}
