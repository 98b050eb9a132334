// The templates of a business account: fetched from Meta, and what stands in them.
import type { ChannelAccount, FetchedTemplate, Templates } from "../channel.ts"
import { callGraph } from "./graph-api.ts"
import { classifySendFailure } from "./classify-send-failure.ts"
import { accountOf } from "./send-message-and-read-receipt.ts"
import {
  type Component,
  filledComponents,
  headerMedia,
  placeholdersOf,
  previewOf,
  unfillablePart,
} from "./template-components.ts"

const pageSize = 100
const mostPages = 60
const fields = "name,language,category,status,components"

export const templates: Templates = {
  firstTo: "phone",
  setting: "wabaId",
  fetch: fetchAll,
  open: (stored) => {
    const components = stored as Component[]
    return {
      placeholders: placeholdersOf(components),
      headerMedia: headerMedia(components),
      unfillablePart: unfillablePart(components),
      text: (values) => previewOf(components, values),
      fill: (values) => filledComponents(components, values),
    }
  },
}

async function fetchAll(account: ChannelAccount): ReturnType<Templates["fetch"]> {
  const all = new Map<string, FetchedTemplate>()
  let after: string | null = ""
  for (let page = 0; after !== null && page < mostPages; page++) {
    // The cursor is followed, never the address that comes with it: the token goes to the configured host only.
    const cursor: string = after === "" ? "" : `&after=${encodeURIComponent(after)}`
    const path = `${String(account.settings["wabaId"])}/message_templates?fields=${fields}&limit=${pageSize}${cursor}`
    const answer = await callGraph(accountOf(account), "GET", path)
    if (answer.state !== "ok") {
      const why = answer.state === "refused" ? classifySendFailure(answer).reasonCode : answer.state
      return { state: "failed", why }
    }
    for (const one of rowsOf(answer.body)) all.set(`${one.name}\n${one.language}`, one)
    after = nextCursor(answer.body)
  }
  return { state: "ok", all: [...all.values()] }
}

function rowsOf(body: Record<string, unknown>): FetchedTemplate[] {
  const rows = Array.isArray(body["data"]) ? (body["data"] as Partial<FetchedTemplate>[]) : []
  return rows.flatMap(({ name, language, category, status, components }) =>
    name && language && status
      ? [{ name, language, category: category ?? "", status, components: Array.isArray(components) ? components : [] }]
      : [],
  )
}

function nextCursor(body: Record<string, unknown>): string | null {
  const paging = body["paging"] as { next?: unknown; cursors?: { after?: unknown } } | undefined
  return paging?.next && typeof paging.cursors?.after === "string" ? paging.cursors.after : null
}
