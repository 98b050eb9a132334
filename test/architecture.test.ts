// The few rules that keep the walls of the house; the map is architecture-rules.ts.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { test } from "node:test"
import { knowAll, map, owners, purePackages, ruleFiles, withoutIndex } from "./architecture-rules.ts"
import { moduleOf, sources, type Source } from "./source-files.ts"

const bannedNames = /^(services?|managers?|handlers?|helpers?|utils?|common|misc|base|data|info|process)$/
const longFiles: string[] = []
// The bench fills tables by COPY.
const writersOfAll: string[] = ["bench/"]
// Catalogues that name what others mean, and Node's own word for what keeps connections.
const catalogues = ["src/kernel/config.ts", "src/kernel/errors.ts", "src/kernel/outbound/http-client.ts"]
// The kinds of connections, the ticket's channels, WHATSAPP_API_URL, SEND_WHATSAPP; host names of messengers and headings of
// columns, which others write; and the part of the bench.
const fixedWords = [
  "src/connections/api-contract.ts",
  "src/tickets/api-contract.ts",
  "src/kernel/config.ts",
  "src/incidents/reporting/needs-ticket.ts",
  "src/privacy/find-personal-data.ts",
  "src/campaigns/check-recipient-list.ts",
  "src/cli/bench.ts",
  // As other tools call them.
  "src/importing/sources/chatwoot.ts",
  "src/importing/sources/freshdesk.ts",
  "src/importing/sources/zammad.ts",
  "src/importing/sources/zendesk.ts",
]

const server = sources("{bench,demo,src}/**/*.ts")
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
    // The bench opens screens as the browser does, and in the browser of the tests.
    if (from.startsWith("bench/") && /^(web|test\/browsers)\//.test(to)) return undefined
    if (!there) return to === "db/types.ts" ? undefined : "is not part of the server"
    if (here === there || !here) return undefined
    // What a channel is called by may know what the channel is.
    if (here === "entry-points" && there === "channels" && dirname(dirname(from)) === dirname(to)) return undefined
    if (!map[here]?.includes(there)) return `${here} may not know ${there}`
    if (withoutIndex.includes(there) || knowAll.includes(here)) return undefined
    // The browser gets contracts, and what they import: no index.
    if (from.endsWith("/api-contract.ts") && to === `src/${there}/api-contract.ts`) return undefined
    // A rule asks another module's rule, and gets nothing else along with it.
    if (ruleFiles.test(from) && ruleFiles.test(to)) return undefined
    return to === `src/${there}/index.ts` ? undefined : "is not that module's index.ts"
  })
})

test("the web imports contracts, texts and the Markdown that it previews from the server, nothing else", () => {
  refuseImports(
    web.filter((source) => !source.isTest),
    (_, to) =>
      /^web\/|^src\/texts\/|^src\/markdown\/index\.ts$|^src\/.*\/api-contract\.ts$/.test(to)
        ? undefined
        : "is the server's own",
  )
})

test("whatever a person does at a screen goes to the server in one way", () => {
  const others = web.filter(({ path, text }) => path !== "web/lib/use-act-on-server.ts" && /\buseMutation\b/.test(text))
  assert.deepEqual(
    others.map(({ path }) => path),
    [],
  )
})

test("every dialog is the web's own, which gives the focus back", () => {
  const own = ["web/files/image-viewer.tsx", "web/shell/commands/command-palette.tsx", "web/ui/dialog.tsx"]
  const made = web.filter(({ text }) => /import \{[^}]*\bDialog\b[^}]*\} from "radix-ui"|<dialog\b/.test(text))
  assert.deepEqual(made.map(({ path }) => path).toSorted(), own)
})

test("contracts, texts and Markdown, which the browser gets too, bring nothing of the server along", () => {
  const start = ours
    .filter(({ path }) => /\/api-contract\.ts$|^src\/(texts|markdown)\//.test(path))
    .map(({ path }) => path)
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
      isInside ? ruleFiles.test(target) || target.endsWith("/api-contract.ts") : purePackages.includes(target)
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
  const allowed = /^src\/kernel\/(outbound\/|http\/hold-port\.ts$)|^(demo|bench)\//
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

test("a channel is named in its own folders, and elsewhere only where every channel is, or where the API fixes the word", () => {
  const homes: Record<string, RegExp> = {
    whatsapp: /^(src|web)\/channels\/whatsapp\//,
    // Its customers' page and the script that brings it are built apart.
    webchat: /^((src|web)\/channels\/webchat|web\/(chat|widget))\//,
    api: /^(src|web)\/channels\/api\//,
  }
  const everywhere =
    /^src\/texts\/|^(src|web)\/channels\/(channel-registry|entry-point-registry|connection-setup-registry)\.ts$/
  const named = (name: string) =>
    name === "api"
      ? /\b(kind|channel|word)\b["')]*\s*(===|!==|=|<>|in)\s*\(?["'](api|chat)["']|case ["'](api|chat)["']:/
      : new RegExp(name, "i")
  const wrong = [...ours, ...web.filter(({ isTest }) => !isTest)]
    .filter(({ path }) => /^(src|web)\//.test(path) && !everywhere.test(path) && !fixedWords.includes(path))
    .flatMap(({ path, text }) =>
      Object.entries(homes).flatMap(([name, home]) => {
        const found = home.test(path) ? null : text.match(named(name))
        return found ? [`${path}: ${found[0]}`] : []
      }),
    )
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
  const texts = sources("*", ".ci/*", "{bench,bin,db,demo,docs,src,test,web}/**/*.{ts,tsx,mjs,md,sql,json,css,html}")
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
