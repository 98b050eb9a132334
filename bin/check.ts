// What must hold before a commit, apart from the tests' own verdicts.
import { join } from "node:path"
import { runSteps } from "./run-steps.ts"

const modules = join(import.meta.dirname, "../node_modules")
const tool = (name: string, bin: string, ...args: string[]) => [join(modules, name, bin), ...args]

const steps: Record<string, string[]> = {
  format: tool("oxfmt", "bin/oxfmt", "--check"),
  "lint and types": tool("oxlint", "bin/oxlint", "--type-aware", "--type-check", "--quiet"),
  "dead code": tool("knip", "bin/knip.js", "--no-progress"),
  architecture: ["--test", "--test-reporter=dot", "test/architecture.test.ts"],
  schema: ["bin/schema.ts", "--check"],
}

process.exit((await runSteps(steps, { atOnce: 2 })) ? 0 : 1)
