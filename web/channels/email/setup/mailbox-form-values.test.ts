import assert from "node:assert/strict"
import { test } from "node:test"
import { mailboxes } from "#texts/en/settings/mailboxes.ts"
import { mailboxSetup } from "#texts/en/settings/mailbox-setup.ts"
import type { Connection } from "../../../settings/connections/connection-queries.ts"
import { isMoved, mailboxChangeOf, mailboxFormOf, withAddress, withProvider } from "./mailbox-form-values.ts"
import { isOtherApp } from "./oauth-form-values.ts"
import { remedyFor, statesOf } from "./test-findings.ts"

const empty = mailboxFormOf(undefined)

test("servers follow the provider, and the domain of the address where they are named after it", () => {
  const own = withAddress(withProvider(empty, "cpanel"), "soporte@example.com")
  assert.deepEqual([own.imapHost, own.smtpHost], ["mail.example.com", "mail.example.com"])
  const moved = withAddress({ ...own, smtpHost: "relay.example.net" }, "soporte@example.org")
  assert.deepEqual([moved.imapHost, moved.smtpHost], ["mail.example.org", "relay.example.net"])
  const microsoft = withProvider(moved, "microsoft")
  assert.deepEqual([microsoft.smtpPort, microsoft.smtpSecurity], ["587", "starttls"])
})

const form = { ...withAddress(withProvider(empty, "zoho"), " Soporte@example.com"), password: "p" }
const stored = (settings: object, secretsSet = ["password"]) =>
  ({
    name: "Soporte",
    enabled: true,
    health: {},
    secretsSet,
    settings: { ...mailboxChangeOf(form, undefined, "es").settings, ...settings },
  }) as unknown as Connection

test("a new mailbox is sent whole, and what was stored is read back as it was", () => {
  const { name, settings } = mailboxChangeOf(form, undefined, "es")
  assert.equal(name, "soporte@example.com")
  assert.deepEqual(settings, {
    address: "soporte@example.com",
    name: "",
    imap: { host: "imap.zoho.com", port: 993, security: "tls", user: "soporte@example.com" },
    smtp: { host: "smtp.zoho.com", port: 465, security: "tls", user: "soporte@example.com" },
    auth: "password",
    language: "es",
    folder: "INBOX",
    start: { from: "now" },
    password: "p",
  })
  const again = mailboxFormOf(stored({}))
  assert.deepEqual([again.provider, again.user, again.hasSmtpLogin], ["zoho", "", false])
  assert.equal(mailboxChangeOf(again, stored({}), "es").settings?.["password"], undefined)
})

test("a password is asked for again where it would go to another server", () => {
  const mailbox = stored({}, ["password", "smtpPassword"])
  const before = mailboxFormOf(mailbox)
  const moved = (part: object) =>
    (["password", "smtpPassword"] as const).map((one) => isMoved({ ...before, ...part }, mailbox, one))
  assert.deepEqual(moved({}), [false, false])
  assert.deepEqual(moved({ imapPort: "143" }), [true, false])
  assert.deepEqual(moved({ smtpHost: "smtp.example.net" }), [true, true])
  const { settings } = mailboxChangeOf({ ...before, hasSmtpLogin: false }, mailbox, "es")
  assert.equal(settings?.["smtpPassword"], null)
})

test("a mailbox that is signed in is sent with its app and without a password, and another app needs its secret", () => {
  const google = { ...withProvider(form, "gmail"), auth: "oauth", clientId: " c ", clientSecret: "s", tenant: "x" }
  const { settings } = mailboxChangeOf(google, undefined, "es")
  assert.deepEqual(
    [settings?.["auth"], settings?.["oauth"], settings?.["clientSecret"], settings?.["password"]],
    ["oauth", { provider: "google", clientId: "c" }, "s", undefined],
  )
  const mailbox = stored(settings!, ["clientSecret"])
  const again = mailboxFormOf(mailbox)
  assert.deepEqual([again.auth, again.clientId, isOtherApp(again, mailbox)], ["oauth", "c", false])
  assert.equal(isOtherApp({ ...again, clientId: "d" }, mailbox), true)
  assert.equal(mailboxChangeOf(withProvider(again, "zoho"), mailbox, "es").settings?.["auth"], "password")
})

const texts: Record<string, string> = { ...mailboxes, ...mailboxSetup }
const hasText = (id: string) => Object.hasOwn(texts, id)
const failures = Object.keys(mailboxes).flatMap((id) => /^verification\.(\w+)$/.exec(id)?.[1] ?? [])

test("each failure has a remedy that is written, and only what sending alone can mend speaks of sending", () => {
  const remedies = failures.map((failure) => ({ failure, id: remedyFor(failure, "gmail", hasText) }))
  assert.deepEqual(
    remedies.filter(({ id }) => !hasText(id)),
    [],
  )
  const ofSending = remedies.filter(({ id }) => id === "mailbox.fix.sending")
  assert.deepEqual(
    ofSending.map(({ failure }) => failure),
    ["smtp_mail_address", "smtp_refused"],
  )
  const idOf = Object.fromEntries(remedies.map(({ failure, id }) => [failure, id]))
  assert.deepEqual(
    ["imap_login", "imap_quota", "smtp_mail_reconnect", "smtp_timeout"].map((failure) => idOf[failure]),
    ["mailbox.help.gmail", "mailbox.remedy.imap_quota", "mailbox.remedy.smtp_mail_reconnect", "mailbox.fix.smtpServer"],
  )
})

test("each row of the test says what was found", () => {
  const learnt = { in: true, out: true, plusAddress: true, idSurvives: false, authservId: null }
  const rows = (failure: string | null, more: object = {}) =>
    Object.values(statesOf({ at: "", learnt: { ...learnt, ...more }, failure })).join(" ")
  assert.equal(rows(null), "ok ok ok without without")
  assert.equal(rows("smtp_refused", { out: false }), "failed signedIn untested untested untested")
  assert.equal(rows("imap_login", { in: false, out: false }), "untested failed untested untested untested")
  assert.equal(rows("not_returned", { in: false }), "ok failed untested untested untested")
})
