// Entry point of the CLI: finds the command, prints what is wrong in one line, and leaves with the right status.
import type { CliDeps } from "#cli/cli-deps-and-usage-error.ts"

type Command = { usage?: string; run: (args: string[]) => Promise<number | void> }
type OnDatabase = { usage: string; run: (args: string[], deps: CliDeps) => Promise<void> }

const commands: Record<string, { does: string; load: () => Promise<Command> }> = {
  serve: { does: "start Hilo (npm start does the same)", load: () => import("#cli/serve.ts") },
  migrate: { does: "bring the database up to this version", load: () => import("#cli/migrate.ts") },
  database: { does: "print the address of the database in use", load: () => import("#cli/print-database-url.ts") },
  doctor: { does: "look whether everything holds, and put right what can be", load: () => import("#cli/doctor.ts") },
  jobs: { does: "list, retry or drop jobs that failed for good", load: onDatabase(() => import("#cli/jobs.ts")) },
  mail: { does: "list, retry or drop mail that did not leave", load: onDatabase(() => import("#cli/mail.ts")) },
  backup: { does: "write the whole desk into one encrypted file", load: () => import("#cli/backup.ts") },
  restore: { does: "bring a desk back from such a file", load: () => import("#cli/restore.ts") },
  user: { does: "make an account", load: onDatabase(() => import("#cli/user.ts")) },
  key: { does: "make an API key", load: onDatabase(() => import("#cli/api-key.ts")) },
  import: { does: "bring in tickets of another system", load: () => import("#cli/import.ts") },
  demo: { does: "fill an empty desk with believable tickets", load: () => import("#cli/demo.ts") },
  bench: { does: "measure this machine and Hilo on it", load: () => import("#cli/bench.ts") },
}

/** A command that works on the database in use. */
function onDatabase(load: () => Promise<OnDatabase>): () => Promise<Command> {
  return async () => {
    const { usage, run } = await load()
    const { withDatabase } = await import("#cli/with-database.ts")
    return { usage, run: (args) => withDatabase((db) => run(args, { db, print: console.log })) }
  }
}

const overview = () =>
  [
    "Usage: npm run hilo -- <command> [--help]\n",
    ...Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(10)}${does}`),
  ].join("\n")

const oldest = 26
if (Number(process.versions.node.split(".")[0]) < oldest) {
  console.error(`Hilo needs Node ${oldest} or newer and this is ${process.version}: start it with npm start.`)
  process.exit(1)
}

const [name = "", ...args] = process.argv.slice(2)
const isHelp = (word: string) => word === "--help" || word === "-h" || word === "help"
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (command === undefined) {
  if (isHelp(name)) console.log(overview())
  else console.error(overview())
  process.exit(isHelp(name) ? 0 : 2)
}
try {
  const { usage, run } = await command.load()
  if (args.some(isHelp)) console.log(`hilo ${name}: ${command.does}\nUsage: ${usage ?? `hilo ${name}`}`)
  else process.exitCode = (await run(args)) ?? process.exitCode ?? 0
} catch (error) {
  console.error((error as Error).message)
  if (process.env["LOG_LEVEL"] === "debug") console.error(error)
  process.exit(1)
}
