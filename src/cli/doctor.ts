// hilo doctor [--repair] [--json]: looks whether everything holds that Hilo promises. Changes nothing unless asked to.
import { parseArgs } from "node:util"
import { type Examination, examine } from "./doctor/check-invariants.ts"
import { withDatabaseAsItIs } from "./with-database.ts"

export const usage = "hilo doctor [--repair] [--json]"
// A large desk is counted through; nothing waits for the doctor, and the doctor waits for nobody's lock for long.
export const bounds = { statement_timeout: 600_000, lock_timeout: 10_000, idle_in_transaction_session_timeout: 600_000 }
const patienceMs = 5_000

/** 0 healthy, 1 something is wrong, 2 could not look. */
export async function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === null) return 2
  try {
    const seen = await withDatabaseAsItIs(
      (db, secrets, dataFolder) => examine({ db, secrets, dataFolder, patienceMs }, wish),
      { bounds, name: "hilo doctor" },
    )
    console.log(wish.json ? asJson(seen) : asText(seen, wish.repair))
    return exitCode(seen)
  } catch (error) {
    if (wish.json) console.log(asJson({ healthy: false, checks: [] }))
    console.error(`The doctor could not look: ${(error as Error).message}`)
    return 2
  }
}

function wished(args: string[]) {
  try {
    const options = { repair: { type: "boolean", default: false }, json: { type: "boolean", default: false } } as const
    return parseArgs({ args, options }).values
  } catch (error) {
    console.error(`${(error as Error).message}\nUsage: ${usage}`)
    return null
  }
}

/** What is wrong goes before what could not be seen. */
export function exitCode({ healthy, couldLook, checks }: Examination): 0 | 1 | 2 {
  if (healthy) return 0
  return couldLook || checks.some(({ ok, found }) => !ok && found > 0) ? 1 : 2
}

const asJson = ({ healthy, checks }: Pick<Examination, "healthy" | "checks">) => JSON.stringify({ healthy, checks })

export function asText({ healthy, checks }: Examination, repair: boolean): string {
  const lines = checks.map(({ name, ok, detail }) => `${ok ? "✔" : "✖"} ${name.padEnd(26)} ${detail}`)
  const advice = repair
    ? "What is left needs a person."
    : "hilo doctor --repair puts right what can be put right safely."
  return [...lines, "", healthy ? "Hilo is healthy." : `Something is wrong. ${advice}`].join("\n")
}
