// hilo doctor [--repair [--dry-run]] [--json]: looks whether everything holds that Hilo promises. Changes nothing unless asked to.
import { parseArgs } from "node:util"
import type { Config } from "#kernel/config.ts"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { openAttachmentStorage } from "#kernel/storage/file-storage.ts"
import { allInvariants } from "./doctor/all-invariants.ts"
import { type CheckResult, type Examination, examine } from "./doctor/check-invariants.ts"
import { withDatabaseAsItIs } from "./with-database.ts"

export const usage = "hilo doctor [--repair [--dry-run]] [--json]"
// A large desk is counted through; nothing waits for the doctor, and the doctor waits for nobody's lock for long.
export const bounds = {
  statement_timeout: 600_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 600_000,
  work_mem: 32 * 1024,
}
const patienceMs = 5_000

/** 0 healthy, 1 something is wrong, 2 could not look. */
export async function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === null) return 2
  const repair = wish.repair && !wish["dry-run"]
  // With --json only the answer goes to the standard output.
  const announce = wish.json ? console.error : console.log
  try {
    const seen = await withDatabaseAsItIs(
      (db, secrets, config) => {
        const network = { outbound: createOutbound(config), channelApis: config.channelApis }
        return examine({ db, secrets, ...placesOf(config), network, patienceMs }, { repair, announce })
      },
      { bounds, name: "hilo doctor" },
    )
    console.log(wish.json ? asJson(seen) : asText(seen, wish))
    return exitCode(seen)
  } catch (error) {
    if (wish.json) console.log(asJson({ healthy: false, checks: [] }))
    console.error(`The doctor could not look: ${(error as Error).message}`)
    return 2
  }
}

/** What of the settings a doctor looks at. */
export const placesOf = (config: Config) => ({
  dataFolder: config.dataFolder,
  storage: openAttachmentStorage(config),
  hasMailServer: config.smtpUrl !== undefined,
})

type Options = { repair: boolean; "dry-run": boolean; json: boolean }

function wished(args: string[]): Options | null {
  const flag = { type: "boolean", default: false } as const
  try {
    const { values } = parseArgs({ args, options: { repair: flag, "dry-run": flag, json: flag } })
    if (values["dry-run"] && !values.repair) throw new Error("--dry-run says what --repair would do: give both.")
    return values
  } catch (error) {
    console.error(`${(error as Error).message}\nUsage: ${usage}`)
    return null
  }
}

/** 2 only where nothing could be looked at: what is seen goes before what is not. */
export function exitCode({ healthy, checks }: Pick<Examination, "healthy" | "checks">): 0 | 1 | 2 {
  if (healthy) return 0
  return checks.some(({ ok, found }) => ok || found > 0) ? 1 : 2
}

const asJson = ({ healthy, checks }: Pick<Examination, "healthy" | "checks">) => JSON.stringify({ healthy, checks })

export function asText({ healthy, checks }: Examination, wish: Pick<Options, "repair" | "dry-run">): string {
  // What is damaged may hold anything, and steers no terminal.
  const oneLine = (text: string) => text.replaceAll(/\p{Cc}+/gu, " ")
  const sign = (check: CheckResult) => (isAdvice(check) ? "!" : check.ok ? "✔" : "✖")
  const lines = checks.map((check) => `${sign(check)} ${check.name.padEnd(26)} ${oneLine(check.detail)}`)
  const advised = checks.filter(isAdvice).length
  const advice = advised === 0 ? "" : ` Advice: ${advised}, marked with !.`
  const outcome = healthy ? "Hilo is healthy." : `Something is wrong. ${adviceFor(wish)}`
  return [...lines, "", `${outcome}${advice}`].join("\n")
}

const adviceNames = new Set(allInvariants.flatMap((check) => (check.isAdvice ? check.name : [])))

/** Nothing is wrong, and somebody should do something. */
const isAdvice = ({ name, ok, found }: CheckResult) => ok && found > 0 && adviceNames.has(name)

function adviceFor({ repair, "dry-run": isDryRun }: Pick<Options, "repair" | "dry-run">): string {
  if (isDryRun) return "Nothing was changed: what stands after doctor --repair above is what it would do."
  return repair ? "What is left needs a person." : "hilo doctor --repair puts right what can be put right safely."
}
