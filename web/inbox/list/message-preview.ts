// The preview line of a row: typing, then one's own draft, then the last message, with an arrow when it was ours.
import type { ChannelMarks } from "../../../src/markdown/index.ts"
import { ticketChannels } from "../../channels/channel-registry.ts"
import { parseFormattedText, wordsOf } from "../../tickets/messages/parse-formatted-text.ts"
import type { Channel, ListedTicket } from "../../tickets/ticket.ts"

export interface MessagePreview {
  lead: "typing" | "draft" | "replied" | "none"
  text: string
}

type Facts = Pick<ListedTicket, "preview" | "draftText" | "description"> & { typing?: boolean; channel?: Channel }

export function messagePreview({ preview, draftText, description, typing, channel }: Facts): MessagePreview {
  if (typing) return { lead: "typing", text: "" }
  if (draftText) return { lead: "draft", text: oneLine(draftText, "none") }
  const text = previewLine(preview?.text ?? description ?? "", channel)
  return { lead: preview?.direction === "out" ? "replied" : "none", text }
}

/** What somebody wrote on a channel, in one line and without its marks. */
export const previewLine = (text: string, channel: Channel | undefined) =>
  oneLine(text, channel ? ticketChannels[channel].marks : "none")

const oneLine = (text: string, marks: ChannelMarks) =>
  wordsOf(parseFormattedText(text.slice(0, 300), marks))
    .replace(/\s+/g, " ")
    .trim()
