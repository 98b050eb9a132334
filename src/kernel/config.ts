// All of the environment, read once. A bad setting stops the start with one line that names it.
import { randomBytes } from "node:crypto"
import { accessSync, constants, mkdirSync, readFileSync } from "node:fs"
import { BlockList, isIP } from "node:net"
import { join, resolve } from "node:path"
import { z } from "zod"
import { writeFileOnce } from "./write-file-once.ts"

export class BadSetting extends Error {
  constructor(name: string, expected: string) {
    super(`The setting ${name} ${expected}.`)
    this.name = "BadSetting"
  }
}

const whole = (least: number, most: number, expected: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((number) => number >= least && number <= most, expected)

const address = (protocols: string[], example: string) => {
  const expected = `must be an address such as ${example}`
  return z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), expected)
}

const web = (example: string) =>
  address(["http:", "https:"], example)
    .refine((text) => !/[?#]/.test(text), `must be an address without "?" and "#", such as ${example}`)
    .transform((text) => text.replace(/\/+$/, ""))

const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))
const secret = z.string().min(16, "must have at least 16 characters")
const yesOrNo = z.enum(["true", "false"], "must be true or false").transform((text) => text === "true")
const oneOf = <const T extends readonly string[]>(words: T) => z.enum(words, `must be one of ${words.join(", ")}`)
const bucketExample = "https://key:secret@s3.example.com/bucket"
const roles = ["all", "web", "worker"] as const
const levels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const

const shape = z.object({
  PORT: whole(0, 65_535, "must be a port between 0 and 65535").default(4000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "must be a host name or an IP address")
    .default("127.0.0.1"),
  DATABASE_URL: address(["postgres:", "postgresql:"], "postgres://user:password@host:5432/hilo").optional(),
  HILO_DATA: z
    .string()
    .default("./data")
    .transform((path) => resolve(path)),
  PUBLIC_URL: web("https://desk.example.com").optional(),
  HILO_ROLE: oneOf(roles).default("all"),
  HILO_SECRET: secret.optional(),
  HILO_ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  HILO_ADMIN_PASSWORD: z.string().min(10, "must have at least 10 characters").optional(),
  CRON_SECRET: z.string().min(8, "must have at least 8 characters").optional(),
  SMTP_URL: address(["smtp:", "smtps:"], "smtps://user:password@mail.example.com").optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]*$/, "must be an e-mail address, with or without a name")
    .optional(),
  TRUSTED_PROXIES: list
    .refine((all) => all.every(isNetwork), "must be a list of IP addresses or networks such as 10.0.0.0/8")
    .prefault(""),
  S3_URL: address(["http:", "https:", "s3:"], bucketExample)
    .refine(isBucket, `must have a key, a secret and a bucket, such as ${bucketExample}`)
    .optional(),
  GR_HOOK_ALLOW_UNAUTHENTICATED: yesOrNo.default(false),
  WHATSAPP_API_URL: web("https://graph.facebook.com/v23.0").default("https://graph.facebook.com/v23.0"),
  HILO_ALLOW_PRIVATE: list
    .refine((all) => all.every(isHost), "must be a list of host names and IP addresses")
    .prefault(""),
  HILO_METRICS_TOKEN: secret.optional(),
  HILO_BACKUP_PASSPHRASE: z.string().optional(),
  LOG_LEVEL: oneOf(levels).default("info"),
})

/** Every setting with what it is when nobody sets it. */
export const defaults = (): Record<string, unknown> =>
  Object.fromEntries(Object.keys(shape.shape).map((name) => [name, shape.parse({})[name as keyof Settings]]))

type Settings = z.output<typeof shape>
export type Config = Readonly<ReturnType<typeof named>>
export type Environment = Record<string, string | undefined>

/** Reads the environment and makes what is missing of it: a secret of our own, kept beside the data. */
export function loadConfig(env: Environment): Config & { readonly secret: string } {
  const config = parseConfig(env)
  makeFolder(config.dataFolder)
  return Object.freeze({ ...config, secret: config.secret ?? keptSecret(config.dataFolder) })
}

/** An empty setting counts as unset, as compose files and shells leave them. */
export function parseConfig(env: Environment): Config {
  const given = Object.entries(env).filter(([name, text]) => name in shape.shape && text?.trim())
  const parsed = shape.safeParse(Object.fromEntries(given.map(([name, text]) => [name, text!.trim()])))
  const issue = parsed.error?.issues[0]
  if (issue) throw new BadSetting(String(issue.path[0]), issue.message)
  return Object.freeze(named(parsed.data!))
}

function named(from: Settings) {
  if (!from.HILO_ADMIN_EMAIL !== !from.HILO_ADMIN_PASSWORD) {
    const missing = from.HILO_ADMIN_EMAIL ? "HILO_ADMIN_PASSWORD" : "HILO_ADMIN_EMAIL"
    throw new BadSetting(missing, "must be set too: HILO_ADMIN_EMAIL and HILO_ADMIN_PASSWORD go together")
  }
  return {
    port: from.PORT,
    host: from.HOST,
    databaseUrl: from.DATABASE_URL,
    dataFolder: from.HILO_DATA,
    publicUrl: from.PUBLIC_URL ?? `http://${from.HOST.includes(":") ? `[${from.HOST}]` : from.HOST}:${from.PORT}`,
    role: from.HILO_ROLE,
    secret: from.HILO_SECRET,
    firstAdmin: from.HILO_ADMIN_EMAIL
      ? { email: from.HILO_ADMIN_EMAIL, password: from.HILO_ADMIN_PASSWORD! }
      : undefined,
    cronSecret: from.CRON_SECRET,
    smtpUrl: from.SMTP_URL,
    mailFrom: from.MAIL_FROM,
    trustedProxies: from.TRUSTED_PROXIES,
    s3Url: from.S3_URL,
    grHookAllowUnauthenticated: from.GR_HOOK_ALLOW_UNAUTHENTICATED,
    channelApis: { whatsapp: from.WHATSAPP_API_URL } as Readonly<Record<string, string>>,
    allowPrivate: from.HILO_ALLOW_PRIVATE,
    metricsToken: from.HILO_METRICS_TOKEN,
    backupPassphrase: from.HILO_BACKUP_PASSPHRASE,
    logLevel: from.LOG_LEVEL,
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o711 })
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new BadSetting("HILO_DATA", `cannot be used: ${(error as Error).message}`)
  }
}

function isBucket(text: string): boolean {
  const { username, password, pathname } = URL.parse(text) ?? { username: "", password: "", pathname: "" }
  return username !== "" && password !== "" && /^\/[^/]/.test(pathname)
}

function isHost(text: string): boolean {
  return isIP(text) > 0 || (/^[\w.-]+$/.test(text) && !/^[\d.x]+$/i.test(text))
}

export function isNetwork(text: string): boolean {
  const [ip = "", bits, ...rest] = text.split("/")
  const family = isIP(ip)
  if (!family || rest.length) return false
  if (bits === undefined) return true
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false
  new BlockList().addSubnet(ip, Number(bits), family === 4 ? "ipv4" : "ipv6")
  return true
}

function keptSecret(folder: string): string {
  const file = join(folder, "secret")
  try {
    return secret.parse(readFileSync(file, "utf8").trim())
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT")
      throw new BadSetting("HILO_SECRET", `cannot be read from ${file}`)
  }
  writeFileOnce(file, randomBytes(32).toString("base64url"))
  return readFileSync(file, "utf8").trim()
}
