// Settings of a kind of account, of which some are secret: those are kept apart, sealed, and never shown again.
import type { z } from "zod"
import { invalidField } from "./errors.ts"
import type { Secrets } from "./secrets.ts"

type Settings = Record<string, unknown>
type SettingShapes = { settings: z.ZodObject; secrets: z.ZodObject }

/** The secret ones, of which there may be none. Not to be kept, shown or logged. */
export function openSettings(secrets: Secrets, sealed: string | null): Record<string, string> {
  return sealed === null ? {} : (JSON.parse(secrets.open(sealed)) as Record<string, string>)
}

/**
 * Separates secret settings from plain ones by the kind's own shapes; anything else is refused (400) by name. Secret ones are added
 * to `kept`, which is sealed; one that is null is taken away.
 */
export function splitSettings(
  { settings, secrets: secretShape }: SettingShapes,
  secrets: Secrets,
  given: Settings,
  kept: string | null = null,
): { settings: Settings; opened: Settings; sealed: string | null } {
  const plain: Settings = {}
  const secret: Settings = openSettings(secrets, kept)
  for (const [key, value] of Object.entries(given)) {
    const isSecret = Object.hasOwn(secretShape.shape, key)
    if (isSecret && value === null) delete secret[key]
    else (isSecret ? secret : plain)[key] = value
  }
  const checkedPlain = checked(settings, plain)
  const opened = checked(secretShape, secret)
  const sealed = Object.keys(opened).length > 0 ? secrets.seal(JSON.stringify(opened)) : null
  return { settings: checkedPlain, opened, sealed }
}

function checked(shape: z.ZodObject, value: Settings): Settings {
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const key = issue.code === "unrecognized_keys" ? issue.keys[0] : issue.path.join(".")
  throw invalidField(
    `settings.${key}`,
    issue.code === "unrecognized_keys" ? "is not a setting of this kind" : issue.message,
  )
}
