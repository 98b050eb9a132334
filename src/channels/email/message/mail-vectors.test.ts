// Mails of other projects' test suites and of our own, where they lie beside this repository: every one is read, and what is certain
// about it holds.
import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { test } from "node:test"
import { transact } from "#kernel/act.ts"
import { receivingAccounts } from "#connections/index.ts"
import { storeFileDeliveries } from "#incoming-webhooks/index.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { largestMailBytes } from "../delivered-mail.ts"
import { mailKey } from "../mail-key.ts"
import { receive } from "../mail-to-received-element.ts"
import { readBody } from "./body/read-body.ts"
import { decodeTnef } from "./files/tnef.ts"
import { parseMail } from "./parse-mail.ts"
import type { ReadMail } from "./read-mail.ts"

// Of the tree itself, or of a worktree in a folder beside it.
const folder = ["../shared", "../../shared"]
  .map((path) => join(import.meta.dirname, "../../../..", path, "vectors/mail"))
  .find((path) => existsSync(path))
const skip = folder === undefined && "vectors/mail is not there"

type ExpectedMail = {
  subject?: string
  from?: string
  fromName?: string
  isAuto?: boolean
  isBounce?: boolean
  action?: string | string[]
  status?: string | string[]
  bouncedRecipient?: string | string[]
  originalMessageId?: string
  visibleText?: string
  quoteFolded?: boolean
  signature?: string
  mustShow?: string[]
  attachments?: (string | null)[]
  offerRequester?: string
  replyTo?: string
  contentsList?: string
  contentsFolder?: string
}
type Vector = { file: string; source: string; kind: string; expected?: ExpectedMail }

const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder!, file)))
const vectors: Vector[] =
  folder === undefined ? [] : (JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as Vector[])
const isMail = ({ file }: Vector) => !/\.(?:html|tnef)$/.test(file)

const placeholders = {
  "{{mailbox}}": "soporte@example.org",
  "{{message_id_of_ours}}": "ours.1@example.org",
  "{{token}}": "soporte+token@example.org",
}
function filled<T extends string>(text: T): string {
  return Object.entries(placeholders).reduce((done, [name, value]) => done.replaceAll(name, value), text as string)
}
const rawOf = ({ file, source }: Vector) =>
  source === "hilo"
    ? new Uint8Array(Buffer.from(filled(Buffer.from(bytesOf(file)).toString("latin1")), "latin1"))
    : bytesOf(file)

const mails = new Map<string, ReadMail>()
async function readMail(vector: Vector): Promise<ReadMail> {
  const known = mails.get(vector.file)
  if (known) return known
  const mail = await parseMail(rawOf(vector), { authservId: null })
  mails.set(vector.file, mail)
  return mail
}

const spaced = (text: string) => text.replaceAll(/\s+/g, " ").trim()
const withoutBlankLines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .join("\n")
const list = (value: string | string[]) => [value].flat().map((one) => filled(one).toLowerCase())

test("every mail is read, and its subject, sender, texts and files are as they were sent", { skip }, async () => {
  for (const vector of vectors.filter(isMail)) {
    const mail = await readMail(vector)
    const { expected = {}, file } = vector
    if (expected.subject !== undefined) assert.equal(spaced(mail.subject), spaced(filled(expected.subject)), file)
    if (expected.from?.includes("@")) assert.equal(mail.from?.address, filled(expected.from).toLowerCase(), file)
    if (expected.fromName !== undefined) assert.equal(mail.from?.name, expected.fromName, file)
    if (expected.replyTo !== undefined) assert.equal(mail.replyTo[0]?.address, expected.replyTo, file)
    if (expected.offerRequester !== undefined) assert.equal(mail.forwardedFrom?.address, expected.offerRequester, file)
    if (expected.isAuto) assert.notEqual(mail.automatic.kind, "none", file)
    const shown = `${mail.text}\n${mail.html ?? ""}`
    for (const words of expected.mustShow ?? []) assert.ok(shown.includes(words), `${file}: ${words}`)
    const names = mail.files.map(({ name }) => name)
    if (expected.attachments) assert.deepEqual(names.toSorted(), expected.attachments.toSorted(), file)
    const everything = JSON.stringify({ ...mail, files: names })
    assert.ok(!/\\u0000|\\ud[89a-f]/i.test(everything), `${file} holds NUL or half a character`)
  }
})

test("what is new in an answer is shown, and what it quotes is folded", { skip }, async () => {
  for (const vector of vectors.filter(({ source }) => source === "hilo")) {
    const { expected = {}, file } = vector
    const mail = await readMail(vector)
    if (expected.visibleText !== undefined)
      assert.equal(withoutBlankLines(mail.visibleText), withoutBlankLines(filled(expected.visibleText)), file)
    if (expected.signature !== undefined) assert.equal(mail.signature, expected.signature, file)
    if (expected.quoteFolded !== undefined) assert.equal(mail.quoteFrom !== null, expected.quoteFolded, file)
    if (expected.quoteFolded === false) assert.equal(mail.foldedFrom, mail.text.length, file)
  }
  for (const { file, expected } of vectors.filter(({ source }) => source === "talon")) {
    const html = new TextDecoder().decode(bytesOf(file))
    const body = readBody({ text: "", html }, { isReply: true, isForward: false }, [])
    assert.equal(spaced(body.visibleText), expected!.visibleText, file)
    assert.ok(body.hasFoldedHtml, file)
  }
})

// A delivery report without its boundary, which the list calls an automatic answer.
const unnamedBounce = "enmime/mail/multipart-wo-boundary.raw"

