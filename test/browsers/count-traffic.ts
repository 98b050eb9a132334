// What a page takes from the server, as the wire carries it: packed bodies and the heads of answers.
import type { Page } from "playwright-core"

export type TrafficRecord = { path: string; bytes: number }

/** Begins to count; the list grows while the page loads. */
export async function countTraffic(page: Page): Promise<TrafficRecord[]> {
  const taken: TrafficRecord[] = []
  const asked = new Map<string, string>()
  const devTools = await page.context().newCDPSession(page)
  await devTools.send("Network.enable")
  devTools.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url.startsWith("http")) asked.set(requestId, request.url)
  })
  devTools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const url = asked.get(requestId)
    if (url) taken.push({ path: url.replace(/^\w+:\/\/[^/]+/, ""), bytes: encodedDataLength })
  })
  return taken
}

export const totalBytes = (taken: TrafficRecord[]) => taken.reduce((sum, { bytes }) => sum + bytes, 0)

/** For the message of a test that counts: the largest first. */
export const listed = (taken: TrafficRecord[]) =>
  taken
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ path, bytes }) => `${bytes} ${path}`)
    .join("\n")
