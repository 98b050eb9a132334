const longest = 500

/** Where a page stands, without what follows it: queries and fragments carry keys and names. Null when it is no page of the web. */
export function pageAddress(text: string): string | null {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return null
  return `${url.origin}${url.pathname}`.slice(0, longest)
}
