/** Shell tests that what a command needs exists. */
import {unreachable} from '../../plan/plan.ts';
import type {Command, Input} from '../../plan/script.ts';
import type {Proof} from '../request.ts';

type Bind = (text: string) => string;

/** POSIX sh tests that what the command needs exists where it will run. Paths are quoted: they are data. */
export function proofsOf(command: Command, bind: Bind): readonly Proof[] {
  const directory = command.directory === undefined ? undefined : bind(command.directory);
  return command.inputs.map(input => proofOf(input, directory, bind));
}

export function proofOf(input: Input, commandDirectory: string | undefined, bind: Bind): Proof {
  const own = 'directory' in input && input.directory !== undefined ? bind(input.directory) : undefined;
  const directory = own ?? commandDirectory;
  const {sh, missing} = testOf(input, bind, directory);
  const proof = {id: `${directory ?? ''}|${sh}`, sh, missing};
  return directory === undefined ? proof : {...proof, directory};
}

function testOf(input: Input, bind: Bind, directory: string | undefined): {sh: string; missing: string} {
  const where = directory === undefined ? '' : ` in ${directory}`;
  switch (input.kind) {
    case 'program': {
      const name = bind(input.name);
      return {sh: `command -v ${quote(name)} >/dev/null`, missing: `program ${name} not found`};
    }
    case 'unit': {
      const name = bind(input.name);
      return {sh: unitTest(input.manager, name), missing: `${input.manager} knows no ${name}`};
    }
    case 'git-ref': {
      const ref = bind(input.ref);
      return {
        sh: `git rev-parse --verify --quiet ${quote(`${ref}^{commit}`)} >/dev/null`,
        missing: `tag or commit ${ref} not found${where}`,
      };
    }
    case 'directory': {
      const path = quote(bind(input.path));
      return {
        sh: `[ -d ${path} ] && [ -n "$(ls -A ${path} 2>/dev/null)" ]`,
        missing: `directory ${bind(input.path)} missing or empty${where}`,
      };
    }
    case 'file':
      return {sh: `[ -f ${quote(bind(input.path))} ]`, missing: `file ${bind(input.path)} missing${where}`};
    case 'disk':
      return {
        sh: `[ "$(df -Pm ${quote(bind(input.path))} | awk 'NR==2{print $4}')" -ge ${input.megabytes} ]`,
        missing: `less than ${input.megabytes} MB free at ${bind(input.path)}`,
      };
    default:
      return unreachable(input);
  }
}

/**
 * A unit counts as missing only when its manager says so: a manager that does not know the question
 * (an old one, a wrapper) still runs the service, and its own answer will come when it is asked to.
 */
function unitTest(manager: 'systemctl' | 'supervisorctl' | 'service', name: string): string {
  const unit = quote(name);
  switch (manager) {
    case 'systemctl':
      return `command -v systemctl >/dev/null && { out=$(systemctl cat ${unit} 2>&1) || ! printf %s "$out" | grep -qi 'no files found\\|could not be found\\|not been booted'; }`;
    case 'supervisorctl':
      return `command -v supervisorctl >/dev/null && ! supervisorctl status ${unit} 2>&1 | grep -qi 'no such process\\|no such file\\|refused'`;
    case 'service':
      return `command -v service >/dev/null && { [ -e /etc/init.d/${unit} ] || service ${unit} status >/dev/null 2>&1; }`;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
