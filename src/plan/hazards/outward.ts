/** The tables of commands whose effect others see (outward), or that nobody can undo (irreversible). */
import {type Row, tableOf} from './hazard-row.ts';

/** Their effect leaves the machines of the deployment: others see it, or pay for it. */
const ROWS: readonly Row[] = [
  {on: 'git', when: /^(?:-C \S+ )?push\b/, unless: /--dry-run|\s-n\b/, says: 'publishes to the remote'},
  {
    on: 'gh',
    when: /^(?:workflow|release|secret|variable|pr|issue|repo|api|run|deployment) (?:run|create|set|merge|edit|upload|close|comment|rerun|cancel|enable|disable|review)\b/,
    says: 'changes the repository on GitHub',
  },
  {on: 'gh', when: /^api\b.*(?:-X|--method)[= ]?(?:POST|PUT|PATCH|DELETE)\b/, says: 'changes the repository on GitHub'},
  {
    on: 'glab',
    when: /^(?:ci|mr|release|variable) (?:run|create|merge|set|trigger)\b/,
    says: 'changes the project on GitLab',
  },
  {
    on: 'docker podman buildah skopeo crane',
    when: /^(?:image |manifest )?(?:push|copy)\b|\bbuild\b.*--push\b/,
    says: 'publishes an image',
  },
  {on: 'helm', when: /^(?:push|cm-push)\b/, says: 'publishes a chart'},
  {
    on: 'aws',
    when: /^(?:--?\S+(?: [^-\s]\S*)? )*(?:s3 (?:cp|mv|sync|rm|rb|mb)|(?!sts\b)[\w-]+ (?:create|delete|modify|update|put|start|stop|reboot|switchover|failover|promote|restore|terminate|run|register|deregister|change|attach|detach|associate|copy|publish|send|deploy|set|enable|disable|revoke|authorize|request|add|remove|purge|invoke|execute|reset|import|upload|cancel|complete|rotate)(?:-|\b))/,
    unless: /\bs3 cp s3:\S+ [^s]/,
    says: 'changes resources in the cloud',
  },
  {
    on: 'gcloud az doctl linode-cli ibmcloud oci',
    when: /(?:^|\s)(?:create|delete|update|deploy|patch|add|remove|set|import|restart|start|stop|failover|promote-replica|resize|swap|apply|upgrade|(?:add|remove|set)-[\w-]+|set-traffic|update-traffic|config-zip)(?:\s|$)/,
    unless: /^(?:config|auth|login|account|container clusters get-credentials)\b/,
    says: 'changes resources in the cloud',
  },
  {on: 'gsutil', when: /(?:^|\s)(?:cp|mv|rm|rsync|rb|mb)\b/, says: 'changes objects in the cloud'},
  {
    on: 'terraform tofu',
    when: /^(?:-\S+ )*(?:apply|destroy|import|state (?:rm|mv))\b/,
    says: 'changes the infrastructure',
  },
  {on: 'pulumi', when: /^(?:up|destroy|refresh)\b/, says: 'changes the infrastructure'},
  {
    on: 'cdk serverless sls sam wrangler firebase netlify fly flyctl',
    when: /^(?:deploy|publish|remove|destroy|delete)\b/,
    says: 'deploys to a provider',
  },
  {on: 'vercel', unless: /^(?:ls|list|logs|inspect|env (?:ls|pull)|whoami|login|dev)\b/, says: 'deploys to a provider'},
  {
    on: 'heroku',
    when: /\b(?:releases:rollback|rollback|ps:scale|config:set|maintenance:(?:on|off)|pg:(?:promote|reset)|container:release|destroy)\b/,
    says: 'changes the app at its provider',
  },
  {on: 'nsupdate flarectl cf-terraforming route53 cli53 octodns-sync', says: 'changes DNS'},
  {on: 'mail mailx mutt sendmail swaks sendemail', unless: /^-[vV]$/, says: 'sends mail'},
  {on: 'pd pagerduty opsgenie slack slack-cli statuspage', says: 'tells others'},
  {
    on: 'k6 ab wrk wrk2 hey locust artillery siege vegeta autocannon jmeter bombardier oha',
    when: /\S/,
    unless: /\b(?:localhost|127\.0\.0\.1|staging|stage|stg|dev|test\.|--version|-v$)\b/i,
    says: 'puts load on what answers real users',
    severity: 'warning',
  },
];

/** What nobody can take back once it is done. */
const FOREVER: readonly Row[] = [
  {
    on: 'npm yarn pnpm lerna cargo poetry flit hatch uv',
    when: /^(?:npm )?publish\b/,
    unless: /--dry-run/,
    says: 'a published version stays published',
  },
  {on: 'twine', when: /^upload\b/, says: 'a published version stays published'},
  {
    on: 'mvn mvnw gradle gradlew',
    when: /(?:^|\s)(?:deploy|release:perform|publish|publishToMavenCentral)\b/,
    says: 'a published version stays published',
  },
  {on: 'gem dotnet nuget', when: /^(?:nuget )?push\b/, says: 'a published version stays published'},
  {on: 'eas', when: /^(?:submit|update)\b/, says: 'what the store has taken cannot be taken back'},
  {
    on: 'fastlane',
    when: /\b(?:deliver|release|supply|upload_to_\w+|pilot|beta|deploy)\b/,
    says: 'what the store has taken cannot be taken back',
  },
  {on: 'xcrun', when: /\b(?:altool|iTMSTransporter)\b.*upload/i, says: 'what the store has taken cannot be taken back'},
  {on: 'do-release-upgrade', says: 'the system cannot go back to the old release'},
  {
    on: 'apt apt-get',
    when: /\b(?:dist-upgrade|full-upgrade)\b/,
    says: 'packages are not brought back to the old versions',
  },
  {on: 'pg_upgrade pg_upgradecluster', unless: /(?:^|\s)(?:-c|--check)\b/, says: 'the old cluster may no longer start'},
  {
    on: 'aws',
    when: /\bmodify-db-(?:instance|cluster)\b.*--(?:engine-version|allow-major-version-upgrade)/,
    says: 'a database engine cannot be downgraded',
  },
  {on: 'aws', when: /\bschedule-key-deletion\b/, says: 'what the key protects is lost with it'},
  {on: 'gcloud', when: /\bsql instances patch\b.*--database-version/, says: 'a database engine cannot be downgraded'},
  {on: 'kubeadm', when: /^upgrade apply\b/, says: 'a cluster cannot be downgraded'},
  {on: 'oc', when: /^adm upgrade\b.*--to/, says: 'a cluster cannot be downgraded'},
  {on: 'eksctl', when: /^upgrade cluster\b.*--approve/, says: 'a cluster cannot be downgraded'},
  {on: 'certbot', when: /^revoke\b/, says: 'a revoked certificate stays revoked'},
  {on: 'git', when: /^filter-(?:branch|repo)\b/, says: 'the history is written anew'},
];

export const OUTWARD = tableOf(ROWS);
export const IRREVERSIBLE = tableOf(FOREVER);
