import assert from "node:assert/strict"
import { test } from "node:test"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { rawMail } from "#test/fakes/raw-mail.ts"
import { startScriptedImapServer } from "#test/fakes/scripted-imap-server.ts"
import type { SubmittedMail } from "#test/fakes/submission-server.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()

async function newMailbox(address: string, more: object = {}) {
  const mailbox = await openMailbox(address, more)
  await rows("update connections set enabled = false, health = '{}' where id = $1", mailbox.id)
  const path = `/connections/${mailbox.id}`
  return {
    ...mailbox,
    verify: async () => (await ana.call("POST", `${path}/verification`, {})).body,
    enable: () => ana.call("PATCH", path, { enabled: true }),
  }
}

test("a mailbox writes to itself, and what comes back says what it can; before that it stays off", async () => {
  const mailbox = await newMailbox("soporte@example.com", { aliases: ["ventas@example.com"] })
  const early = await mailbox.enable()
  assert.deepEqual([early.status, early.body["code"]], [409, "not_verified"])
  const server = "Authentication-Results: mx.example.com; spf=pass\r\n"
  mailbox.smtp.deliver = ({ raw }) => void mailbox.deliver(server + raw, desk.now())
  const learnt = {
    in: true,
    out: true,
    plusAddress: true,
    nullSender: true,
    idSurvives: true,
    authservId: "mx.example.com",
  }
  const aliases = ["ventas@example.com"]
  assert.deepEqual(await mailbox.verify(), { state: "verified", learnt: { ...learnt, aliases }, failure: null })
  assert.deepEqual([mailbox.smtp.mails.length, mailbox.smtp.logins], [4, 2], "all but the first in one session")
  const { body } = await ana.call("GET", `/connections/${mailbox.id}`)
  assert.equal(body["enabled"], true)
  await mailbox.fetch()
  assert.deepEqual(await mailbox.tickets(), [], "its own mails are no tickets")
})

test("a provider that takes no plus, gives mails other ids and lets none leave by an alias is known for that", async () => {
  const mailbox = await newMailbox("ses@example.com", { aliases: ["alias@example.com"] })
  mailbox.smtp.deliver = ({ to, raw }: SubmittedMail) => {
    if (!to[0]!.includes("+"))
      mailbox.deliver(
        raw.replace(/Message-ID:[^<]*<.*>/i, "Message-ID: <other@ses>").replace(/^From: .*$/m, "From: ses@example.com"),
        desk.now(),
      )
  }
  const { state, learnt } = (await mailbox.verify()) as { state: string; learnt: Record<string, unknown> }
  assert.deepEqual(
    [state, learnt["plusAddress"], learnt["idSurvives"], learnt["authservId"], learnt["aliases"]],
    ["verified", false, false, null, []],
  )
  // Once it is followed, it is verified again: what it wrote to itself is known by another sign than its id.
  await mailbox.fetch()
  assert.equal((await mailbox.verify())["state"], "verified")
  await mailbox.fetch()
  assert.deepEqual(await mailbox.tickets(), [])
})

test("what is wrong is said by a word of its own, and nothing is switched on", async () => {
  const mailbox = await newMailbox("wrong@example.com")
  const change = (settings: object) => ana.call("PATCH", `/connections/${mailbox.id}`, { settings })
  const server = { host: "127.0.0.1", security: "none", user: "soporte@example.com" }
  const failure = async () => (await mailbox.verify())["failure"]
  mailbox.smtp.answer = { at: "DATA", code: 554 }
  assert.equal(await failure(), "smtp_refused")
  await change({ smtpPassword: "another" })
  assert.equal(await failure(), "smtp_mail_login")
  await change({ folder: "Ninguna" })
  assert.equal(await failure(), "imap_folder")
  await change({ password: "wrong" })
  assert.equal(await failure(), "imap_login")
  // A password follows no change of server: it is given again.
  await change({ imap: { ...server, port: 1 }, password: "any" })
  assert.equal(await failure(), "imap_port")
  await change({ imap: { ...server, port: mailbox.port, security: "starttls" }, password: "any" })
  assert.equal(await failure(), "imap_plain_text")
  assert.equal((await mailbox.enable()).status, 409)
})

