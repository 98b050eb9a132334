import assert from "node:assert/strict"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { test } from "node:test"
import { defaults, loadConfig, parseConfig } from "./config.ts"

test("without any setting everything has its default", () => {
  assert.deepEqual(parseConfig({}), {
    port: 4000,
    host: "127.0.0.1",
    databaseUrl: undefined,
    dataFolder: resolve("data"),
    publicUrl: "http://127.0.0.1:4000",
    role: "all",
    secret: undefined,
    firstAdmin: undefined,
    cronSecret: undefined,
    smtpUrl: undefined,
    mailFrom: undefined,
    trustedProxies: [],
    s3Url: undefined,
    grHookAllowUnauthenticated: false,
    channelApis: { whatsapp: "https://graph.facebook.com/v23.0" },
    allowPrivate: [],
    metricsToken: undefined,
    backupPassphrase: undefined,
    logLevel: "info",
  })
})

test("docs/operating.md lists every setting, no other, and the defaults that they have", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/operating.md"), "utf8")
  const settings = defaults()
  const rows = [...text.matchAll(/^\| (`[A-Z].*?) \| .* \| (.*?) \|$/gm)]
  const listed = rows.flatMap(([, names, fallbacks]) => {
    const all = fallbacks!.split(", ")
    return names!
      .split(", ")
      .map((name, index) => [name.replaceAll("`", ""), (all[index] ?? all[0])!.replaceAll("`", "")])
  })
  assert.deepEqual(listed.map(([name]) => name).toSorted(), Object.keys(settings).toSorted())
  const said = listed.filter(([name]) => settings[name!] !== undefined && name !== "HILO_DATA")
  assert.deepEqual(
    said,
    said.map(([name]) => [name, String(settings[name!]) || "none"]),
  )
})

const read: [Record<string, string>, Partial<ReturnType<typeof parseConfig>>][] = [
  [
    { PORT: " 8080 ", HOST: "::1" },
    { port: 8080, publicUrl: "http://[::1]:8080" },
  ],
  [
    { PORT: "", HILO_ROLE: " " },
    { port: 4000, role: "all" },
  ],
  [{ PUBLIC_URL: "https://desk.example.com/" }, { publicUrl: "https://desk.example.com" }],
  [{ TRUSTED_PROXIES: "10.0.0.0/8, ::1 192.0.2.7" }, { trustedProxies: ["10.0.0.0/8", "::1", "192.0.2.7"] }],
  [{ GR_HOOK_ALLOW_UNAUTHENTICATED: "true" }, { grHookAllowUnauthenticated: true }],
  [{ DATABASE_URL: "postgresql:///hilo?host=/run" }, { databaseUrl: "postgresql:///hilo?host=/run" }],
  [
    { HILO_ADMIN_EMAIL: "ana@example.com", HILO_ADMIN_PASSWORD: "correct horse" },
    { firstAdmin: { email: "ana@example.com", password: "correct horse" } },
  ],
]

for (const [env, expected] of read) {
  test(`${JSON.stringify(env)} is understood`, () => assert.partialDeepStrictEqual(parseConfig(env), expected))
}

const refused: [Record<string, string>, string][] = [
  [{ PORT: "http" }, "PORT must be a port between 0 and 65535"],
  [{ PORT: "65536" }, "PORT must be a port between 0 and 65535"],
  [{ PORT: "-1" }, "PORT must be a port between 0 and 65535"],
  [{ PORT: "4e3" }, "PORT must be a port between 0 and 65535"],
  [{ HOST: "a b" }, "HOST must be a host name or an IP address"],
  [{ DATABASE_URL: "mysql://x/y" }, "DATABASE_URL must be an address such as postgres://user:password@host:5432/hilo"],
  [{ DATABASE_URL: "hilo" }, "DATABASE_URL must be an address such as postgres://user:password@host:5432/hilo"],
  [{ PUBLIC_URL: "desk.example.com" }, "PUBLIC_URL must be an address such as https://desk.example.com"],
  [
    { PUBLIC_URL: "https://desk.example.com?x" },
    'PUBLIC_URL must be an address without "?" and "#", such as https://desk.example.com',
  ],
  [{ HILO_ROLE: "both" }, "HILO_ROLE must be one of all, web, worker"],
  [{ HILO_SECRET: "short" }, "HILO_SECRET must have at least 16 characters"],
  [{ CRON_SECRET: "short" }, "CRON_SECRET must have at least 8 characters"],
  [{ SMTP_URL: "mail.example.com" }, "SMTP_URL must be an address such as smtps://user:password@mail.example.com"],
  [{ S3_URL: "bucket" }, "S3_URL must be an address such as https://key:secret@s3.example.com/bucket"],
  [{ MAIL_FROM: "Hilo" }, "MAIL_FROM must be an e-mail address, with or without a name"],
  [{ TRUSTED_PROXIES: "10.0.0.0/33" }, "TRUSTED_PROXIES must be a list of IP addresses or networks such as 10.0.0.0/8"],
  [{ TRUSTED_PROXIES: "proxy" }, "TRUSTED_PROXIES must be a list of IP addresses or networks such as 10.0.0.0/8"],
  [{ GR_HOOK_ALLOW_UNAUTHENTICATED: "1" }, "GR_HOOK_ALLOW_UNAUTHENTICATED must be true or false"],
  [{ WHATSAPP_API_URL: "ftp://x" }, "WHATSAPP_API_URL must be an address such as https://graph.facebook.com/v23.0"],
  [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent"],
  [{ HILO_ADMIN_EMAIL: "ana" }, "HILO_ADMIN_EMAIL must be an e-mail address"],
  [
    { HILO_ADMIN_EMAIL: "ana@example.com" },
    "HILO_ADMIN_PASSWORD must be set too: HILO_ADMIN_EMAIL and HILO_ADMIN_PASSWORD go together",
  ],
]

for (const [env, line] of refused) {
  test(`${JSON.stringify(env)} is refused by name`, () => {
    assert.throws(() => parseConfig(env), { name: "BadSetting", message: `The setting ${line}.` })
  })
}

test("a secret is made once, for its owner's eyes only, and one that is given wins", () => {
  const folder = mkdtempSync(join(tmpdir(), "hilo-config-"))
  const first = loadConfig({ HILO_DATA: folder })
  assert.ok(first.secret.length >= 32)
  assert.equal(statSync(join(folder, "secret")).mode & 0o777, 0o600)
  assert.equal(loadConfig({ HILO_DATA: folder }).secret, first.secret)
  assert.equal(readFileSync(join(folder, "secret"), "utf8"), first.secret)
  const given = "0123456789abcdef0123456789abcdef"
  assert.equal(loadConfig({ HILO_DATA: folder, HILO_SECRET: given }).secret, given)
  writeFileSync(join(folder, "secret"), "")
  assert.throws(() => loadConfig({ HILO_DATA: folder }), /^BadSetting: The setting HILO_SECRET cannot be read from /)
  rmSync(folder, { recursive: true })
})
