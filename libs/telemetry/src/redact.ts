// A segment of a path that holds an e-mail address, plain or percent-encoded.
const EMAIL_SEGMENT = /[^/]*(?:@|%40)[^/]*/gi;
// `ada@example.com`, but not the `@nestjs/core` or `express@5.1.0` of a path in a stack trace.
const EMAIL_ADDRESS = /[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[A-Za-z]{2,63}/g;
const REDACTED = 'redacted';

/** A path without its query and without any e-mail address in it; `/a%40b.c/x?y=1` gives `/redacted/x`. */
export function redactPath(pathAndQuery: string): string {
  const queryIndex = pathAndQuery.search(/[?#]/);
  const path = queryIndex === -1 ? pathAndQuery : pathAndQuery.slice(0, queryIndex);
  return path.includes('@') || path.includes('%40') ? path.replace(EMAIL_SEGMENT, REDACTED) : path;
}

/** A path with its last segment replaced: on ECS, that is the id by which anybody in the task gets the role's keys. */
export function redactLastSegment(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) + REDACTED;
}

/** Text with each e-mail address in it replaced. */
export function redactEmails(text: string): string {
  return text.includes('@') ? text.replace(EMAIL_ADDRESS, REDACTED) : text;
}
