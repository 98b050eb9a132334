import assert from "node:assert/strict"
import { test } from "node:test"
import { messagePreview } from "./message-preview.ts"

const last = (direction: "in" | "out", text = "hola\n  qué tal") => ({ text, direction, at: "2026-03-12T15:00:00Z" })

test("typing wins over a draft, a draft over the last message", () => {
  const facts = { preview: last("out"), draftText: "le escribo", description: "" }
  assert.deepEqual(messagePreview({ ...facts, typing: true }), { lead: "typing", text: "" })
  assert.deepEqual(messagePreview(facts), { lead: "draft", text: "le escribo" })
  assert.deepEqual(messagePreview({ ...facts, draftText: null }), { lead: "replied", text: "hola qué tal" })
  assert.deepEqual(messagePreview({ ...facts, preview: last("in"), draftText: null }), {
    lead: "none",
    text: "hola qué tal",
  })
})

test("the marks of WhatsApp are not read out", () => {
  const facts = { preview: last("in", "*no*  llegó"), draftText: null, description: "" }
  assert.equal(messagePreview({ ...facts, channel: "whatsapp" }).text, "no llegó")
  assert.equal(messagePreview({ ...facts, channel: "api" }).text, "*no* llegó")
})

test("a ticket without messages shows its description", () => {
  assert.equal(messagePreview({ preview: null, draftText: null, description: null }).text, "")
  assert.deepEqual(messagePreview({ preview: null, draftText: null, description: "No llega" }), {
    lead: "none",
    text: "No llega",
  })
})
