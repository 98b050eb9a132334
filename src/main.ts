// The CLI's door: finds the command, prints what is wrong in one line, and leaves with the right status.
import { parseArgs } from "node:util"
import type { CliDeps } from "./cli/key.ts"

const commands = {
  serve: () => import("./cli/serve.ts"),
  migrate: () => import("./cli/migrate.ts"),
  database: () => import("./cli/database.ts"),
  bench: () => import("./cli/bench.ts"),
  doctor: () => import("./cli/doctor.ts"),
  demo: () => import("./cli/demo.ts"),
  jobs: async () => withDeps(await import("./cli/jobs.ts")),
  mail: async () => withDeps(await import("./cli/mail.ts")),
  user: async () => withDeps(await import("./cli/user.ts")),
  key: async () => withDeps(await import("./cli/key.ts")),
} satisfies Record<string, () => Promise<Plain>>

type Plain = { run: (args: string[]) => Promise<number | void> }

/** A command that works on the database in use. */
function withDeps(command: { run: (args: string[], deps: CliDeps) => Promise<void> }): Plain {
  return {
    run: async (args) => {
      const { withDatabase } = await import("./cli/open.ts")
      await withDatabase((db) => command.run(args, { db, print: console.log }))
    },
  }
}

const oldest = 26
if (Number(process.versions.node.split(".")[0]) < oldest) {
  console.error(`Hilo needs Node ${oldest} or newer and this is ${process.version}: start it with npm start.`)
  process.exit(1)
}

const { positionals } = parseArgs({ allowPositionals: true, strict: false, args: process.argv.slice(2, 3) })
const [name] = positionals
if (name === undefined || !Object.hasOwn(commands, name)) {
  console.error(`Usage: npm run hilo -- <command>   (${Object.keys(commands).join(", ")})`)
  process.exit(2)
}
try {
  const { run } = await commands[name as keyof typeof commands]()
  process.exitCode = (await run(process.argv.slice(3))) ?? process.exitCode ?? 0
} catch (error) {
  console.error((error as Error).message)
  if (process.env["LOG_LEVEL"] === "debug") console.error(error)
  process.exit(1)
}
