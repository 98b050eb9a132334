// The map of the house, and the few rules that keep its walls. A wall is moved here first, with a decision note.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { moduleOf, sources, type Source } from "./source.ts"

const ground = ["kernel", "texts", "timers", "markdown", "privacy", "settings", "events"]
const persons = [...ground, "people", "contacts"]
const core = [...persons, "connections", "messages", "sla", "tickets"]
const features = [
  "routing",
  "intake",
  "replies",
  "incidents",
  "links",
  "campaigns",
  "macros",
  "surveys",
  "tracking",
  "notifications",
]
const any = [...core, ...features, "search", "reports", "importing", "cli", "app"]

// Who may import whom. Modules of one level do not know each other: what one causes in another goes through reactions.
// Every route asks people's predicates, so people stands below all that have routes.
const map: Record<string, string[]> = {
  kernel: [],
  texts: [],
  timers: ["kernel"],
  markdown: [],
  privacy: ["kernel", "texts"],
  settings: ["kernel", "texts", "events"],
  events: ["kernel", "texts", "timers"],
  people: ground,
  contacts: [...ground, "people"],
  connections: [...ground, "people"],
  messages: persons,
  sla: persons,
  tickets: [...persons, "messages", "sla"],
  routing: [...persons, "tickets"],
  intake: core,
  // A reply may begin a conversation elsewhere, and intake says on which ticket.
  replies: [...core, "intake"],
  incidents: [...ground, "people", "connections", "tickets"],
  links: [...ground, "people", "tickets"],
  // Above intake and replies, see decision 0010.
  campaigns: [...core, "intake", "replies"],
  macros: core,
  surveys: [...persons, "messages", "tickets"],
  tracking: [...persons, "messages", "tickets"],
  notifications: [...persons, "messages", "tickets"],
  search: [...core, ...features],
  reports: [...core, ...features],
  importing: [...core, ...features],
  cli: any,
  app: any,
}
const withoutDoor = ["kernel", "texts"]

const owners: Record<string, string[]> = {
  kernel: ["schema_migrations", "idempotency_keys", "rate_limits", "mails"],
  settings: ["settings"],
  events: ["events", "event_readers", "admin_acts"],
  people: [
    "users",
    "teams",
    "team_members",
    "sessions",
    "api_keys",
    "setup_links",
    "presence",
    "link_requests",
    "sign_in_links",
    "password_links",
  ],
  contacts: ["contacts", "contact_identities", "contact_texts", "contact_merges"],
  connections: ["connections", "chat_visitors", "templates"],
  notifications: ["notifications", "customer_news"],
  messages: ["messages", "mentions", "drafts", "delivery_reports", "attachments"],
  tickets: [
    "tickets",
    "ticket_texts",
    "ticket_categories",
    "ticket_transitions",
    "ticket_merges",
    "categories",
    "custom_fields",
    "ticket_field_values",
    "ticket_links",
    "ticket_changes",
    "ticket_looks",
  ],
  intake: ["webhook_deliveries", "set_aside"],
  routing: ["assignment_rules", "routing_queue", "routing_turns"],
  replies: ["sends"],
  incidents: [
    "incidents",
    "incident_refs",
    "incident_entries",
    "incident_counts",
    "shipments",
    "shipment_actions",
    "movements",
    "carrier_words",
    "unknown_words",
  ],
  campaigns: ["campaigns", "campaign_shipments"],
  macros: ["macros", "macro_runs", "saved_replies"],
  search: ["views"],
}

// Pure: the same arguments, the same answer.
const ruleFiles =
  /^src\/(markdown\/\w+|kernel\/file-names|contacts\/match|tickets\/(lifecycle|fields\/validate|reopening)|intake\/(decide|acknowledgement)|sla\/(clock|status)|routing\/(conditions|choose)|connections\/\w+\/(window|failure|shapes|content|read|read-account|template)|incidents\/(fingerprint|decide|stuck|words|mojibake|moments|score)|privacy\/(fold|numbers|classify|redact)|links\/agreement|replies\/(guard|backoff)|surveys\/eligible|people\/can|macros\/fill)\.ts$/
const purePackages = ["libphonenumber-js/min", "zod", "re2js"]

