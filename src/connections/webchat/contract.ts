// What a visitor's browser and the server say to each other, at /chat/{connectionId}/…
import { z } from "zod"
import { plainText } from "#kernel/fields.ts"

export const longestChatText = 10_000

/** Body of POST …/messages. The same clientId again is the same message, however often it is sent. */
export const chatMessageIn = z.strictObject({
  clientId: z.string().regex(/^[A-Za-z0-9-]{8,64}$/, "must be 8 to 64 letters, digits or dashes"),
  text: plainText(longestChatText, 1),
  name: plainText(200).optional(),
  email: plainText(254).pipe(z.email("must be an e-mail address")).optional(),
})
export type ChatMessageIn = z.input<typeof chatMessageIn>

/** Answer of POST …/visitor: the only time that the token is shown. */
export type ChatVisitor = { token: string; visitorId: string }

export type ChatMessage = {
  id: string
  /** Of the visitor's own messages: the id their browser gave it. */
  clientId: string | null
  direction: "in" | "out"
  content: string
  contentHtml: string | null
  at: string
  author: string | null
}

/** Answer of GET …/conversation: the public messages, the newest 200, oldest first. */
export type Conversation = {
  connection: { name: string; greeting: string | null; enabled: boolean; color: string | null }
  messages: ChatMessage[]
  status: string | null
}
