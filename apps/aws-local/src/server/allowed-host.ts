/** The link-local address of the task endpoints on ECS, which compose gives to this emulator. */
const ECS_ADDRESS = '169.254.170.2';

/**
 * Whether a request's `Host` header names this machine, the ECS address or a host that was allowed by name.
 *
 * A page in a browser can make its own host name resolve to loopback (DNS rebinding) and would then read
 * credentials here; its Host header still gives it away.
 */
export function isAllowedHost(hostHeader: string | undefined, allowedHosts: readonly string[]): boolean {
  // `host`, `host:port` or `[ipv6]:port`
  const host = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(hostHeader?.toLowerCase() ?? '')?.[1] ?? '';
  return (
    host === 'localhost' ||
    host === '[::1]' ||
    host === ECS_ADDRESS ||
    /^127(?:\.\d{1,3}){3}$/.test(host) ||
    allowedHosts.some((allowed) => allowed.toLowerCase() === host)
  );
}
