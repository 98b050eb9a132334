// On which page the visitor is: that of the page around us, as it says of itself, and from where they came there.
import type { ChatMessageIn } from "../../src/channels/webchat/api-contract.ts"
import type { PrefixedStorage } from "../lib/prefixed-storage.ts"
import { isEmbedded } from "./page-setup.ts"

export type VisitorPlace = Pick<ChatMessageIn, "page" | "referrer" | "language">

/** Queries and fragments may hold what is nobody's business. */
function withoutQuery(address: unknown): string | undefined {
  try {
    const { origin, pathname } = new URL(typeof address === "string" ? address : "")
    return `${origin}${pathname}`.slice(0, 500)
  } catch {
    return undefined
  }
}

/** What goes with a message: the place, unless the last message said the same. */
export function startVisitorPlace(memory: PrefixedStorage) {
  let around: { page?: unknown; referrer?: unknown } = isEmbedded ? {} : { referrer: document.referrer }
  return {
    /** The page around us has said where it stands. */
    move: (place: typeof around) => void (around = place),
    forMessage(): VisitorPlace {
      const [page, referrer] = [withoutQuery(around.page), withoutQuery(around.referrer)]
      const place = { ...(page && { page }), ...(referrer && { referrer }), language: navigator.language }
      const said = JSON.stringify(place)
      if (said === memory.read("place")) return {}
      memory.write("place", said)
      return place
    },
  }
}
