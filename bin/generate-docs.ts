// Writes the tables in docs/ that the code knows best; `--check` only says which are stale.
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { allInvariants } from "../src/cli/doctor/all-invariants.ts"
import { eventKinds } from "#event-log/event-kinds.ts"
import { errorCodes, statusOf } from "#kernel/errors.ts"
import { isActive, lifecycles, phaseOf, type Status, type TicketKind } from "#tickets/lifecycle/lifecycle-table.ts"

const folder = join(import.meta.dirname, "../docs")

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")
}

const cell = (text: string) => text.replaceAll("|", "\\|")

const lives = Object.entries(lifecycles as Record<TicketKind, Partial<Record<Status, readonly Status[]>>>)
const steps = lives.flatMap(([kind, life]) =>
  Object.entries(life).map(([from, to]) => ({ kind: kind as TicketKind, from: from as Status, to })),
)

const tables: Record<string, Record<string, () => string>> = {
  "errors.md": {
    statuses: () =>
      table(
        ["kind of refusal", "status"],
        Object.entries(statusOf).map(([kind, status]) => [kind, String(status)]),
      ),
    codes: () =>
      table(
        ["code", "meaning"],
        Object.entries(errorCodes).map(([code, meaning]) => [`\`${code}\``, meaning]),
      ),
  },
  "events.md": {
    events: () =>
      table(
        ["event", "meaning"],
        Object.entries(eventKinds).map(([kind, meaning]) => [`\`${kind}\``, meaning]),
      ),
  },
  "operating.md": {
    checks: () =>
      table(
        ["check", "what it promises", "what `--repair` does; else what you do"],
        allInvariants.map(({ name, why, harmless, isAdvice, remedy = "", ...check }) => {
          const repairs = check.repair ?? check.repairOutsideTransaction
          const byWhom = isAdvice ? "advice: " : repairs ? "" : "**you:** "
          return [`\`${name}\``, cell(why), harmless ? `nothing: ${cell(harmless)}` : byWhom + cell(remedy)]
        }),
      ),
  },
  "DOMAIN.md": {
    lifecycles: () =>
      table(
        ["kind", "from", "to"],
        steps.map(({ kind, from, to }) => [
          kind,
          isActive(kind, from) ? `**${from}**` : from,
          to.join(", ") || "– (final)",
        ]),
      ),
    phases: () =>
      table(
        ["kind", "status", "phase"],
        steps.map(({ kind, from }) => {
          const [assigned, unassigned] = [phaseOf(kind, from, true), phaseOf(kind, from, false)]
          return [kind, from, assigned === unassigned ? assigned : `${unassigned}; ${assigned} once somebody has it`]
        }),
      ),
  },
}

/** The file as it should be: what stands between `<!-- name -->` and `<!-- /name -->` comes from the code. */
function written(file: string, text: string): string {
  return Object.entries(tables[file]!).reduce((before, [name, write]) => {
    const between = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`)
    if (!between.test(before)) throw new Error(`docs/${file} has no place for ${name}`)
    return before.replace(between, (_, start: string, end: string) => `${start}${write()}\n${end}`)
  }, text)
}

const isCheck = process.argv.includes("--check")
const stale = Object.keys(tables).filter((file) => {
  const text = readFileSync(join(folder, file), "utf8")
  const now = written(file, text)
  if (now !== text && !isCheck) writeFileSync(join(folder, file), now)
  return now !== text
})
if (isCheck && stale.length > 0) {
  console.error(
    `${stale.map((file) => `docs/${file}`).join(", ")} differ from the code: run node bin/node.mjs bin/generate-docs.ts`,
  )
  process.exitCode = 1
}
