/** Doubts about the database of a query: it goes to that of the bindings, although the document works on several. */
import {hostNamesIn, hostsMentioned} from '../../phrases/host-mentions.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../../plan.ts';
import type {FoundDoubt} from '../found-doubt.ts';

/** "On db2: `mysql> STOP REPLICA;`", and any query where commands speak to databases on several hosts. */
export function queryPlaceDoubts({steps, source}: Plan): FoundDoubt[] {
  const queries = steps.filter(({action}) => action.kind === 'sql' && action.database === undefined);
  if (queries.length === 0) return [];
  const names = hostNamesIn(source);
  const hosts = [...new Set(steps.flatMap(hostsOfDatabases))];
  return queries.flatMap(step => {
    const [name] = hostsMentioned(step.title, names);
    if (name === undefined && hosts.length < 2) return [];
    const about = name === undefined ? '' : ` for ${name}`;
    const beside = hosts.length < 2 ? '' : `, and databases on ${hosts.slice(0, HOSTS_MAX).join(', ')} are worked on`;
    return {
      code: 'place-assumed',
      line: step.line,
      section: step.section,
      steps: [step.id],
      message: `line ${step.line} is a query${about}${beside}, and nothing says which database of the bindings that is`,
      because: step.title,
      settle: 'bind the step to a database under steps: in the bindings, or do it by hand',
      ...(hosts.length < 2 ? {proposed: 'it is the database of the bindings'} : {}),
    };
  });
}

const HOSTS_MAX = 3;

/** The hosts to whose databases a step speaks: by an option, otherwise those on which the client runs. */
function hostsOfDatabases(step: Step): string[] {
  const place = contextOf(step)?.place;
  return commandsOf(step).flatMap(({text}) => {
    if (!CLIENT.test(text)) return [];
    const [, named] = HOST.exec(text) ?? [];
    const host = named ?? (place?.kind === 'host' ? place.destination : undefined);
    return host?.replaceAll(/[<>]/g, '') ?? [];
  });
}

const CLIENT =
  /(?<![\w./-])(?:psql|pg_dump(?:all)?|pg_restore|createdb|dropdb|vacuumdb|mysql|mysqldump|mariadb|mariadb-dump|sqlplus|sqlcmd|mongosh?|mongodump|clickhouse-client|cqlsh)(?=\s|$)/;
const HOST = /\s(?:-h|--host)[\s=]+["']?([\w.-]+)/;
