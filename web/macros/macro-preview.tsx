import type { MacroPreview as Told } from "#macros/api-contract.ts"
import { Problem } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { useTimeFormat } from "../lib/use-time-format.ts"

/** The reply as it would read, and each action as old → new, or why it cannot be. */
export function MacroPreview({ preview: { reply, actions } }: { preview: Told }) {
  const { t, has } = useTexts()
  const say = useProblemText()
  const describe = useMacroPreview()
  const nameOf = (type: string) => {
    const id = `macros.action.${type}`
    return has(id) ? t(id) : type
  }
  return (
    <div className="grid gap-3">
      {reply && (
        <p dir="auto" className="rounded border border-line bg-raised p-3 break-words whitespace-pre-wrap">
          {reply.content}
        </p>
      )}
      {reply && reply.unresolved.length > 0 && (
        <p role="alert" className="text-amber">
          {t("macros.unresolved", { names: reply.unresolved.join(", ") })}
        </p>
      )}
      {actions.length > 0 && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
          {actions.map((action) => (
            <div key={action.type} className="contents">
              <dt className="text-muted">{nameOf(action.type)}</dt>
              <dd className="min-w-0 break-words">
                {action.refused ? (
                  <span className="text-red">
                    {t("macros.refused", { reason: say(new Problem(409, action.refused)) })}
                  </span>
                ) : (
                  <Step old={describe(action.old)} now={describe(action.new)} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

function Step({ old, now }: { old: string; now: string }) {
  const { t } = useTexts()
  if (old === now)
    return (
      <>
        {now} ({t("macros.asIs")})
      </>
    )
  return (
    <>
      {old} → <strong>{now}</strong>
    </>
  )
}

/** A value as people call it: a word of ours, a name, a time. */
function useMacroPreview() {
  const { t, has } = useTexts()
  const when = useTimeFormat()
  const describe = (value: unknown): string => {
    if (value === null || value === undefined || value === "") return "—"
    if (Array.isArray(value)) return value.length > 0 ? value.map(describe).join(", ") : "—"
    if (typeof value === "object" && "name" in value) return String(value.name)
    if (typeof value !== "string") return JSON.stringify(value)
    const word = [`priority.${value}`, `rawStatus.${value}`].find((id) => has(id))
    if (word !== undefined) return t(word)
    return /^\d{4}-\d\d-\d\dT/.test(value) ? when.full(value) : value
  }
  return describe
}