test("what was found out of other settings than a mailbox has by then is dropped; in use it stays on with another password, and is off at another server", async () => {
  const mailbox = await newMailbox("moving@example.com")
  const path = `/connections/${mailbox.id}`
  const change = async (body: object) => (await ana.call("PATCH", path, body)).status
  const state = async () => {
    const { enabled, health } = (await ana.call("GET", path)).body as { enabled: boolean; health: object }
    return [enabled, "verification" in health]
  }
  const comesBack = ({ raw }: SubmittedMail) => void mailbox.deliver(raw, desk.now())
  const changed = Promise.withResolvers<number>()
  mailbox.smtp.deliver = (mail) => {
    void change({ settings: { aliases: ["nueva@example.com"] } }).then(changed.resolve)
    void changed.promise.then(() => comesBack(mail))
  }
  assert.equal((await mailbox.verify())["code"], "not_verified")
  assert.deepEqual(await state(), [false, false])
  mailbox.smtp.deliver = comesBack
  assert.equal((await mailbox.verify())["state"], "verified")
  const { settings } = (await ana.call("GET", path)).body as { settings: { imap: object } }
  assert.equal(await change({ settings: { password: "another", signature: "Mesa" } }), 200)
  assert.deepEqual(await state(), [true, true])
  const moved = { imap: { ...settings.imap, port: 1 }, password: "any" }
  assert.equal(await change({ settings: moved, enabled: true }), 409)
  assert.equal(await change({ settings: moved }), 200)
  assert.deepEqual(await state(), [false, false])
  assert.equal(await change({ enabled: true }), 409)
})

test("a verification that fails has written nothing into the mailbox, moved nothing and deleted nothing", async () => {
  const server = await startScriptedImapServer([{ uid: 1, raw: rawMail({ id: "old@carla" }) }])
  const imap = { host: "127.0.0.1", port: server.port, security: "none", user: "u" }
  const mailbox = await newMailbox("untouched@example.com", { imap })
  mailbox.smtp.answer = { at: "DATA", code: 554 }
  assert.equal((await mailbox.verify())["failure"], "smtp_refused")
  const isReading = (line: string) =>
    /^(CAPABILITY|ID|LOGIN|AUTHENTICATE|NAMESPACE|ENABLE|LIST|LSUB|EXAMINE)\b/.test(line)
  assert.deepEqual(
    server.commands.filter((line) => !isReading(line)),
    [],
  )
})

test("clear text goes to the own network only, and a field that is wrong is named", async () => {
  const server = { host: "imap.example.com", port: 993, security: "tls", user: "u" }
  const valid = { address: "x@example.com", imap: server, smtp: server, auth: "password", password: "p" }
  const refused = async (settings: object) => {
    const { status, body } = await ana.call("POST", "/connections", {
      kind: "email",
      name: "x",
      settings: { ...valid, ...settings },
    })
    return `${status} ${(body["errors"] as { path: string }[])[0]!.path}`
  }
  assert.deepEqual(
    [
      await refused({ imap: { ...server, host: "8.8.8.8", security: "none" } }),
      await refused({ smtp: { ...server, port: 70_000 } }),
      await refused({ address: "nobody" }),
      await refused({ aliases: ["a b@example.com"] }),
      await refused({ start: { from: "days" } }),
      await refused({ auth: "oauth" }),
      await refused({ address: "soporte@example.com" }),
    ],
    [
      "400 settings.imap.security",
      "400 settings.smtp.port",
      "400 settings.address",
      "400 settings.aliases.0",
      "400 settings.start.days",
      "400 settings.oauth",
      "400 settings.address",
    ],
  )
})

test("the password is not sent to another server than it was given for", async () => {
  const mailbox = await openMailbox("moved@example.com")
  const { body } = await ana.call("GET", `/connections/${mailbox.id}`)
  const { smtp } = body["settings"] as { smtp: object }
  const moved = { smtp: { ...smtp, host: "localhost" } }
  const refused = await ana.call("PATCH", `/connections/${mailbox.id}`, { settings: moved })
  assert.equal(refused.status, 400)
  assert.match(JSON.stringify(refused.body), /settings\.password/)
  const change = (settings: object) => ana.call("PATCH", `/connections/${mailbox.id}`, { settings })
  assert.equal((await change({ ...moved, password: "another" })).status, 200)
  assert.equal((await change({ smtpPassword: "its own" })).status, 200)
  const back = await change({ smtp, password: "another" })
  assert.match(JSON.stringify(back.body), /settings\.smtpPassword/)
})
