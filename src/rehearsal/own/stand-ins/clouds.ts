/** Stand-ins for the command lines of clouds. */
import type {StandIn} from './stand-in.ts';

export const CLOUDS: readonly StandIn[] = [
  {
    programs: ['aws'],
    what: 'AWS',
    rows: [
      {
        call: /^s3 (?:cp|sync|mv)/,
        takesMs: 12_000,
        says: 'upload: {1} to {2}\n',
        does: [
          {kind: 'keep', key: 'object {2}', value: 'written'},
          {kind: 'serve', version: 'words'},
        ],
      },
      {
        call: /^s3 rm/,
        takesMs: 4000,
        says: 'delete: {1}\n',
        does: [{kind: 'keep', key: 'object {1}', value: 'deleted'}],
      },
      {
        call: /^ecs update-service/,
        takesMs: 3000,
        says: '{"service": {"status": "ACTIVE", "taskDefinition": "{--task-definition}"}}\n',
        does: [
          {kind: 'keep', key: 'service {--service}', value: '{--task-definition|new deployment}'},
          {kind: 'serve', version: 'words'},
        ],
      },
      {
        call: /^ecs register-task-definition/,
        takesMs: 2000,
        says: '{"taskDefinition": {"revision": 42}}\n',
        does: [{kind: 'keep', key: 'task-definition', value: '42'}],
      },
      {call: /^(?:ecs|elbv2|rds|ec2|cloudformation|autoscaling) wait/, takesMs: 120_000},
      {
        call: /^rds create-db-snapshot/,
        takesMs: 5000,
        says: '{"DBSnapshot": {"Status": "creating"}}\n',
        does: [{kind: 'keep', key: 'snapshot {--db-snapshot-identifier}', value: 'made'}],
      },
      {
        call: /^rds restore/,
        takesMs: 10_000,
        says: '{"DBInstance": {"DBInstanceStatus": "creating"}}\n',
        does: [{kind: 'keep', key: 'instance {--db-instance-identifier}', value: 'restored'}],
      },
      {
        call: /^(?:lambda update|lambda publish|deploy create-deployment|elasticbeanstalk update)/,
        takesMs: 20_000,
        says: '{"Status": "InProgress"}\n',
        does: [
          {kind: 'keep', key: 'deployed {2}', value: '{new}'},
          {kind: 'serve', version: 'words'},
        ],
      },
      {
        call: /^cloudfront create-invalidation/,
        takesMs: 2000,
        says: '{"Invalidation": {"Id": "I2", "Status": "InProgress"}}\n',
      },
      {
        call: /^elbv2 (?:modify|register|deregister)\S*/,
        takesMs: 2000,
        says: '{}\n',
        does: [{kind: 'keep', key: 'balancer', value: '{*}'}],
      },
      {
        call: /^(?:route53 change|ssm put|secretsmanager (?:put|update)|events|sqs set|autoscaling (?:update|suspend|resume))\S*/,
        takesMs: 2000,
        says: '{}\n',
        does: [{kind: 'keep', key: 'set', value: '{*}'}],
      },
      {
        call: /^(?:sts get-caller-identity)/,
        takesMs: 900,
        says: '{"Account": "000000000000", "Arn": "arn:aws:iam::000000000000:user/rehearsal"}\n',
      },
      {call: /^s3 ls/, takesMs: 1500, says: '2025-01-15 08:30:00      10485 {1}\n'},
      {call: /^/, takesMs: 1500, says: '{}\n'},
    ],
  },
  {
    programs: ['gcloud', 'gsutil', 'bq'],
    what: 'Google Cloud',
    rows: [
      {
        call: /^(?:app|run|functions|builds|deploy) (?:\S+ )*(?:deploy|submit)/,
        takesMs: 90_000,
        says: 'Service deployed and serving traffic.\n',
        does: [
          {kind: 'keep', key: 'deployed', value: '{new}'},
          {kind: 'serve', version: 'new'},
        ],
      },
      {
        call: /^(?:app|run) (?:\S+ )*(?:set-traffic|update-traffic)/,
        takesMs: 8000,
        says: 'Traffic updated.\n',
        does: [
          {kind: 'keep', key: 'traffic', value: '{*}'},
          {kind: 'serve', version: 'words'},
        ],
      },
      {call: /^sql (?:backups|export)/, takesMs: 40_000, says: 'Backing up Cloud SQL instance...done.\n'},
      {
        call: /^(?:-m )?(?:cp|rsync|mv)/,
        takesMs: 12_000,
        says: 'Operation completed over 12 objects.\n',
        does: [{kind: 'keep', key: 'object {2}', value: 'written'}],
      },
      {call: /^/, takesMs: 1500, says: 'OK\n'},
    ],
  },
  {
    programs: [
      'az',
      'doctl',
      'heroku',
      'fly',
      'flyctl',
      'ibmcloud',
      'oci',
      'scw',
      'hcloud',
      'linode-cli',
      'cf',
      'eb',
      'openstack',
    ],
    what: 'cloud',
    rows: [
      {
        call: /(?:^|\s|:)(?:rollback|releases:rollback|swap)\b/,
        takesMs: 30_000,
        says: 'done\n',
        does: [
          {kind: 'back', key: 'release'},
          {kind: 'serve', version: 'old'},
        ],
      },
      {
        call: /(?:^|\s|:)(?:deploy|push|up|release|webapp)\b/,
        takesMs: 60_000,
        says: 'done\n',
        does: [
          {kind: 'keep', key: 'release', value: '{new}'},
          {kind: 'serve', version: 'words'},
        ],
      },
      {
        call: /(?:^|\s|:)maintenance:on\b/,
        takesMs: 2000,
        says: 'done\n',
        does: [{kind: 'keep', key: 'maintenance', value: 'on'}],
      },
      {call: /(?:^|\s|:)maintenance:off\b/, takesMs: 2000, says: 'done\n', does: [{kind: 'drop', key: 'maintenance'}]},
      {
        call: /(?:^|\s)(?:stop|start|scale|update|create|set|delete)\b/,
        takesMs: 8000,
        says: '{}\n',
        does: [{kind: 'keep', key: 'set', value: '{*}'}],
      },
      {call: /^/, takesMs: 1500, says: '{}\n'},
    ],
  },
];
