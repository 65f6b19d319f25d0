/** The URL of a database as its driver reads it as well. */

/** `postgres://user:password@host…`: the password ends at the only `@`, or at the last one before a `?`, or at the last. */
const WITH_PASSWORD = /^([a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:)(?:([^\s/?#@]*)@(?![^\s?]*@)|([^?]*)@|(.*)@)/is;

/**
 * Signs in a password that end it in a URL, or a `%` that begins nothing, are percent-encoded: the driver would take the
 * rest of the password for a host, and name it in its errors.
 */
export function readableDatabaseUrl(url: string): string {
  return url.replace(WITH_PASSWORD, (whole, before: string, plain?: string, odd?: string, oddest?: string) => {
    const password = plain ?? odd ?? oddest ?? '';
    // `postgres://localhost:5432/app?options=a@b` has no password.
    if (plain === undefined && /^\d{1,5}[/?]/.test(password)) return whole;
    return `${before}${encoded(password)}@`;
  });
}

function encoded(password: string): string {
  return password.replace(/%(?![0-9a-f]{2})|[^\w.~!$&'()*+,;=%-]/giu, sign => encodeURIComponent(sign.toWellFormed()));
}
