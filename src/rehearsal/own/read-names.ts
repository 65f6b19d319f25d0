/** Hosts that programs of a document are told to reach: in a box all of them lead to its services and its database. */
import type {Doing} from '../../plan/parse-plan.ts';
import {type Plan, requestsOf} from '../../plan/plan.ts';
import type {Reader} from './place-texts.ts';

export function namesOf({steps}: Plan, course: readonly Doing[], reader: Reader): readonly string[] {
  const asked = steps.flatMap(step => requestsOf(step).map(({url}) => url));
  const told = course.flatMap(({words}) => [...words.slice(1), ...optionsOf(words)]);
  const names = [...asked, ...told].flatMap(word => hostIn(reader, word));
  return [...new Set(names)].sort();
}

/** `psql -h lagerdb-alt`, `redis-cli --host=cache-2`. */
function optionsOf([program = '', ...rest]: readonly string[]): readonly string[] {
  if (!CLIENTS.test(program)) return [];
  return rest.flatMap((word, index) => {
    const value = /^(?:-h|-H|--host|--hostname|--server)$/.test(rest[index - 1] ?? '')
      ? word
      : /^--(?:host|hostname|server)=(.+)$/.exec(word)?.[1];
    return value === undefined || value.includes('://') ? [] : [`any://${value}`];
  });
}

const CLIENTS =
  /^(?:psql|pg_\w+|createdb|dropdb|createuser|vacuumdb|mysql\w*|mariadb\S*|mongo\w*|redis-cli|clickhouse-client|cqlsh|ldap\w+|amqp\S*)$/;

/** The beginning of an address is enough, because its end may be known only when it runs. */
function hostIn(reader: Reader, word: string): readonly string[] {
  const origin = /^[a-z][a-z\d+.-]*:\/\/[^/?#]+/i.exec(word)?.[0];
  const host = origin === undefined ? undefined : URL.parse(reader.text(origin) ?? '')?.hostname;
  return host === undefined || !/^[\w.-]*[a-z][\w.-]*$/i.test(host) || host === 'localhost' ? [] : [host];
}
