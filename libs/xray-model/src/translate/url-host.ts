import { isIpv6Address } from './ip-address.js';

/**
 * The host name in a URL as Go's `net/url` finds it, or '' where there is none or the URL is not valid to it. The
 * rules differ from the WHATWG's `URL`: no host is lower-cased or decoded to an address, `mysql://a:1,b:2/db` has one.
 */
export function findUrlHost(url: string): string {
  const hash = url.indexOf('#');
  const fragment = hash < 0 ? '' : url.slice(hash + 1);
  const withoutFragment = hash < 0 ? url : url.slice(0, hash);
  if (hasControlCharacter(withoutFragment) || !hasValidEscapes(fragment)) return '';

  let rest = withoutFragment;
  const scheme = SCHEME.exec(rest)?.[0] ?? '';
  if (scheme !== '') rest = rest.slice(scheme.length);
  const question = rest.indexOf('?');
  if (question >= 0) rest = rest.slice(0, question);
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) return '';

  const slash = rest.indexOf('/', 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  const path = slash < 0 ? '' : rest.slice(slash);
  return hasValidEscapes(path) ? hostOfAuthority(authority) : '';
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const BAD_ESCAPE = /%(?![0-9a-f]{2})/i;
const USER_INFO = /^[a-z0-9._:~!$&'()*+,;=%@-]*$/i;

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

function hasValidEscapes(text: string): boolean {
  return !BAD_ESCAPE.test(text);
}

function hostOfAuthority(authority: string): string {
  const at = authority.lastIndexOf('@');
  const userInfo = authority.slice(0, Math.max(at, 0));
  if (!USER_INFO.test(userInfo) || !hasValidEscapes(userInfo)) return '';
  const host = authority.slice(at + 1);
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) return '';
  return bracket === 0 ? hostOfIpLiteral(host) : hostName(host);
}

const OPTIONAL_PORT = /^(?::[0-9]*)?$/;
/** ASCII that may stand in a host as it is; beyond ASCII everything may. */
const HOST_TEXT = /^[a-z0-9\-_.~!$&'()*+,;=:[\]<>"%\u0080-\u{10ffff}]*$/iu;
/** Escapes are for `%` itself and for what is not ASCII. */
const ASCII_ESCAPE = /%(?!25)[0-7]/;

function hostName(host: string): string {
  const colon = host.lastIndexOf(':');
  if (colon >= 0 && !OPTIONAL_PORT.test(host.slice(colon))) return '';
  const name = colon < 0 ? host : host.slice(0, colon);
  return decodeHost(name) ?? '';
}

/** `[2001:db8::1]:5432`; with a zone `[fe80::1%25en0]`. */
function hostOfIpLiteral(host: string): string {
  const end = host.lastIndexOf(']');
  if (end < 0 || !OPTIONAL_PORT.test(host.slice(end + 1))) return '';
  const literal = host.slice(1, end);
  const zoneStart = literal.indexOf('%25');
  const address = zoneStart < 0 ? literal : literal.slice(0, zoneStart);
  if (!isIpv6Address(address)) return '';
  if (zoneStart < 0) return address;
  const zone = decodeZone(literal.slice(zoneStart + 3));
  return zone === undefined || zone === '' ? '' : `${address}%${zone}`;
}

function decodeHost(host: string): string | undefined {
  if (!HOST_TEXT.test(host) || !hasValidEscapes(host) || ASCII_ESCAPE.test(host)) return undefined;
  return decodeEscapes(host);
}

/** In a zone also an escaped character may stand that would be allowed unescaped, or a blank. */
function decodeZone(zone: string): string | undefined {
  if (!HOST_TEXT.test(zone) || !hasValidEscapes(zone)) return undefined;
  const decoded = decodeEscapes(zone);
  return HOST_TEXT.test(decoded.replaceAll(' ', '')) ? decoded : undefined;
}

function decodeEscapes(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The bytes are no UTF-8.
    return text.replaceAll(/%(?!25)[0-9a-f]{2}/gi, '\ufffd').replaceAll('%25', '%');
  }
}
