import { X } from "lucide-react"
import { useEffect } from "react"
import { useTexts } from "../lib/language.tsx"
import { createSharedState } from "../lib/shared-state.ts"
import { Button } from "./button.tsx"

export interface ToastAction {
  label: string
  run: () => void
}

interface Toast {
  id: number
  text: string
  action: ToastAction | undefined
}

const toasts = createSharedState<Toast[]>([])
let nextId = 1

export function toast(text: string, action?: ToastAction) {
  toasts.set([...toasts.get().slice(-2), { id: nextId++, text, action }])
}

const dismiss = (id: number) => toasts.set(toasts.get().filter((one) => one.id !== id))

export function Toasts() {
  const shown = toasts.use()
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 top-28 z-50 flex flex-col items-center gap-2 px-4 md:inset-x-auto md:top-auto md:bottom-4 md:left-16 md:items-start"
    >
      {shown.map((one) => (
        <OneToast key={one.id} toast={one} />
      ))}
    </div>
  )
}

function OneToast({ toast: { id, text, action } }: { toast: Toast }) {
  const { t } = useTexts()
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), 6000)
    return () => clearTimeout(timer)
  }, [id])
  return (
    <div className="pointer-events-auto flex max-w-full animate-rise items-center gap-1 rounded bg-ink py-1 pr-1 pl-3 text-surface shadow-float">
      <span className="min-w-0 py-1 break-words">{text}</span>
      {action && (
        <button
          type="button"
          className="ml-2 h-8 rounded px-2 font-strong underline underline-offset-2"
          onClick={() => {
            dismiss(id)
            action.run()
          }}
        >
          {action.label}
        </button>
      )}
      <Button
        look="quiet"
        size="sm"
        className="px-1.5 text-surface hover:bg-transparent hover:text-surface"
        aria-label={t("action.dismiss")}
        onClick={() => dismiss(id)}
      >
        <X />
      </Button>
    </div>
  )
}
