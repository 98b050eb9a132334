import type { Message } from "./message-queries.ts"

/** For tests: what a customer wrote; a case says what is different. */
export const sampleMessage = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  direction: "in",
  sender: { type: "contact", id: "ctc_carla", name: "Carla" },
  content: "hola",
  contentHtml: null,
  isInternal: false,
  kind: "message",
  replyTo: null,
  attachments: [],
  delivery: { state: "received", canRetry: false },
  sentAt: "2026-03-12T14:00:00Z",
  createdAt: "2026-03-12T14:00:00Z",
  ...more,
})
