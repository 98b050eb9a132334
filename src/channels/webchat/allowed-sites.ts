// On whose pages a chat may stand. Pure: the connection's settings and a request's headers are arguments.

const longestSite = 260

/**
 * A site as CSP's `frame-ancestors` writes it: `https://shop.example`, with a port, or `https://*.shop.example` for every name
 * below one. Null for anything else; what follows the host is refused but for one slash.
 */
export function normalizeSite(text: string): string | null {
  const [, scheme, wildcard = "", host] =
    /^(https?:\/\/)(\*\.)?([^/*\s]+)\/?$/i.exec(text.trim().slice(0, longestSite)) ?? []
  const url = scheme && host ? URL.parse(`${scheme}${host}`) : null
  if (!url || url.username || url.password || url.pathname !== "/" || url.search || url.hash) return null
  // Of a header that browsers read; an address in brackets is none that CSP knows.
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(url.hostname) || (wildcard && !url.hostname.includes("."))) return null
  return `${url.protocol}//${wildcard}${url.host}`
}

/** Without a list every site is allowed. */
export function isAllowedSite(origin: string, sites: readonly string[]): boolean {
  const url = URL.parse(origin)
  return sites.length === 0 || (url !== null && sites.some((site) => matches(url, site)))
}

function matches({ origin, protocol, host }: URL, site: string): boolean {
  const [scheme = "", below] = site.split("*.")
  return below === undefined ? origin === site : `${protocol}//` === scheme && host.endsWith(`.${below}`)
}

/** Whose pages may show the chat's in a frame; our own may always, for its settings show it. */
export const frameAncestors = (sites: readonly string[]): string =>
  sites.length === 0 ? "*" : ["'self'", ...sites].join(" ")
