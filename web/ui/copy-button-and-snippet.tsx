import { Check, Copy } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "./button.tsx"

/** False when the browser refuses, which it does outside https and localhost. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTexts()
  const [done, setDone] = useState(false)
  const copy = async () => setDone(await copyText(text))
  return (
    <Button size="sm" onClick={() => void copy()} aria-label={label ?? t("action.copy")}>
      {done ? <Check /> : <Copy />}
      {done ? t("action.copied") : t("action.copy")}
    </Button>
  )
}

export function Snippet({ text, label }: { text: string; label: string }) {
  return (
    <div className="grid gap-2 rounded border border-line bg-canvas p-3">
      <pre className="font-mono text-xs break-all whitespace-pre-wrap select-all" tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <div>
        <CopyButton text={text} />
      </div>
    </div>
  )
}
