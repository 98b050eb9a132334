// The objects of a schema, read from SQL as dump-schema.ts writes it: those that the migrations make, and those of a database.
import { readFileSync } from "node:fs"
import { join } from "node:path"

export type SchemaObject = {
  kind: "sequence" | "function" | "table" | "column" | "constraint" | "index" | "trigger" | "other"
  /** The one that a column, a constraint, an index or a trigger is of; empty otherwise. */
  table: string
  name: string
  /** What makes it: the whole statement; of a column and a constraint what follows its name. */
  definition: string
}

export const schemaOfMigrations = () =>
  readSchema(readFileSync(join(import.meta.dirname, "../../../db/schema.sql"), "utf8"))

/** `column users.email`, `index users_email`: unique in a schema. */
export const nameOfObject = ({ kind, table, name }: SchemaObject) =>
  kind === "column" || kind === "constraint" ? `${kind} ${table}.${name}` : `${kind} ${name}`

export function readSchema(sql: string): SchemaObject[] {
  const statements = sql.replace(/^--.*\n\n/, "").split(/;\n\n(?=create |CREATE )|;\n$/)
  return statements.filter((text) => text !== "").flatMap((text) => tableObjects(text) ?? [objectOf(text)])
}

// How each kind of statement begins. The parts that are named say what it is called, and of which table it is.
const beginnings: [SchemaObject["kind"], RegExp][] = [
  ["sequence", /^create sequence (?<name>\S+)/],
  ["function", /^CREATE OR REPLACE (?:FUNCTION|PROCEDURE) public\.(?<name>.*)/],
  ["index", /^CREATE (?:UNIQUE )?INDEX (?<name>\S+) ON (?:ONLY )?public\.(?<table>\S+)/],
  ["trigger", /^CREATE (?:CONSTRAINT )?TRIGGER (?<name>\S+) .*? ON public\.(?<table>\S+)/],
  ["other", /^(?<name>.*)/],
]

function objectOf(definition: string): SchemaObject {
  for (const [kind, begins] of beginnings) {
    const { name, table = "" } = begins.exec(definition)?.groups ?? {}
    if (name !== undefined) return { kind, table, name, definition }
  }
  throw new Error(`An object of the schema cannot be read: ${definition.slice(0, 80)}`)
}

/** Each column and constraint stands on a line of its own, two spaces in; what goes on from a line stands further in, or at its very beginning. */
function tableObjects(statement: string): SchemaObject[] | null {
  const [, table, body] = /^create table (\S+) \(\n {2}([^]*)\n\)/.exec(statement) ?? []
  if (table === undefined || body === undefined) return null
  const parts = body.split(/,\n {2}(?! )/).map((line): SchemaObject => {
    const [, constraint, name, definition] = /^(constraint )?(\S+) ([^]*)$/.exec(line)!
    return { kind: constraint ? "constraint" : "column", table, name: name!, definition: definition! }
  })
  return [{ kind: "table", table: "", name: table, definition: statement }, ...parts]
}
