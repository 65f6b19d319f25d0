/** Tells commands and requests that reach their host by themselves, wherever they are run. */
import {commandsOf, type Plan, requestsOf, type Step} from '../../plan.ts';
import type {Command} from '../../script.ts';
import {isWritten} from '../found-doubt.ts';

const REACHES =
  /^\s*(?:(?:ssh|ansible(?:-playbook)?)\s|(?:scp|rsync)\s.*\s(?:[\w.-]+@)?[a-z][\w.-]*:|(?:dig|ping6?|traceroute)\s|curl\s.*https?:\/\/(?!localhost|127\.|\[))/i;
/** `psql -h db1`, but no `postsuper -H ALL`. */
const TO_HOST = /^\s*[\w./-]+\s(?:.*\s)?(?:-[hH]|--host)[\s=](?!localhost|127\.)[a-z][\w.-]+\s/;

export function reachesByItself(step: Step): boolean {
  return isAllOf(step, ({text}) => (REACHES.test(text) || TO_HOST.test(text)) && !pullsHere(text));
}

/** `rsync old:/srv/mail/ /srv/mail/` reaches another host, and writes on the machine that runs it. */
function pullsHere(command: string): boolean {
  return PULLS.test(command);
}

const PULLS = /^\s*(?:scp|rsync)\s(?:.*\s)?(?:[\w.-]+@)?[a-z][\w.-]*:\S*\s+\/(?!tmp\/)[^\s|;&]+\s*(?:$|[|;&])/i;

/** It only looks at a service of the network, which answers everywhere alike. */
export function looksOut(step: Step): boolean {
  return isAllOf(step, ({text}) => LOOKS_OUT.test(text));
}

const LOOKS_OUT =
  /^\s*(?:(?:nslookup|host|whois)\s|git\s+ls-remote\s|gh\s+(?:release|run|pr|workflow|issue)\s+(?:view|list|status|checks|watch)\b|openssl\s+s_client\s(?:.*\s)?-connect\s+(?!localhost|127\.|:)[a-z])/i;

/** The tools of clusters and clouds reach what they work on from anywhere. */
export function controlsOthers(step: Step): boolean {
  return isAllOf(step, ({text}) => CONTROLS.test(text) && !pullsHere(text));
}

const CONTROLS =
  /^\s*(?:kubectl|helm|helmfile|oc|aws|gcloud|az|terraform|tofu|pulumi|flux|argocd|doctl|eksctl|nomad|consul|vault|gh|istioctl|ansible\S*|ssh|scp|rsync)\s/;

/** Every command of it is for a cluster or a cloud, which it finds by the settings of whoever runs it. */
export function reachesCluster(step: Step): boolean {
  return isAllOf(step, ({text}) => CLUSTER_CLIENT.test(text));
}

const CLUSTER_CLIENT = /^\s*(?:kubectl|helm|oc|eksctl|aws|gcloud|az|istioctl|argocd|flux|velero)\s/;

function isAllOf(step: Step, is: (command: Command) => boolean): boolean {
  const own = commandsOf(step);
  return own.length > 0 && own.every(is);
}

/** Most addresses are the same from everywhere; `localhost` is not. */
export function asksThisMachine(step: Step, {source}: Plan): boolean {
  return requestsOf(step).some(({url}) => LOOPBACK.test(url)) && isWritten(step, source);
}

const LOOPBACK = /^\w+:\/\/(?:localhost|127\.|\[::1\])/i;