test(
  "of the bounces 96 in 100 are known and 85 in 100 lead to their mail, and no other mail is taken for one",
  { skip },
  async () => {
    const [missed, untraced]: string[][] = [[], []]
    const bounces = vectors.filter(({ expected }) => expected?.isBounce === true)
    for (const vector of vectors.filter(isMail)) {
      const { expected = {}, file } = vector
      const { bounce } = await readMail(vector)
      if (expected.isBounce === true && bounce?.action !== "failed") missed!.push(file)
      if (expected.isBounce !== true && vector.kind !== "bounce" && file !== unnamedBounce)
        assert.equal(bounce, null, file)
      if (expected.isBounce === false) assert.notEqual(bounce?.action, "failed", file)
      if (!bounce || bounce.recipients.length === 0) continue
      const { recipients } = bounce
      if (expected.action !== undefined) assert.equal(bounce.action, list(expected.action)[0], file)
      if (expected.status !== undefined)
        assert.ok(
          recipients.some(({ status }) => list(expected.status!).includes(status!)),
          file,
        )
      if (expected.bouncedRecipient !== undefined)
        assert.deepEqual(
          [...new Set(recipients.map(({ address }) => address))].toSorted(),
          list(expected.bouncedRecipient).toSorted(),
          file,
        )
      if (expected.originalMessageId !== undefined && bounce.originalMessageId !== filled(expected.originalMessageId))
        untraced!.push(file)
    }
    const traceable = bounces.filter(({ expected }) => expected?.originalMessageId !== undefined).length
    assert.ok(missed!.length <= bounces.length * 0.04, missed!.join(", "))
    assert.ok(untraced!.length <= traceable * 0.15, untraced!.join(", "))
  },
)

test("winmail.dat gives up the files that other readers find in it", { skip }, () => {
  for (const { file, expected = {} } of vectors.filter(({ file }) => file.endsWith(".tnef"))) {
    const contents = decodeTnef(bytesOf(file))!
    const names = readFileSync(join(folder!, expected.contentsList!), "utf8").split(/\r?\n/).filter(Boolean)
    for (const name of names) {
      const isThere =
        name === "body.html"
          ? contents.html !== null
          : contents.files.some((one) => one.name === (name === "body.rtf" ? "message.rtf" : name))
      assert.ok(isThere, `${file}: ${name}`)
    }
    if (expected.contentsFolder === undefined) continue
    for (const name of readdirSync(join(folder!, expected.contentsFolder))) {
      const found = contents.files
        .filter((one) => one.name === name.replace(/\.\d$/, ""))
        .map(({ content }) => plain(content))
      const packed = bytesOf(join(expected.contentsFolder, name))
      const inHtml = name === "message.html" && contents.html !== null
      assert.ok(inHtml || found.includes(plain(packed)), `${file}: ${name}`)
    }
  }
})

/** Those that are hardest to store go the whole way; of the others it is asked what they would be stored as. */
const goesWholeWay = ({ kind }: Vector) => ["malformed", "charset"].includes(kind)

/** A name of the own network is nobody's address. */
const isSomebody = ({ from }: Pick<ReadMail, "from">) =>
  from !== null && from.address.includes(".", from.address.lastIndexOf("@"))

test("every mail is a message, a notice of nothing here, or quarantined for want of a sender", { skip }, async () => {
  const { desk, rows, openMailbox } = await openMailDesk()
  const { id: connectionId, process } = await openMailbox("soporte@example.org")
  const account = (await receivingAccounts(desk)).find(({ id }) => id === connectionId)!
  const mails = vectors.filter(isMail)
  for (const [n, vector] of mails.entries()) {
    const raw = rawOf(vector)
    // Hours apart, so that no address writes too many in one.
    const receivedAt = new Date(desk.now().getTime() - (mails.length - n) * 3_600_000)
    const facts = { folder: "INBOX", uidValidity: 1, uid: n + 1, receivedAt, size: raw.length, isSilent: false }
    const { files: _files, ...mail } = await readMail(vector)
    const delivered = { ...facts, sha256: "", kept: "whole" }
    const read = () => receive.read({ delivered, mail, key: mailKey(Buffer.from(raw)), files: [] }, account, [account])
    if (!isSomebody(mail)) assert.throws(read, /from_unreadable/, vector.file)
    else assert.equal(read().type, "message", vector.file)
    if (!goesWholeWay(vector)) continue
    const { sha256 } = await desk.storage.put(Readable.from([raw]), largestMailBytes)
    const body = JSON.stringify({ ...delivered, sha256 })
    await transact(desk.db, (tx) =>
      storeFileDeliveries(tx, [{ connectionId, key: vector.file, body, fileSha256: sha256, now: desk.now() }]),
    )
  }
  for (let tries = 0; tries < 5; tries++) {
    await process()
    desk.clock.pass(60_000)
  }
  assert.deepEqual(await rows("select from webhook_deliveries where state <> 'done'"), [])
  const messages = await rows("select external_id as key from messages where connection_id = $1", connectionId)
  const taken = new Set(messages.map(({ key }) => key))
  const failed = await rows("select (element ->> 'uid')::int as uid, reason from failed_deliveries")
  const causes = new Map(failed.map(({ uid, reason }) => [uid, reason]))
  for (const [n, vector] of mails.entries()) {
    if (!goesWholeWay(vector)) continue
    const mail = await readMail(vector)
    const { automatic } = mail
    const isNotice = automatic.kind === "out_of_office" || automatic.kind === "read_receipt"
    const outcome = taken.has(mailKey(Buffer.from(rawOf(vector)))) || isNotice ? "known" : causes.get(n + 1)
    assert.equal(outcome, !isSomebody(mail) ? "Error: from_unreadable" : "known", vector.file)
  }
})

/** The source of these files compares texts with their line ends made one. */
const plain = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n")
