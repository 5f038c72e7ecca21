import { isIP } from 'node:net';

/** Decides whether a request may be answered by its `Host` and `Origin` headers. */
export interface HostGuard {
  /** @returns what is wrong, or undefined when the request is fine */
  findProblem(headers: { host?: string | undefined; origin?: string | undefined }): string | undefined;
}

/**
 * Guards a server on a developer's machine against web pages. A page that resolves its own name to 127.0.0.1 (DNS
 * rebinding) sends that name as `Host`: only loopback names, addresses and the names allowed are answered. Any other
 * page's script sends its `Origin`, which then is not this server.
 *
 * @param allowedHosts names without port, any case; `*` allows every name
 */
export function createHostGuard(allowedHosts: readonly string[]): HostGuard {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  const isAllowed = (hostname: string): boolean =>
    allowed.has('*') ||
    allowed.has(hostname) ||
    isLoopbackName(hostname) ||
    isIP(stripBrackets(hostname)) !== 0;

  return {
    findProblem({ host, origin }) {
      if (host === undefined || host === '') return 'the Host header is missing';
      const hostname = hostnameOf(host);
      if (hostname === undefined) return 'the Host header is not a host';
      if (!isAllowed(hostname)) {
        return 'the Host header names neither this machine nor a host of XRAY_LOCAL_ALLOWED_HOSTS';
      }
      const isForeign = origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`;
      return isForeign ? 'requests from pages of another origin are not answered' : undefined;
    },
  };
}

function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

function stripBrackets(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

/** The name or address without port, lower case: `LocalHost:2000` gives `localhost`, `[::1]:2000` gives `[::1]`. */
function hostnameOf(host: string): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::\d{1,5})?$/i.exec(host);
  return match?.[1]?.toLowerCase().replace(/\.$/, '');
}
