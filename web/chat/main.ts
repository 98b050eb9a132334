// The visitor's chat. Server state is one conversation, refetched when notified; everything else is in this browser.
import type { Conversation } from "../../src/channels/webchat/api-contract.ts"
import { type ApiResult, createChatApi } from "./chat-api.ts"
import { startComposer } from "./composer.ts"
import { startEmbedBridge } from "./embed-bridge.ts"
import { threadItems } from "./thread-items.ts"
import { ignoreKeysDuringComposition } from "../lib/keyboard/ime-composition.ts"
import { startLiveUpdates } from "./live-updates.ts"
import { prefixedStorage } from "../lib/prefixed-storage.ts"
import { readAnswers, startBeforeChat } from "./first-questions/before-chat.ts"
import { showConnectionNotice, showHours, type ChatProblem, problemOf } from "./connection-notice.ts"
import { firstQuestions } from "./first-questions/first-questions.ts"
import { createOutbox } from "./outbox.ts"
import { connectionId, isPreview, language, setUpPage, element, t, applyColour, showLogo } from "./page-setup.ts"
import { reportTyping, startTypingLine } from "./typing.ts"
import { startTicketDialog } from "./create-ticket-dialog.ts"
import { startEmailRequest } from "./ask-for-email.ts"
import { startAutoScroll } from "./auto-scroll.ts"
import { startTranscript } from "./transcript/offer-transcript.ts"
import { startUnreadCount } from "./unread-count.ts"
import { startVisitorPlace } from "./where-visitor-is.ts"
import { drawThread } from "./draw-thread.ts"
import { keepingFocus } from "./keep-focus.ts"

setUpPage()
ignoreKeysDuringComposition()
const memory = prefixedStorage(isPreview ? "preview" : connectionId)
const api = createChatApi(connectionId, memory, language)
const place = startVisitorPlace(memory)
const frame = startEmbedBridge(() => {
  draw()
  if (matchMedia("(pointer: fine)").matches) element("text").focus()
}, place.move)
const scroll = startAutoScroll(draw)
const typing = startTypingLine()
const live = startLiveUpdates(connectionId, { token: () => memory.read("token"), refetch, typing: typing.show })
const stopTyping = reportTyping(live.sayTyping)
const outbox = createOutbox(memory, (message) => api.send({ ...message, ...firstDetails() }), afterSend)
let conversation: Conversation | null = null
let trouble: ChatProblem = null
let fetching: "no" | "yes" | "again" = "no"

const composer = startComposer(memory, {
  send: (message, files) => {
    scroll.toEnd()
    stopTyping()
    outbox.add({ ...message, ...place.forMessage() }, new Date().toISOString(), files)
    frame.post({ wrote: true })
  },
  upload: api.upload,
  introduced: sendVisitorDetails,
})
const ticketDialog = startTicketDialog(memory, api, ownWords)
const showEmailRequest = startEmailRequest(memory, knownEmail)
const showQuestions = startBeforeChat(memory, questionsAnswered)
const offerTranscript = startTranscript(memory, api)
const countUnread = startUnreadCount(memory, frame, { isAtEnd: scroll.isAtEnd, tell: api.seen })
addEventListener("online", wake)
addEventListener("offline", draw)
addEventListener("storage", draw)
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake())
if (isPreview) void import("./preview.ts").then(({ startPreview }) => startPreview(showPreview))
else {
  draw()
  wake()
}

function showPreview(shown: Conversation) {
  take(shown)
  draw()
}

/** What the visitor wrote, also what is still on its way. */
function ownWords(): string[] {
  const items = threadItems(conversation, outbox.list(), "")
  return items.flatMap((item) => (item.is === "said" && item.mine ? [item.text] : []))
}

/** Asked before the first message, they go with it: also with one that was refused without them. */
function firstDetails() {
  const answers = conversation?.messages.some(({ direction }) => direction === "in") ? [] : readAnswers(memory)
  return { ...composer.whoWrites(), ...(answers.length > 0 && { answers }) }
}

function questionsAnswered(said: { name?: string; email?: string }) {
  composer.fillIn(said)
  void sendVisitorDetails()
  for (const { clientId, code } of outbox.list()) if (code === "invalid") outbox.retry(clientId)
  draw()
  element("text").focus()
}

function knownOfVisitor() {
  const [name, email] = [memory.read("name") ?? "", memory.read("email") ?? ""]
  const answered = readAnswers(memory).map(({ id }) => id)
  return { name, email, started: memory.read("started") !== null, answered }
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
  if (isPreview) return
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
  if (body.messages.at(-1)?.id !== conversation?.messages.at(-1)?.id) typing.hide()
  conversation = body
  applyColour(body.connection.color, body.connection.textColor)
  showLogo(body.connection.logo)
  void sendVisitorDetails()
  outbox.drop(body.messages.flatMap(({ clientId }) => clientId ?? []))
  live.connect()
}

function draw() {
  keepingFocus(drawAll)
}

function drawAll() {
  // While the server has never been reached there is no greeting to show, but what waits to be sent is shown.
  const items = conversation || trouble ? threadItems(conversation, outbox.list(), t("chat.greeting")) : []
  const name = conversation?.connection.name ?? ""
  document.body.dataset["is"] = items.length > 0 || trouble ? "ready" : "loading"
  element("title").textContent = name
  ticketDialog.offer(conversation?.connection.enabled === true)
  offerTranscript(conversation)
  showConnectionNotice(trouble, conversation)
  showHours(conversation)
  showQuestions(firstQuestions(conversation, knownOfVisitor()))
  showEmailRequest(conversation)
  scroll.keeping(() => drawThread(items, new Date(), { retry: outbox.retry, discard, fetchFile: api.file }))
  countUnread(conversation, name || t("chat.title"))
}

function discard(clientId: string) {
  outbox.drop([clientId])
  draw()
}
