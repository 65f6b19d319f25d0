import {describe, expect, test} from 'vitest';
import {isSecretHeader, isSecretName, isSecretVariable} from '../../../src/plan/words/secret-name.ts';

describe('names of secrets', () => {
  test.each([
    'TOKEN',
    'API_TOKEN',
    'api_token',
    'apiToken',
    'GITHUBTOKEN',
    'client_secret',
    'clientSecret',
    'SECRET_KEY_BASE',
    'AWS_ACCESS_KEY_ID',
    'AwsKeyId',
    'sshkey',
    'your-api-key',
    'DB_PASSWORD_FILE',
    'dbPassword',
    'MYSQLPASSWORD',
    'MYSQL_PASSWD',
    'SSH_PASSPHRASE',
    'DB_PASSPHRASE',
    'PASSWORDS',
    'db-passwort',
    '<your api key>',
    'private key',
    'AWS_CREDENTIALS',
    'registryCredential',
    'MONKEY_TOKEN',
    'monkeySecret',
    'KEYBOARD_KEY',
    'TOKENIZER_KEY',
    'DAEMONKEY',
  ])('%s', name => {
    expect(isSecretName(name)).toBe(true);
  });
});

describe('names of no secrets', () => {
  test.each([
    'PATH',
    'HOME',
    'PWD',
    'DATABASE_URL',
    'KEYBOARD',
    'XKB_KEYBOARD_LAYOUT',
    'keyboardLayout',
    'keywords',
    'CASSANDRA_KEYSPACE',
    'MONKEY',
    'monkeyName',
    'DONKEYS',
    'TURKEY_REGION',
    'TOKENIZER',
    'tokenize',
    'SECRETARY',
    'PASSWORDLESS',
    'tokenizer',
    'monkey',
    'keyboard',
    'compass',
    'bypass',
    'CREDIT_LIMIT',
  ])('%s', name => {
    expect(isSecretName(name)).toBe(false);
  });
});

test('headers carry secrets under two names of their own', () => {
  expect(['Authorization', 'proxy-authorization', 'Set-Cookie', 'X-Api-Key'].every(isSecretHeader)).toBe(true);
  expect(['Accept', 'Content-Type', 'X-Request-Id'].some(isSecretHeader)).toBe(false);
});

test('in running text only names in capitals are variables', () => {
  expect(['API_TOKEN', '_KEY', 'DB_PASSWORD'].every(isSecretVariable)).toBe(true);
  expect(['key', 'apiToken', 'sort-KEY', 'KEYBOARD'].some(isSecretVariable)).toBe(false);
});
