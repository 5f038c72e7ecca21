const DOT = 0x2e;
const COLON = 0x3a;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/**
 * Tells whether a text is an IPv4 or IPv6 address as Go's `net.ParseIP` takes them: no leading zeros, no port, no
 * brackets, and no zone.
 */
export function isIpAddress(text: string): boolean {
  for (let index = 0; index < text.length && index <= 4; index++) {
    const code = text.charCodeAt(index);
    if (code === DOT) return isIpv4Address(text);
    if (code === COLON) return isIpv6Address(text);
  }
  return false;
}

function isIpv4Address(text: string): boolean {
  let octets = 1;
  let octet = -1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === DOT) {
      if (octet < 0) return false;
      octets += 1;
      octet = -1;
    } else if (code >= DIGIT_0 && code <= DIGIT_9 && octet !== 0) {
      octet = Math.max(octet, 0) * 10 + code - DIGIT_0;
      if (octet > 255) return false;
    } else {
      return false;
    }
  }
  return octets === 4 && octet >= 0;
}

const IPV6_GROUPS = 8;
const IPV6_GROUP = /^[0-9a-f]{1,4}$/i;

export function isIpv6Address(text: string): boolean {
  const elision = text.indexOf('::');
  if (elision < 0) return countGroups(text, true) === IPV6_GROUPS;
  const before = text.slice(0, elision);
  const after = text.slice(elision + 2);
  const groupsBefore = before === '' ? 0 : countGroups(before, false);
  const groupsAfter = after === '' ? 0 : countGroups(after, true);
  // The `::` stands for at least one group of zeros.
  return groupsBefore + groupsAfter < IPV6_GROUPS;
}

/** Groups of 16 bits between colons, or Infinity when one is bad. An IPv4 address may end them, as two groups. */
function countGroups(text: string, mayEndInIpv4: boolean): number {
  const groups = text.split(':', IPV6_GROUPS + 1);
  let count = groups.length;
  for (const [index, group] of groups.entries()) {
    if (IPV6_GROUP.test(group)) continue;
    if (!mayEndInIpv4 || index !== groups.length - 1 || !isIpv4Address(group)) return Infinity;
    count += 1;
  }
  return count;
}
