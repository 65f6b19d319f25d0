/** Found in the document: the old code is put back, and nothing makes what runs take it up. */
import {restoredBy} from '../../../plan/script.ts';
import {bringsCommit, lineText, shown, type Told} from '../document-course.ts';
import type {Finding} from '../finding.ts';

/** The deploy restarts what runs behind the new code; the rollback brings the old code and restarts nothing. */
export function notRestarted(told: Told): Finding[] {
  const deploy = told.course.filter(({phase}) => phase === 'deploy');
  const back = told.course.filter(({phase}) => phase === 'rollback');
  const last = back.findLast(doing => bringsCommit(doing) || restoredBy(doing.command).length > 0);
  if (last === undefined || last.isOptional || told.plan.steps.some(step => isByHand(told, step))) return [];
  const brought = deploy.findIndex(doing => bringsCommit(doing) && doing.place === last.place);
  const restart = deploy
    .slice(brought + 1)
    .find(doing => RESTARTS.test(doing.words.join(' ')) && doing.place === last.place);
  if (brought === -1 || restart === undefined) return [];
  if (back.slice(back.indexOf(last)).some(doing => TAKES_UP.test(doing.words.join(' ')))) return [];
  const {line} = last.command;
  return [
    {
      kind: 'not-restarted',
      weight: 'risk',
      line,
      title: 'the rollback puts the old code back, and what runs goes on with the new one',
      evidence: [
        lineText(told, restart.command.line),
        lineText(told, line),
        'no line of the rollback behind it restarts anything',
      ],
      mend: `Add below line ${line}: ${shown(restart)}.`,
      basis: 'told',
    },
  ];
}

const RESTARTS =
  /^(?:(?:systemctl|supervisorctl|monit) (?:\S+ )*(?:restart|reload|reload-or-restart)|service \S+ (?:restart|reload)|pm2 (?:restart|reload)|docker-compose (?:\S+ )*(?:restart|up))\b/;

/** Anything that may start or restart it; what a script does is not known. */
const TAKES_UP =
  /^(?:(?:systemctl|supervisorctl|monit|service|pm2|initctl|rc-service|passenger-config|pumactl|unicorn)\b.*\b(?:start|restart|reload|reload-or-restart|startOrReload|hot-restart|phased-restart|restart-app)|(?:docker|docker-compose|podman|kubectl|oc|helm)\b|reboot|touch \S*restart|kill|pkill|\S*\/|\S+\.sh|make|cap|kamal|ansible)/;

function isByHand({plan}: Told, {id, title, instructions, action}: Told['plan']['steps'][number]): boolean {
  if (plan.rollback?.steps.includes(id) !== true || action.kind === 'script') return false;
  return (
    /restart|reload|neu ?start|red[ée]marr|reinici/i.test([title, ...instructions].join(' ')) ||
    /^(?:start|continue)/i.test(title)
  );
}
