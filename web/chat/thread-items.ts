// What hangs on the thread, in order: the greeting, days, what was said, what is still on its way.
import type { ChatFile, ChatMessage, Conversation } from "../../src/channels/webchat/api-contract.ts"
import type { OutgoingMessage } from "./outbox.ts"

export type ThreadItem =
  | { key: string; is: "day"; at: Date }
  | {
      key: string
      is: "said"
      mine: boolean
      text: string
      html: string | null
      files: ChatFile[]
      author: string | null
      /** Null for the greeting, which is not of any time. */
      at: Date | null
      opens: boolean
      /** `seen`: staff have read it. */
      state: OutgoingMessage["state"] | "seen" | null
      clientId: string | null
      code: string
    }
type Said = Extract<ThreadItem, { is: "said" }>

export function threadItems(
  conversation: Conversation | null,
  outgoing: OutgoingMessage[],
  greeting: string,
): ThreadItem[] {
  const { connection, messages = [], seenId = null } = conversation ?? {}
  const seenUpTo = messages.findIndex(({ id }) => id === seenId)
  const author = connection?.name ?? ""
  const known = new Set(messages.map((message) => message.clientId))
  const said: Said[] = [
    ...(connection
      ? [{ ...nothing, key: "greeting", mine: false, text: connection.greeting || greeting, author }]
      : []),
    ...messages.map((message, place) => received(message, author, place <= seenUpTo)),
    ...outgoing.filter(({ clientId }) => !known.has(clientId)).map(underway),
  ]
  return said.flatMap((item, place) => {
    const before = said[place - 1]
    const opensDay = item.at !== null && item.at.toDateString() !== before?.at?.toDateString()
    const opens = opensDay || before?.mine !== item.mine || before.author !== item.author
    const day: ThreadItem[] = opensDay && item.at ? [{ key: `day ${item.key}`, is: "day", at: item.at }] : []
    return [...day, { ...item, opens }]
  })
}

function received(message: ChatMessage, desk: string, isSeen: boolean): Said {
  const { id, clientId, content: text, contentHtml, files, author } = message
  const mine = message.direction === "in"
  const theirs = mine
    ? { state: isSeen ? ("seen" as const) : ("sent" as const) }
    : { html: contentHtml, author: author ?? desk }
  return { ...nothing, key: clientId ?? id, mine, text, at: new Date(message.at), files, clientId, ...theirs }
}

function underway({ clientId, text, files, at, state, code }: OutgoingMessage): Said {
  return { ...nothing, key: clientId, mine: true, text, files, at: new Date(at), state, clientId, code }
}

const nothing = {
  is: "said",
  html: null,
  files: [] as ChatFile[],
  author: null,
  at: null,
  opens: true,
  state: null,
  clientId: null,
  code: "",
} as const
