// The visitor's chat. Server state is one conversation, refetched when notified; everything else is in this browser.
import type { Conversation } from "../../src/channels/webchat/api-contract.ts"
import { type ApiResult, createChatApi } from "./chat-api.ts"
import { startComposer } from "./composer.ts"
import { startEmbedBridge } from "./embed-bridge.ts"
import { threadItems } from "./thread-items.ts"
import { ignoreKeysDuringComposition } from "../lib/keyboard/ime-composition.ts"
import { startLiveUpdates } from "./live-updates.ts"
import { prefixedStorage } from "../lib/prefixed-storage.ts"
import { showConnectionNotice, type ChatProblem, problemOf } from "./connection-notice.ts"
import { createOutbox } from "./outbox.ts"
import { connectionId, setUpPage, element, t, applyColour } from "./page-setup.ts"
import { startTicketDialog } from "./create-ticket-dialog.ts"
import { startEmailRequest } from "./ask-for-email.ts"
import { startAutoScroll } from "./auto-scroll.ts"
import { startVisitorPlace } from "./where-visitor-is.ts"
import { drawThread } from "./draw-thread.ts"

setUpPage()
ignoreKeysDuringComposition()
const memory = prefixedStorage(connectionId)
const api = createChatApi(connectionId, memory)
const place = startVisitorPlace(memory)
const frame = startEmbedBridge(() => {
  draw()
  if (matchMedia("(pointer: fine)").matches) element("text").focus()
}, place.move)
const scroll = startAutoScroll(draw)
const live = startLiveUpdates(connectionId, () => memory.read("token"), refetch)
const outbox = createOutbox(memory, api.send, afterSend)
let conversation: Conversation | null = null
let trouble: ChatProblem = null
let fetching: "no" | "yes" | "again" = "no"

const composer = startComposer(memory, {
  send: (message, files) => {
    scroll.toEnd()
    outbox.add({ ...message, ...place.forMessage() }, new Date().toISOString(), files)
    frame.post({ wrote: true })
  },
  upload: api.upload,
  introduced: sendVisitorDetails,
})
const ticketDialog = startTicketDialog(memory, api, ownWords)
const showEmailRequest = startEmailRequest(memory, knownEmail)
addEventListener("online", wake)
addEventListener("offline", draw)
addEventListener("storage", draw)
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake())
draw()
wake()

/** What the visitor wrote, also what is still on its way. */
function ownWords(): string[] {
  const items = threadItems(conversation, outbox.list(), "")
  return items.flatMap((item) => (item.is === "said" && item.mine ? [item.text] : []))
}

/** What they say of themselves after their message goes by itself, and again until the desk has it. */
async function sendVisitorDetails() {
  const who = composer.whoWrites()
  const said = JSON.stringify(who)
  if (said === "{}" || said === memory.read("introduced") || !conversation?.messages.length) return
  if (!(await api.introduce(who))) return
  memory.write("introduced", said)
  showEmailRequest(conversation)
}

/** The e-mail that the desk was given last. */
function knownEmail(): string | null {
  const said = JSON.parse(memory.read("introduced") ?? "{}") as { email?: string }
  return said.email ?? null
}

function wake() {
  void outbox.pump()
  void refetch()
}

function afterSend(answer: ApiResult<unknown> | null) {
  if (answer) trouble = problemOf(answer)
  if (answer?.ok) void refetch()
  live.connect()
  draw()
}

/** One request at a time; a wish that comes meanwhile is granted after it, since the answer may be too old for it. */
async function refetch() {
  if (fetching !== "no") return void (fetching = "again")
  fetching = "yes"
  const visitor = memory.read("token")
  const answer = await api.conversation()
  const again = (fetching as string) === "again"
  fetching = "no"
  if (answer.ok) take(answer.body)
  trouble = problemOf(answer)
  draw()
  const isUnknown = !answer.ok && answer.status === 401 && visitor !== null
  if (again || isUnknown) void refetch()
}

function take(body: Conversation) {
  conversation = body
  applyColour(body.connection.color)
  void sendVisitorDetails()
  outbox.drop(body.messages.flatMap(({ clientId }) => clientId ?? []))
  live.connect()
}

function draw() {
  // While the server has never been reached there is no greeting to show, but what waits to be sent is shown.
  const items = conversation || trouble ? threadItems(conversation, outbox.list(), t("chat.greeting")) : []
  const name = conversation?.connection.name ?? ""
  document.body.dataset["is"] = items.length > 0 || trouble ? "ready" : "loading"
  element("title").textContent = name
  ticketDialog.offer(conversation?.connection.enabled === true)
  showConnectionNotice(trouble, conversation)
  showEmailRequest(conversation)
  scroll.keeping(() => drawThread(items, new Date(), { retry: outbox.retry, discard, fetchFile: api.file }))
  countUnread(name || t("chat.title"))
}

function discard(clientId: string) {
  outbox.drop([clientId])
  draw()
  element("text").focus()
}

function countUnread(name: string) {
  const replies = (conversation?.messages ?? []).filter((message) => message.direction === "out")
  const last = replies.at(-1)
  if (last && frame.isOpen() && scroll.isAtEnd()) memory.write("seen", last.id)
  const seen = replies.findIndex((message) => message.id === memory.read("seen"))
  const unread = replies.length - 1 - seen
  frame.post({ unread })
  document.title = unread > 0 ? `(${unread}) ${name}` : name
}
