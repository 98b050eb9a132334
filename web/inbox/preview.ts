// The preview line of a row: typing, then one's own draft, then the last message, with an arrow when it was ours.
import type { ListedTicket } from "../tickets/ticket.ts"

export interface Preview {
  lead: "typing" | "draft" | "replied" | "none"
  text: string
}

type Facts = Pick<ListedTicket, "preview" | "draft" | "description"> & { typing?: boolean }

export function previewOf({ preview, draft, description, typing }: Facts): Preview {
  if (typing) return { lead: "typing", text: "" }
  const text = oneLine(preview?.text ?? description)
  if (draft) return { lead: "draft", text }
  return { lead: preview?.direction === "out" ? "replied" : "none", text }
}

const oneLine = (text: string) => text.slice(0, 300).replace(/\s+/g, " ").trim()
