/** Shell tests that what a command needs is there and holds something. */
import {unreachable} from '../../plan/plan.ts';
import type {Command, Input, Place} from '../../plan/script.ts';
import type {Proof} from '../request.ts';
import {contentTests, type Test} from './content-tests.ts';
import {type Stood, stoodTests} from './facts.ts';
import {pathWord, quoted} from './path-words.ts';
import {survivalTest} from './survival.ts';

type Bind = (text: string) => string;

/** `stood`: what was seen there before the deploy. */
export type About = {inJob?: true; place?: Place; stood?: Stood};

/**
 * POSIX sh tests that what the command needs is there where it will run. What only the shell of the job can know is not
 * asked ahead of it.
 */
export function proofsOf(command: Command, bind: Bind, about: About = {}): readonly Proof[] {
  const directory = command.directory === undefined ? undefined : bind(command.directory);
  // What is wrong with the content is worth more words than a program to be installed.
  return command.inputs
    .filter(input => about.inJob === true || !('inJob' in input))
    .toSorted((one, other) => Number(one.kind === 'program') - Number(other.kind === 'program'))
    .flatMap(input => proofsOfInput(input, directory, bind, about));
}

export function proofsOfInput(
  input: Input,
  commandDirectory: string | undefined,
  bind: Bind,
  {place, stood}: About = {},
): readonly Proof[] {
  const own = 'directory' in input && input.directory !== undefined ? bind(input.directory) : undefined;
  const directory = own ?? commandDirectory;
  const isPlaced = 'ref' in input || 'path' in input || 'needed' in input;
  const where = directory === undefined || !isPlaced ? '' : ` in ${directory}`;
  const ofBefore = place === undefined || stood === undefined ? [] : stoodTests(input, {place, directory}, stood, bind);
  return [...testsOf(input, bind), ...ofBefore].map(({sh, missing}) => {
    const proof = {id: `${directory ?? ''}|${sh}`, sh, missing: `${missing}${where}`};
    return directory === undefined ? proof : {...proof, directory};
  });
}

/** In order: the first that fails says why. */
function testsOf(input: Input, bind: Bind): readonly Test[] {
  switch (input.kind) {
    case 'program': {
      const name = bind(input.name);
      return [{sh: `command -v ${quoted(name)} >/dev/null`, missing: `program ${name} not found`}];
    }
    case 'unit': {
      const name = bind(input.name);
      return [{sh: unitTest(input.manager, name), missing: `${input.manager} knows no ${name}`}];
    }
    case 'git-ref': {
      const ref = bind(input.ref);
      const sh = `git rev-parse --verify --quiet ${quoted(`${ref}^{commit}`)} >/dev/null`;
      return [{sh, missing: `tag or commit ${ref} not found`}];
    }
    case 'directory':
    case 'file':
    case 'path':
      return contentTests(input, bind(input.path));
    case 'survives': {
      const {needed, deleted, line} = input;
      return [survivalTest({needed: bind(needed), deleted: deleted.map(one => bindDeletion(one, bind)), line})];
    }
    case 'disk': {
      const path = bind(input.path);
      const sh = `[ "$(df -Pm ${pathWord(path)} | awk 'NR==2{print $4}')" -ge ${input.megabytes} ]`;
      return [{sh, missing: `less than ${input.megabytes} MB free at ${path}`}];
    }
    default:
      return unreachable(input);
  }
}

function bindDeletion(one: Deletion, bind: Bind): Deletion {
  return 'path' in one ? {path: bind(one.path)} : {listing: one.listing.map(bind)};
}

type Deletion = (Input & {kind: 'survives'})['deleted'][number];

/**
 * A unit counts as missing only when its manager says so: a manager that does not know the question
 * (an old one, a wrapper) still runs the service, and its own answer will come when it is asked to.
 */
function unitTest(manager: 'systemctl' | 'supervisorctl' | 'service', name: string): string {
  const unit = quoted(name);
  switch (manager) {
    case 'systemctl':
      return `command -v systemctl >/dev/null && { out=$(systemctl cat ${unit} 2>&1) || ! printf %s "$out" | grep -qi 'no files found\\|could not be found\\|not been booted'; }`;
    case 'supervisorctl':
      return `command -v supervisorctl >/dev/null && ! supervisorctl status ${unit} 2>&1 | grep -qi 'no such process\\|no such file\\|refused'`;
    case 'service':
      return `command -v service >/dev/null && { [ -e /etc/init.d/${unit} ] || service ${unit} status >/dev/null 2>&1; }`;
  }
}
