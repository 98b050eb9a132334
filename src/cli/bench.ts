// hilo bench [--quick] [--only intake,lists,live,start]
import { parseArgs } from "node:util"
import { benchIntake } from "./bench/intake.ts"
import { openGround } from "./bench/ground.ts"

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { quick: { type: "boolean" }, only: { type: "string" } } })
  const ground = await openGround()
  try {
    const rows = await benchIntake(
      ground,
      values.quick
        ? { rounds: 1, seconds: 3, clients: [1, 8, 32], processes: [1] }
        : { rounds: 3, seconds: 5, clients: [1, 8, 32], processes: [1, 2] },
      console.log,
    )
    console.table(rows.map(({ figures, ...row }) => ({ ...row, ...figures })))
    return 0
  } finally {
    await ground.close()
  }
}