const bannedNames = /^(services?|managers?|handlers?|helpers?|utils?|common|misc|base|data|info|process)$/
const longFiles: string[] = []
// The bench fills tables by COPY; intake joins in one statement, put together from fragments that the owners give.
const writersOfAll: string[] = ["src/cli/bench", "src/intake/store.ts"]
// Catalogues that name what others mean, and Node's own word for what keeps connections.
const catalogues = ["src/kernel/config.ts", "src/kernel/errors.ts", "src/kernel/outbound/client.ts"]

const server = sources("src/**/*.ts")
const ours = server.filter((source) => !source.isTest)
const web = sources("web/**/*.{ts,tsx}")

test("every module is on the map", () => {
  assert.deepEqual(
    distinct(server.map((source) => moduleOf(source.path)!)).filter((name) => !map[name]),
    [],
  )
})

test("a module imports only what the map lets it, and only through the other's index", () => {
  refuseImports(ours, (from, to) => {
    const [here, there] = [moduleOf(from), moduleOf(to)]
    if (!there) return to === "db/types.ts" ? undefined : "is not part of the server"
    if (here === there || !here) return undefined
    if (!map[here]?.includes(there)) return `${here} may not know ${there}`
    if (withoutDoor.includes(there) || here === "cli" || here === "app") return undefined
    return to === `src/${there}/index.ts` ? undefined : "is not that module's index.ts"
  })
})

test("the web imports contracts, texts and the Markdown that it previews from the server, nothing else", () => {
  refuseImports(
    web.filter((source) => !source.isTest),
    (_, to) =>
      /^web\/|^src\/texts\/|^src\/markdown\/index\.ts$|^src\/.*\/contract\.ts$/.test(to)
        ? undefined
        : "is the server's own",
  )
})

