import { useTexts } from "../../lib/language.tsx"
import { Snippet } from "../../ui/copy-button-and-snippet.tsx"
import { SetupSection } from "../connections/titled-setup-section.tsx"
import type { LinkedSystemKindSetup } from "./linked-system-kind-type.ts"

/** What that system must know of us. */
export function HookAddresses({ hooks, hooksText }: Pick<LinkedSystemKindSetup, "hooks" | "hooksText">) {
  const { t } = useTexts()
  return (
    <SetupSection title={t("linkedSystems.hooks")} text={t(hooksText)}>
      {hooks.map(({ path, text }) => (
        <div key={path} className="grid gap-1">
          <p className="text-sm font-strong">{t(text)}</p>
          <Snippet label={t(text)} text={`${location.origin}/api/hooks/${path}`} />
        </div>
      ))}
    </SetupSection>
  )
}
