import { loadConfig } from "#kernel/config.ts"
import { runningDatabaseUrl } from "#kernel/embedded-postgres/launcher.ts"

export const usage = "hilo database url"

/** `database url`: prints the URL of the database in use. */
export async function run([what]: string[]): Promise<number> {
  if (what !== "url") {
    console.error(`Usage: ${usage}`)
    return 2
  }
  const config = loadConfig(process.env)
  const url = config.databaseUrl ?? runningDatabaseUrl(config.dataFolder)
  if (url === undefined) {
    console.error(`The embedded database in ${config.dataFolder} is not running: start Hilo first.`)
    return 2
  }
  console.log(url)
  return 0
}
