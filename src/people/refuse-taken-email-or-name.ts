import { duplicateEntry, uniqueViolation } from "#kernel/errors.ts"

// Looking first would leave a gap between the look and the write; the index has none.
const fields: Record<string, string> = { users_email: "email", teams_name: "name" }

/** Runs a write and says by name which field was taken. */
export async function refuseDuplicates<T>(write: Promise<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    const field = fields[uniqueViolation(error) ?? ""]
    if (field) throw duplicateEntry(field)
    throw error
  }
}
