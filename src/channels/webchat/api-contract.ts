// What a visitor's browser and the server say to each other, at /chat/{connectionId}/…
import { z } from "zod"
import { oneLine, plainText } from "#kernel/http/input-fields.ts"
import { languages } from "#texts/languages-and-text-ids.ts"

export const longestChatText = 10_000

const whoWrites = {
  name: oneLine(200).optional(),
  email: plainText(254).pipe(z.email("must be an e-mail address")).optional(),
}

const mostChatFiles = 10
export const mostQuestions = 5
export const longestAnswer = 500

/** Body of POST …/messages. The same clientId again is the same message, however often it is sent. */
export const chatMessageIn = z
  .strictObject({
    clientId: z.string().regex(/^[A-Za-z0-9-]{8,64}$/, "must be 8 to 64 letters, digits or dashes"),
    text: plainText(longestChatText),
    /** Uploaded before, at …/files. */
    fileIds: z.array(z.string().max(100)).max(mostChatFiles).optional(),
    ...whoWrites,
    /** On which page they write, from which they came there, and in which language they read. What makes no sense is left out. */
    page: plainText(2_000).optional(),
    referrer: plainText(2_000).optional(),
    language: plainText(100).optional(),
    /** What they were asked before their first message, by the ids of the questions. */
    answers: z
      .array(z.strictObject({ id: z.string().max(20), text: plainText(longestAnswer) }))
      .max(mostQuestions)
      .optional(),
  })
  .refine(({ text, fileIds }) => text.trim() !== "" || (fileIds?.length ?? 0) > 0, {
    path: ["text"],
    message: "must be given, or a file",
  })
export type ChatMessageIn = z.input<typeof chatMessageIn>

/** Body of POST …/seen: the newest message of the desk's that the visitor has had before their eyes. */
export const chatSeen = z.strictObject({ messageId: z.string().min(1).max(100) })

/** Body of POST …/transcript: where the conversation is mailed, at once when the address is proved to be theirs, else by a link. */
export const chatTranscriptIn = z.strictObject({
  email: plainText(254).pipe(z.email("must be an e-mail address")),
  language: z.enum(languages).optional(),
})

/** Body of POST …/transcript/confirmation: the token of the mailed link. */
export const chatTranscriptConfirmation = z.strictObject({ token: z.string().min(1).max(2_000) })

/** Body of POST …/introduction: who the visitor says they are, when they say it after their message. */
export const chatIntroduction = z.strictObject(whoWrites)
export type ChatIntroduction = z.input<typeof chatIntroduction>

/**
 * Body of POST …/tickets: a visitor opens a ticket, which they follow by its number and this e-mail. Sent again with the same
 * Idempotency-Key it is the same ticket.
 */
export const chatTicketIn = z.strictObject({
  subject: oneLine(300, 1),
  text: plainText(longestChatText, 1),
  name: whoWrites.name,
  email: plainText(254).pipe(z.email("must be an e-mail address")),
  fileIds: z.array(z.string().max(100)).max(mostChatFiles).optional(),
})
export type ChatTicketIn = z.input<typeof chatTicketIn>

/** `trackUrl`: where it is followed. */
export const chatTicket = z.object({ number: z.string(), trackUrl: z.string() }).meta({ id: "ChatTicket" })
export type ChatTicket = z.infer<typeof chatTicket>

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

const asked = z.enum(["off", "optional", "required"])

/** What a visitor is asked before their first message. */
export const preChat = z
  .object({
    name: asked,
    email: asked,
    questions: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        required: z.boolean(),
        options: z.array(z.string()).nullable().describe("Of which one is chosen; null: any words"),
      }),
    ),
  })
  .meta({ id: "PreChat" })
export type PreChat = z.infer<typeof preChat>

/** Answer of GET …/conversation: the public messages, the newest 200, oldest first. */
export const conversation = z
  .object({
    connection: z.object({
      name: z.string(),
      greeting: z.string().nullable(),
      enabled: z.boolean(),
      color: z.string().nullable(),
      textColor: z
        .string()
        .nullable()
        .describe("Of the text on the colour; null: black or white, whichever is read better"),
      logo: z.string().nullable().describe("The address of a picture"),
      mailsReplies: z.boolean().describe("Who has left an e-mail and gone is written to there when they are answered"),
      mailsTranscripts: z.boolean().describe("The visitor may have the conversation mailed"),
      preChat: preChat.nullable(),
      hours: z
        .object({
          isOpen: z.boolean(),
          opensAt: z.iso
            .datetime()
            .nullable()
            .describe("When it opens next; null while it is open, or when it never does"),
          asksEmail: z.boolean().describe("While it is closed an e-mail is required"),
        })
        .nullable()
        .describe("Null: always open"),
    }),
    messages: z.array(chatMessage),
    seenId: z.string().nullable().describe("The newest of the visitor's own messages that staff have read"),
    status: z.string().nullable(),
  })
  .meta({ id: "Conversation" })
export type Conversation = z.infer<typeof conversation>
