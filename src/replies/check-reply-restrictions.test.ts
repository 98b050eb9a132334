import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { whatsapp } from "#channels/whatsapp/channel.ts"
import { checkReply, type ReplyToCheck, type ReplyConditions, type Restriction } from "./check-reply-restrictions.ts"

const text = { length: 5, files: 0, template: null, headerMedia: false }
const boundless = { windowMs: null, longestText: null, longestCaption: null, filesPerMessage: null }
const limits = whatsapp.replyLimits!
const open = { limits, window: { open: true, closesAt: null }, lastFailure: null, refusesMarketing: false }
const closed = { ...open, window: { open: false, closesAt: null } }

const cases: [name: string, Partial<ReplyToCheck>, ReplyConditions, Restriction | null][] = [
  ["a text in the window", {}, open, null],
  ["a text after it", {}, closed, "window_closed"],
  ["4096 characters", { length: 4096 }, open, null],
  ["one more", { length: 4097 }, open, "too_long"],
  ["a caption of 1024", { length: 1024, files: 1 }, open, null],
  ["a longer one", { length: 1025, files: 1 }, open, "too_long"],
  ["a file alone", { length: 0, files: 1 }, open, null],
  ["two files", { files: 2 }, open, "too_many_files"],
  ["a file after the window", { files: 1 }, closed, "window_closed"],
  ["a template in the window", { template: "UTILITY" }, open, null],
  ["a template after it", { template: "MARKETING" }, closed, null],
  ["a template with an image and its file", { template: "UTILITY", headerMedia: true, files: 1 }, closed, null],
  ["a template with an image, without the file", { template: "UTILITY", headerMedia: true }, closed, "header_file"],
  ["a template without an image, with a file", { template: "UTILITY", files: 1 }, closed, "header_file"],
  ["to a number that takes nothing", {}, { ...open, lastFailure: "undeliverable" }, "undeliverable"],
  ["a template to it", { template: "UTILITY" }, { ...closed, lastFailure: "undeliverable" }, "undeliverable"],
  ["marketing, after they said no", { template: "MARKETING" }, { ...closed, refusesMarketing: true }, "opted_out"],
  ["a notice, after they said no", { template: "UTILITY" }, { ...closed, refusesMarketing: true }, null],
  ["a text, after they said no", {}, { ...open, refusesMarketing: true }, null],
  [
    "a long text with files where the channel sets no bounds",
    { length: 99_999, files: 9 },
    { ...open, limits: boundless },
    null,
  ],
  ["a text after any other failure", {}, { ...open, lastFailure: "ecosystem" }, null],
]

describe("before it is written", () => {
  for (const [name, sending, options, verdict] of cases)
    it(`${name}: ${verdict ?? "goes"}`, () => assert.equal(checkReply({ ...text, ...sending }, options), verdict))
})