test("contracts, texts and Markdown, which the browser gets too, bring nothing of the server along", () => {
  const start = ours.filter(({ path }) => /\/contract\.ts$|^src\/(texts|markdown)\//.test(path)).map(({ path }) => path)
  const reached = new Set(start)
  const wrong: string[] = []
  for (const path of reached) {
    for (const { target, isInside } of valueImports(path)) {
      if (isInside) reached.add(target)
      else if (!purePackages.includes(target)) wrong.push(`${path} → ${target}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test("rule files know only types, other rules and pure packages, and no clock, chance or outside", () => {
  const rules = ours.filter(({ path }) => ruleFiles.test(path))
  assert.ok(rules.length > 0)
  for (const { path, text, imports } of rules) {
    const known = ({ target, isInside }: (typeof imports)[number]) =>
      isInside ? ruleFiles.test(target) || target.endsWith("/contract.ts") : purePackages.includes(target)
    const wrong = imports.filter((it) => !it.isTypeOnly && !known(it)).map(({ target }) => target)
    assert.deepEqual(wrong, [], `${path} imports what is not a rule`)
    const impure =
      /\bsql`|\bfetch\(|\bprocess\.|\bDate\.now\b|\bMath\.random\b|\bnew Date\(\)|\bTemporal\.Now\b|\brandom(UUID|Bytes)/
    assert.doesNotMatch(text, impure, `${path} is not pure`)
  }
})

test("each table is written by its owner only", () => {
  const owner = new Map(Object.entries(owners).flatMap(([name, tables]) => tables.map((table) => [table, name])))
  const known = [
    ...readFileSync(join(import.meta.dirname, "../db/schema.sql"), "utf8").matchAll(/^create table (\w+)/gm),
  ]
  assert.deepEqual(
    known.map(([, table]) => table!).filter((table) => !owner.has(table)),
    [],
    "tables without an owner",
  )
  const wrong = ours
    .filter(({ path }) => !writersOfAll.some((start) => path.startsWith(start)))
    .flatMap(({ path, text }) =>
      writtenTables(text)
        .filter((table) => owner.has(table) && owner.get(table) !== moduleOf(path))
        .map((table) => `${path} writes ${table}`),
    )
  assert.deepEqual(wrong, [])
})

test("whatever asks others over HTTP goes through the one client", () => {
  const asks = /(?<![.\w])fetch\(|"node:https?"|"undici"|\bnet\.connect|\bcreateConnection\(\{ *(host|port)/
  const allowed = /^src\/kernel\/(outbound\/|port\.ts$)|^src\/cli\/(demo|bench)\//
  const wrong = ours.filter(({ path, text }) => !allowed.test(path) && asks.test(text.replace(/import type .*/g, "")))
  const paths = wrong.map(({ path }) => path)
  assert.deepEqual(paths, [])
})

test("a condition in raw SQL keeps its `or` in brackets, for others stand beside it", () => {
  const conditions = /\.where\(\s*sql(?:<\w+>)?`([^`]*)`/g
  const outside = (condition: string): string => {
    const without = condition.replace(/\([^()]*\)/g, "")
    return without === condition ? condition : outside(without)
  }
  const wrong = ours.flatMap(({ path, text }) =>
    [...text.matchAll(conditions)].filter(([, condition]) => /\bor\b/i.test(outside(condition!))).map(() => path),
  )
  assert.deepEqual(wrong, [])
})

test("the kernel knows no domain word", () => {
  const words = /\b(tickets?|conversations?|customers?|agents?|contacts?|surveys?|incidents?|splynx)\b/i
  const wrong = ours
    .filter(({ path }) => path.startsWith("src/kernel/") && !catalogues.includes(path))
    .flatMap(({ path, text }) => {
      const found = text.match(words)
      return found ? [`${path}: ${found[0]}`] : []
    })
  assert.deepEqual(wrong, [])
})

test("no file is longer than 300 lines, and the linter keeps functions under 61", () => {
  const long = [...server, ...web, ...sources("{bin,db,test}/**/*.ts")].filter(
    ({ path, text }) => text.split("\n").length > 301 && path !== "db/types.ts",
  )
  assert.deepEqual(
    long.map(({ path }) => path).filter((path) => !longFiles.includes(path)),
    [],
  )
  const { rules } = JSON.parse(readFileSync(join(import.meta.dirname, "../.oxlintrc.json"), "utf8")) as {
    rules: Record<string, unknown>
  }
  assert.deepEqual(rules["eslint/max-lines-per-function"], ["error", { max: 60 }])
})

test("no file is named after nothing", () => {
  const names = [...server, ...web].flatMap(({ path }) =>
    path
      .split("/")
      .slice(1)
      .map((part) => [path, part.replace(/(\.test)?\.tsx?$/, "")]),
  )
  assert.deepEqual(
    names.filter(([, name]) => bannedNames.test(name!)).map(([path]) => path),
    [],
  )
})

test("nothing of one machine is in the repository", () => {
  const texts = sources("*", ".ci/*", "{bin,db,docs,src,test,web}/**/*.{ts,tsx,mjs,md,sql,json,css,html}")
  const ofOneMachine = /(^|[^a-z.])\/(work|farm|root|Users|home\/\w+)\/|\/tmp\/(plan|bash_jobs)/m
  assert.deepEqual(
    texts
      .filter(({ path, text }) => path !== "test/architecture.test.ts" && ofOneMachine.test(text))
      .map(({ path }) => path),
    [],
  )
  assert.doesNotMatch(readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8"), /"resolved": *"http/)
})

function valueImports(path: string) {
  return ours.find((source) => source.path === path)?.imports.filter((it) => !it.isTypeOnly) ?? []
}

function refuseImports(from: Source[], why: (from: string, to: string) => string | undefined): void {
  const wrong = from.flatMap(({ path, imports }) =>
    imports
      .filter((it) => it.isInside)
      .flatMap(({ target }) => {
        const reason = why(path, target)
        return reason ? [`${path} → ${target}: ${reason}`] : []
      }),
  )
  assert.deepEqual(wrong, [])
}

function writtenTables(text: string): string[] {
  const built = /\b(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto|purgeRows)\((?:\s*act,)?\s*"(\w+)/g
  const raw =
    /\b(?:insert\s+into|delete\s+from|truncate(?:\s+table)?|copy|merge\s+into|update)\s+(?:only\s+)?(?:public\.)?(\w+)/gi
  return distinct([...text.matchAll(built), ...text.matchAll(raw)].map(([, table]) => snake(table!)))
}

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const distinct = (names: string[]) => [...new Set(names)].toSorted()
