/**
 * Compares a text with a pattern in which `*` stands for any run of characters and `?` for one.
 *
 * Goes back to the latest `*` only, so that no pattern takes more than pattern times text steps.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let patternAt = 0;
  let textAt = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (textAt < text.length) {
    const symbol = pattern[patternAt];
    if (symbol === '*') {
      starAt = patternAt;
      resumeAt = textAt;
      patternAt += 1;
    } else if (symbol === '?' || symbol === text[textAt]) {
      patternAt += 1;
      textAt += 1;
    } else if (starAt >= 0) {
      patternAt = starAt + 1;
      resumeAt += 1;
      textAt = resumeAt;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(patternAt));
}

/**
 * Compares ARNs part by part: a wildcard in one of the first five parts does not reach over a colon.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  const patternParts = splitArn(pattern);
  const arnParts = splitArn(arn);
  return (
    patternParts.length === arnParts.length &&
    patternParts.every((part, index) => matchesWildcard(part, arnParts[index] ?? ''))
  );
}

/** `arn`, partition, service, region, account, and the rest, which may hold colons. */
function splitArn(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
