/** The certificate of the box: it signs itself, names every address that is asked over https, and the box trusts it. */
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {BoxPlan} from './box-plan.ts';

export type Certificate = {key: string; cert: string};

/** Where programs look for whom to trust. */
const TRUSTED = ['etc/ssl/certs/ca-certificates.crt', 'etc/ssl/cert.pem', 'etc/pki/tls/certs/ca-bundle.crt'];
const OPENSSL = '/usr/bin/openssl';
export const TRUSTED_BY_ENGINE = `/${TRUSTED[0]}`;

/** Undefined where nothing is asked over https, or where this machine has no openssl. */
export function makeCertificate({needs, hosts}: BoxPlan): Certificate | undefined {
  const asked = needs.services.flatMap(({url}) => {
    const parsed = URL.parse(url);
    return parsed?.protocol === 'https:' ? [parsed.hostname] : [];
  });
  if (asked.length === 0) return undefined;
  if (!existsSync(OPENSSL)) {
    console.error('nothing answers over https: this machine has no openssl, which makes certificates');
    return undefined;
  }
  const names = new Set(['localhost', ...asked, ...hosts.flatMap(host => [host.hostname, ...host.names])]);
  const alternative = [...names].map(name =>
    /^[\d.]+$|:/.test(name) ? `IP:${name.replace(/^\[|\]$/g, '')}` : `DNS:${name}`,
  );
  const config = [
    '[req]',
    'distinguished_name = dn',
    'x509_extensions = extensions',
    '[dn]',
    '[extensions]',
    'basicConstraints = critical, CA:TRUE',
    `subjectAltName = ${['IP:127.0.0.1', ...alternative].join(',')}`,
    '',
  ].join('\n');
  writeFileSync('/tmp/openssl.cnf', config);
  const make = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
  const files = ['-keyout', '/tmp/box.key', '-out', '/tmp/box.crt'];
  execFileSync(OPENSSL, [...make, '-config', '/tmp/openssl.cnf', '-subj', '/CN=rehearsal', ...files], {stdio: 'pipe'});
  return {key: readFileSync('/tmp/box.key', 'utf8'), cert: readFileSync('/tmp/box.crt', 'utf8')};
}

/** In the root of a host, or of the operator's machine. */
export function trustCertificate(root: string, {cert}: Certificate): void {
  for (const path of TRUSTED) {
    const file = join(root, path);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, cert);
  }
}
