// What a visitor's browser and the server say to each other, at /chat/{connectionId}/…
import { z } from "zod"
import { oneLine, plainText } from "#kernel/fields.ts"

export const longestChatText = 10_000

/** Body of POST …/messages. The same clientId again is the same message, however often it is sent. */
export const chatMessageIn = z.strictObject({
  clientId: z.string().regex(/^[A-Za-z0-9-]{8,64}$/, "must be 8 to 64 letters, digits or dashes"),
  text: plainText(longestChatText, 1),
  name: oneLine(200).optional(),
  email: plainText(254).pipe(z.email("must be an e-mail address")).optional(),
})
export type ChatMessageIn = z.input<typeof chatMessageIn>

/** Answer of POST …/visitor: the only time that the token is shown. */
export const chatVisitor = z.object({ token: z.string(), visitorId: z.string() }).meta({ id: "ChatVisitor" })
export type ChatVisitor = z.infer<typeof chatVisitor>

/** Its bytes are at …/files/{id}. */
export const chatFile = z
  .object({ id: z.string(), name: z.string(), mimeType: z.string(), size: z.number() })
  .meta({ id: "ChatFile" })
export type ChatFile = z.infer<typeof chatFile>

export const chatMessage = z
  .object({
    id: z.string(),
    clientId: z.string().nullable().describe("Of the visitor's own messages: the id their browser gave it"),
    direction: z.enum(["in", "out"]),
    content: z.string(),
    contentHtml: z.string().nullable(),
    files: z.array(chatFile),
    at: z.iso.datetime(),
    author: z.string().nullable(),
  })
  .meta({ id: "ChatMessage" })
export type ChatMessage = z.infer<typeof chatMessage>

/** Answer of GET …/conversation: the public messages, the newest 200, oldest first. */
export const conversation = z
  .object({
    connection: z.object({
      name: z.string(),
      greeting: z.string().nullable(),
      enabled: z.boolean(),
      color: z.string().nullable(),
    }),
    messages: z.array(chatMessage),
    status: z.string().nullable(),
  })
  .meta({ id: "Conversation" })
export type Conversation = z.infer<typeof conversation>
