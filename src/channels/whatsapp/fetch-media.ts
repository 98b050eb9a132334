// Files that customers send: Meta stores them, and gives their URL, valid for five minutes, to holders of the token.
import type { ChannelAccount, FetchedFile } from "../channel.ts"
import { callGraph } from "./graph-api.ts"
import { accountOf } from "./send-message-and-read-receipt.ts"

const limits = { idleMs: 20_000, withinMs: 120_000 }

export async function fetchMedia(sender: ChannelAccount, mediaId: string): Promise<FetchedFile> {
  if (!/^[\w.-]{1,200}$/.test(mediaId)) return { state: "gone" }
  const number = encodeURIComponent(String(sender.settings["phoneNumberId"]))
  const found = await callGraph(accountOf(sender), "GET", `${mediaId}?phone_number_id=${number}`)
  if (found.state === "refused") return { state: isGone(found.httpStatus, found.code) ? "gone" : "later" }
  if (found.state !== "ok") return { state: "later" }
  const { url } = found.body
  if (typeof url !== "string" || !isMetaHost(url, sender.apiUrl)) return { state: "gone" }
  return download(url, sender)
}

async function download(url: string, { secrets, apiUrl: graphUrl, outbound }: ChannelAccount): Promise<FetchedFile> {
  try {
    // Meta's addresses redirect nowhere; following one would carry us, and the token, to a place that nobody checked.
    const reply = await outbound.ask({
      method: "GET",
      url,
      headers: { authorization: `Bearer ${secrets["accessToken"] ?? ""}`, "user-agent": "hilo" },
      chosenBy: isGraphs(url, graphUrl) ? "operator" : "user",
      ...limits,
    })
    if (reply.status === 200) return { state: "ok", bytes: reply.body }
    // The address is good for minutes: the next try asks for a new one.
    reply.discard()
    return { state: "later" }
  } catch {
    return { state: "later" }
  }
}

const isGone = (httpStatus: number, code: number | null) => httpStatus === 404 || code === 100 || code === 131052

const metasHosts = /^(?:[a-z0-9-]+\.)*(?:facebook\.com|fbcdn\.net|fbsbx\.com|whatsapp\.net)$/

/** May bytes be fetched from there? The configured Graph host, or one of Meta's over TLS; never an address inside. */
export function isMetaHost(url: string, graphUrl: string): boolean {
  const at = URL.parse(url)
  if (!at || at.username || at.password) return false
  if (isGraphs(url, graphUrl)) return true
  return at.protocol === "https:" && at.port === "" && metasHosts.test(at.hostname)
}

const isGraphs = (url: string, graphUrl: string) => new URL(url).origin === new URL(graphUrl).origin
