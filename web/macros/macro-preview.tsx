import type { MacroPreview as Told } from "#macros/contract.ts"
import { useTexts } from "../lib/language.tsx"

/** The reply as it would read, and each action as old → new, or why it cannot be. */
export function MacroPreview({ preview: { reply, actions } }: { preview: Told }) {
  const { t, has } = useTexts()
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
                  <span className="text-red">{t("macros.refused", { reason: action.refused.detail })}</span>
                ) : (
                  <Step old={action.old} now={action.new} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

function Step({ old, now }: { old: unknown; now: unknown }) {
  const { t } = useTexts()
  if (JSON.stringify(old) === JSON.stringify(now))
    return (
      <>
        {told(now)} ({t("macros.asIs")})
      </>
    )
  return (
    <>
      {told(old)} → <strong>{told(now)}</strong>
    </>
  )
}

function told(value: unknown): string {
  if (value === null || value === undefined || value === "") return "—"
  if (Array.isArray(value)) return value.length > 0 ? value.map(told).join(", ") : "—"
  if (typeof value === "object" && "name" in value) return String(value.name)
  return typeof value === "string" ? value : JSON.stringify(value)
}
